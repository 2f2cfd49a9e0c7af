import { isoTime } from '../../../clock/time-text.ts';
import type { QueueData } from '../../../device/change.ts';
import type { DeviceReader, UserRead } from '../../../device/device-reader.ts';
import type { Instant } from '../../../../base/time.ts';
import { compareDates, compareNumbers, compareVersions, holds } from './compare.ts';
import { expandPath } from './expand.ts';

export interface RuleOutcome {
  /** Undefined: the rule cannot be evaluated. */
  readonly met: boolean | undefined;
  /** What was looked at: path, and what was found to compare with. */
  readonly path: string;
  readonly name: string;
  readonly actual: string | null;
}

type Body = Readonly<Record<string, QueueData>>;

/** Tests of a file rule: 1 exists, 2 modified, 3 created, 4 version, 5 size in MiB, 6 does not exist. */
export function fileRule(
  read: DeviceReader,
  body: Body,
  names: { readonly type: string; readonly value: string },
  user: UserRead | undefined,
): RuleOutcome {
  const check32 = body['Check32BitOn64System'] === true;
  const folder = expandPath(textOf(body['Path']), check32, user).replace(/\\+$/, '');
  const name = textOf(body['FileOrFolderName']);
  const path = `${folder}\\${name}`;
  const file = read.file(path)?.value;
  const outcome = (met: boolean | undefined, actual: string | null = null): RuleOutcome => ({
    met,
    path,
    name,
    actual,
  });
  const wanted = textOf(body[names.value]);
  const compared = (order: number | undefined, actual: string): RuleOutcome =>
    outcome(order !== undefined && holds(order, body['Operator']), actual);
  switch (body[names.type]) {
    case 1:
      return outcome(file !== undefined);
    case 6:
      // Not evaluated by the agent where the file is present: the rule is then an error.
      return outcome(file === undefined ? true : undefined);
    case 2:
    case 3: {
      if (!file) return outcome(false);
      const actual = isoTime(
        (Math.floor((body[names.type] === 2 ? file.modified : file.created) / 1_000_000) *
          1_000_000) as Instant,
      );
      return compared(compareDates(actual, wanted), actual);
    }
    case 4: {
      const actual = file?.version?.fileVersion;
      return actual === undefined ? outcome(false) : compared(compareVersions(actual, wanted), actual);
    }
    case 5: {
      if (file?.kind !== 'file') return outcome(false);
      const actual = String(Math.floor(file.length / 1_048_576));
      return compared(compareNumbers(actual, wanted), actual);
    }
    default:
      return outcome(undefined);
  }
}

const textOf = (value: QueueData | undefined): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
