import { SequenceValue } from './collections.ts';
import { DictionaryEntryValue } from './collections.ts';
import type { DotNetType } from './dotnet-type.ts';
import { dotNetError } from './errors.ts';
import { defineType } from './registry.ts';
import type { Value } from './value.ts';

/** What GetEnumerator() returns: a cursor that scripts move, and a sequence that pipelines unroll. */
export class EnumeratorValue extends SequenceValue {
  readonly elements: readonly Value[];
  at = -1;
  private readonly owner: { readonly version: number } | undefined;
  private readonly version: number;
  constructor(type: DotNetType, elements: readonly Value[], owner?: { readonly version: number }) {
    super(type, () => this.rest());
    this.elements = elements;
    this.owner = owner;
    this.version = owner?.version ?? 0;
  }
  moveNext(): boolean {
    if (this.owner && this.owner.version !== this.version)
      throw dotNetError(
        'System.InvalidOperationException',
        'Collection was modified; enumeration operation may not execute.',
      );
    if (this.at < this.elements.length) this.at++;
    return this.at < this.elements.length;
  }
  get current(): Value {
    return this.elements[this.at] ?? null;
  }
  private *rest(): Generator<Value, void> {
    while (this.moveNext()) yield this.current;
  }
}

const cursor = (self: Value): EnumeratorValue => self as EnumeratorValue;
const entry = (self: Value): DictionaryEntryValue | undefined => {
  const { current } = cursor(self);
  return current instanceof DictionaryEntryValue ? current : undefined;
};

export const enumeratorType = defineType('System.Collections.IEnumerator', {
  members: [
    {
      kind: 'property',
      name: 'Current',
      isStatic: false,
      typeName: 'System.Object',
      get: (s) => cursor(s).current,
    },
    {
      kind: 'property',
      name: 'Key',
      isStatic: false,
      typeName: 'System.Object',
      get: (s) => entry(s)?.key ?? null,
    },
    {
      kind: 'property',
      name: 'Value',
      isStatic: false,
      typeName: 'System.Object',
      get: (s) => entry(s)?.value ?? null,
    },
    {
      kind: 'method',
      name: 'MoveNext',
      isStatic: false,
      overloads: [{ signature: 'bool MoveNext()', call: (s) => cursor(s).moveNext() }],
    },
    {
      kind: 'method',
      name: 'Reset',
      isStatic: false,
      overloads: [
        {
          signature: 'void Reset()',
          call: (s) => {
            cursor(s).at = -1;
            return null;
          },
        },
      ],
    },
  ],
});
