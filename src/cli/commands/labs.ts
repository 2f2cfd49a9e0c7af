import { Command } from 'commander';
import { join } from 'node:path';
import { Course } from '../../node/course.ts';
import { installationRoot } from '../root.ts';

export function labsCommand(): Command {
  return new Command('labs').description('List the labs of the course').action(() => {
    const labs = new Course(join(installationRoot(), 'labs')).labs();
    const width = Math.max(...labs.map((lab) => lab.id.length));
    for (const lab of labs)
      process.stdout.write(`${lab.id.padEnd(width)}  ${String(lab.minutes).padStart(3)} min  ${lab.title}\n`);
  });
}
