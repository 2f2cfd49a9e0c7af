/** JSON inside log lines: policies, report deltas. What cannot be read says nothing; it never stops the reader. */

/** A payload longer than this is not parsed: a hostile log must not cost the reader its memory. */
const longest = 4 << 20;

function parsed(text: string): unknown {
  if (text.length > longest) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const objects = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isObject) : isObject(value) ? [value] : [];

const intents: Readonly<Record<number, string>> = {
  0: 'not targeted',
  1: 'available',
  3: 'required',
  4: 'uninstall',
};

export interface PolicySaid {
  readonly id: string;
  readonly name: string;
  readonly intent: string;
  readonly revision: number;
}

/** Apps of a `Get policies = …` line. A line that was cut still has the first fields of most apps. */
export function policiesOf(text: string): readonly PolicySaid[] {
  const policies = parsed(text);
  if (policies === undefined) return [...text.matchAll(firstFields)].map(fromFields);
  return objects(policies).flatMap(({ Id: id, Name: name, Intent: intent, Version: revision }) =>
    typeof id === 'string' ? policy(id, typeof name === 'string' ? name : id, intent, revision) : [],
  );
}

const firstFields =
  /"Id":"([0-9a-f-]{36})","Name":"((?:[^"\\]|\\.){0,300})","Version":(\d{1,9}),"Intent":(\d{1,3})/gi;

const fromFields = ([, id = '', name = '', revision, intent]: RegExpExecArray): PolicySaid =>
  policy(id, name, intent, revision);

const policy = (id: string, name: string, intent: unknown, revision: unknown): PolicySaid => ({
  id,
  name,
  intent: intents[Number(intent)] ?? `intent ${String(intent)}`,
  revision: Number(revision) || 0,
});

/** Names of scripts in the answer of the service: `[{"PolicyId":…,"DisplayName":…}]`. */
export function scriptNamesOf(text: string): readonly { readonly id: string; readonly name: string }[] {
  return objects(parsed(text)).flatMap(({ PolicyId: id, DisplayName: name }) =>
    typeof id === 'string' && typeof name === 'string' && name !== '' ? { id, name } : [],
  );
}

/** Changes of a report: `{"EnforcementState":{"OldValue":null,"NewValue":"Success"}}`. */
export function deltaOf(
  text: string,
): Readonly<Record<string, { readonly old: unknown; readonly new: unknown }>> {
  const delta = parsed(text);
  if (!isObject(delta)) return {};
  return Object.fromEntries(
    Object.entries(delta).flatMap(([name, change]) =>
      isObject(change) ? [[name, { old: change['OldValue'], new: change['NewValue'] }]] : [],
    ),
  );
}
