import { describe, expect, test } from 'vitest';
import { fieldScripts, runFieldScript, textOf } from '../support/field-scripts.ts';

const scripts = fieldScripts();
// Other people's texts are no part of the project: `npm run corpus` fetches them. An absent one is reported as not run.
const present = scripts.flatMap((script) => {
  const text = textOf(script);
  return text === undefined ? [] : [{ ...script, text }];
});
const absent = scripts.length - present.length;
if (absent > 0)
  process.stderr.write(
    `Field scripts: ${absent} of ${scripts.length} are not on this machine and were not run; npm run corpus fetches them.\n`,
  );

describe('scripts of the field run unchanged, with the outcome their authors intend', () => {
  test.for(present)('$repository: $path', (script) => {
    expect(runFieldScript(script, script.text).missing).toEqual([]);
  });

  test('each entry says where the script comes from and what shows that it did its work', () => {
    const vague = scripts.filter(
      ({ commit, sha256, intent, outcome }) =>
        !/^[0-9a-f]{12,40}$/.test(commit) ||
        !/^[0-9a-f]{64}$/.test(sha256) ||
        intent.length < 20 ||
        (outcome.exitCode === 0 &&
          outcome.errors.length + outcome.says.length + outcome.changes.length === 0 &&
          Object.keys(outcome.then).length === 0),
    );
    expect(vague.map((script) => script.path)).toEqual([]);
  });
});
