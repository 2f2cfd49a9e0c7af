import { fail, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { parseYaml } from './problem.ts';
import type { LabProblem } from './problem.ts';
import { snapshotListSchema } from './world-schema.ts';
import type { SnapshotList, WorldFile } from './world-schema.ts';

/** Where templates stand among the files of a lab or world that refers to them. */
export const templateFolder = 'vm-templates';

/** Names of the machine and the snapshot list's file, by folder of a standing device. */
export const templateFiles = (machine: string) => ({
  device: `${templateFolder}/${machine}/device.yaml`,
  snapshots: `${templateFolder}/${machine}/snapshots.yaml`,
});

/** Reads the list of a standing device's snapshots. */
export function readSnapshots(
  file: string,
  text: string | undefined,
): Result<SnapshotList, readonly LabProblem[]> {
  if (text === undefined) return fail([{ file, line: 1, message: 'expected this file, it is missing' }]);
  return parseYaml(file, text, snapshotListSchema);
}

/**
 * The list and the device's timeline must name the same snapshots in the same order: the list is what learners and
 * Hyper-V go by, the timeline is how the simulated device gets there.
 */
export function checkSnapshots(
  list: SnapshotList,
  world: WorldFile,
  listFile: string,
  deviceFile: string,
): Result<void, readonly LabProblem[]> {
  const taken = world.timeline.flatMap((step) =>
    'snapshot' in step && step.on === list.machine ? [step.snapshot] : [],
  );
  const named = list.snapshots.map(({ name }) => name);
  const problems: LabProblem[] = [];
  if (!world.devices.some(({ id }) => id === list.machine))
    problems.push({
      file: deviceFile,
      line: 1,
      message: `expected a device ${list.machine}, the machine of ${listFile}`,
    });
  if (taken.join('\n') !== named.join('\n'))
    problems.push({
      file: deviceFile,
      line: 1,
      message: `timeline: expected the snapshots of ${listFile} in their order (${named.join(', ')}), found ${taken.join(', ') || 'none'}`,
    });
  return problems.length > 0 ? fail(problems) : ok(undefined);
}
