import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SidecarError } from '../base/error.ts';
import { parseYaml, problemText } from '../labs/problem.ts';
import { courseSchema, labSchema } from '../labs/schema.ts';
import type { LabInfo } from '../labs/schema.ts';

/** The labs of `labs/course.yaml`, in the order they are taught. */
export class Course {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  folders(): readonly string[] {
    const path = join(this.#folder, 'course.yaml');
    const course = parseYaml('labs/course.yaml', readFileSync(path, 'utf8'), courseSchema);
    if (!course.ok) throw new SidecarError('course-malformed', course.error.map(problemText).join('\n'));
    return course.value.labs.map((name) => join(this.#folder, name));
  }

  labs(): readonly LabInfo[] {
    return this.folders().map((folder) => {
      const file = join(folder, 'lab.yaml');
      const info = parseYaml(file, readFileSync(file, 'utf8'), labSchema);
      if (!info.ok)
        throw new SidecarError('lab-malformed', info.error.map(problemText).join('\n'), { folder });
      return info.value;
    });
  }

  /** Folder of a lab by id, folder name or path. */
  folderOf(lab: string): string {
    const folder = this.folders().find(
      (path) =>
        path.replace(/^.*[\\/](\d+-)?/, '') === lab || path.endsWith(`/${lab}`) || path.endsWith(`\\${lab}`),
    );
    if (folder !== undefined) return folder;
    if (existsSync(join(lab, 'lab.yaml'))) return lab;
    throw new SidecarError('lab-unknown', `There is no lab named ${lab}; sidecar labs lists them`, { lab });
  }
}
