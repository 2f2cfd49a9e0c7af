import { differences } from '../../dialects/index.ts';
import { PSCustomObject } from '../../types/objects.ts';
import { MemberBag, PSReference, PSWrapped } from '../../types/value.ts';
import type { Value } from '../../types/value.ts';
import { automationNull, isNull } from '../../types/value.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { compareValues } from './object-order.ts';
import type { PropertyResult } from './property-argument.ts';
import { propertyArguments, singleResult } from './property-argument.ts';

interface Entry {
  readonly item: Value;
  readonly keys: readonly PropertyResult[];
}

export const compareObject: Cmdlet = {
  name: 'Compare-Object',
  aliases: ['compare', 'diff'],
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.CompareObjectCommand',
  parameters: [
    { name: 'ReferenceObject', type: 'psobject[]', position: 0, mandatory: true, allowEmptyCollection: true },
    {
      name: 'DifferenceObject',
      type: 'psobject[]',
      position: 1,
      mandatory: true,
      pipeline: true,
      allowEmptyCollection: true,
    },
    { name: 'SyncWindow', type: 'int', validate: [{ kind: 'range', min: 0, max: 2147483647 }] },
    { name: 'Property', type: 'object[]' },
    { name: 'ExcludeDifferent', type: 'switch' },
    { name: 'IncludeEqual', type: 'switch' },
    { name: 'PassThru', type: 'switch' },
    { name: 'Culture', type: 'string' },
    { name: 'CaseSensitive', type: 'switch' },
  ],
  start(context) {
    const given = propertyArguments(context, context.list('Property'), ['expression', 'name', 'label']);
    const ignoreCase = !context.switch('CaseSensitive');
    const window = context.has('SyncWindow') ? context.number('SyncWindow', 0) : Infinity;
    const entry = (item: Value): Entry => ({
      item,
      keys:
        given.length === 0
          ? [{ name: '', value: item, exists: true }]
          : given.map((argument) => singleResult(context, argument, item)),
    });
    const same = (a: Entry, b: Entry): boolean =>
      a.keys.every(
        (key, i) => compareValues(key.value, (b.keys[i] as PropertyResult).value, ignoreCase) === 0,
      );
    const reference = context
      .list('ReferenceObject')
      .filter((v) => !isNull(v))
      .map(entry);
    const includeEqual =
      context.switch('IncludeEqual') ||
      (context.switch('ExcludeDifferent') &&
        !differences.commands.excludeDifferent.desktopIn(context.dialect));
    /** Objects of either side that have not met their like, oldest first. */
    let waitingLeft: Entry[] = [];
    let waitingRight: Entry[] = [];
    let next = 0;

    const write = (found: Entry, side: '<=' | '=>' | '=='): void => {
      if (side === '==' ? !includeEqual : context.switch('ExcludeDifferent')) return;
      if (context.switch('PassThru')) {
        const target: PSReference =
          found.item instanceof PSReference ? found.item : new PSWrapped(found.item as string);
        target.members ??= new MemberBag();
        target.members.set({ kind: 'NoteProperty', name: 'SideIndicator', value: side });
        context.write(target);
        return;
      }
      const result = new PSCustomObject();
      if (given.length === 0)
        result.members.set({ kind: 'NoteProperty', name: 'InputObject', value: found.item });
      else
        for (const { name, value } of found.keys) result.members.set({ kind: 'NoteProperty', name, value });
      result.members.set({ kind: 'NoteProperty', name: 'SideIndicator', value: side });
      context.write(result);
    };
    const take = (list: Entry[], wanted: Entry): Entry | undefined => {
      const at = list.findIndex((e) => same(e, wanted));
      return at < 0 ? undefined : list.splice(at, 1)[0];
    };
    /** Pairs the next objects of both sides, as long as the window lets them wait. */
    const pair = (left: Entry | undefined, right: Entry | undefined): void => {
      if (left && right && same(left, right)) {
        write(left, '==');
        return;
      }
      if (right) {
        const met = take(waitingLeft, right);
        if (met) write(met, '==');
        else waitingRight.push(right);
      }
      if (left) {
        const met = take(waitingRight, left);
        if (met) write(left, '==');
        else waitingLeft.push(left);
      }
      while (waitingRight.length > window) write(waitingRight.shift() as Entry, '=>');
      while (waitingLeft.length > window) write(waitingLeft.shift() as Entry, '<=');
    };

    return {
      process() {
        for (const item of context.list('DifferenceObject'))
          if (!isNull(item) && item !== automationNull) pair(reference[next++], entry(item));
        return undefined;
      },
      end() {
        while (next < reference.length) pair(reference[next++], undefined);
        for (const found of waitingRight) write(found, '=>');
        for (const found of waitingLeft) write(found, '<=');
        waitingLeft = [];
        waitingRight = [];
        return undefined;
      },
    };
  },
};
