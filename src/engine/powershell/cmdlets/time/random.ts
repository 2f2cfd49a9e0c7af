import type { Session } from '../../run/session.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { isNumeric, toDouble } from '../../types/numeric.ts';
import { double, isInt32 } from '../../types/objects.ts';
import { GuidValue } from '../../types/scalars.ts';
import type { Value } from '../../types/value.ts';
import { unwrap } from '../../types/value.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';

const maxInt = 2147483647;

/** The seeded generator of .NET: Knuth's subtractive method, the same numbers for the same seed. */
export class SeededRandom {
  private readonly seeds: number[] = new Array<number>(56).fill(0);
  private next1 = 0;
  private next2 = 21;
  constructor(seed: number) {
    let mj = 161803398 - Math.min(Math.abs(seed), maxInt);
    this.seeds[55] = mj;
    let mk = 1;
    let ii = 0;
    for (let i = 1; i < 55; i++) {
      ii += 21;
      if (ii >= 55) ii -= 55;
      this.seeds[ii] = mk;
      mk = (mj - mk) | 0;
      if (mk < 0) mk += maxInt;
      mj = this.seeds[ii] as number;
    }
    for (let k = 1; k < 5; k++)
      for (let i = 1; i < 56; i++) {
        let n = i + 30;
        if (n >= 55) n -= 55;
        let value = ((this.seeds[i] as number) - (this.seeds[1 + n] as number)) | 0;
        if (value < 0) value += maxInt;
        this.seeds[i] = value;
      }
  }
  private sample(): number {
    if (++this.next1 >= 56) this.next1 = 1;
    if (++this.next2 >= 56) this.next2 = 1;
    let value = (this.seeds[this.next1] as number) - (this.seeds[this.next2] as number);
    if (value === maxInt) value--;
    if (value < 0) value += maxInt;
    this.seeds[this.next1] = value;
    return value;
  }
  /** 0 up to 1. */
  fraction(): number {
    return this.sample() * (1 / maxInt);
  }
}

const purpose = 'powershell random';
const stateKey = 'Get-Random';

/** 0 up to 1: from the seeded generator once a seed was set, else from the device. */
function fraction(context: CmdletContext): number {
  const seeded = (context.session as Session).state.get(stateKey);
  if (seeded instanceof SeededRandom) return seeded.fraction();
  const high = context.host.random(purpose) >>> 5;
  const low = context.host.random(purpose) >>> 6;
  return (high * 67108864 + low) / 9007199254740992;
}
const below = (context: CmdletContext, n: number): number => Math.floor(fraction(context) * n);

const numberSet = 'RandomNumberParameterSet';
const listSet = 'RandomListItemParameterSet';

function randomCmdlet(name: string, typeName: string): Cmdlet {
  return {
    name,
    module: 'Microsoft.PowerShell.Utility',
    typeName,
    ...(name === 'Get-SecureRandom' ? { dialect: 'core' as const } : {}),
    defaultSet: numberSet,
    parameters: [
      { name: 'Maximum', type: 'object', sets: [{ set: numberSet, position: 0 }] },
      { name: 'Minimum', type: 'object', sets: [numberSet] },
      { name: 'SetSeed', type: 'int', sets: [numberSet, listSet, 'ShuffleParameterSet'] },
      {
        name: 'InputObject',
        type: 'object[]',
        allowNull: true,
        sets: [
          { set: listSet, position: 0, mandatory: true, pipeline: true },
          { set: 'ShuffleParameterSet', position: 0, mandatory: true, pipeline: true },
        ],
      },
      {
        name: 'Count',
        type: 'int',
        validate: [{ kind: 'range', min: 1, max: maxInt }],
        sets: [numberSet, listSet],
      },
      {
        name: 'Shuffle',
        type: 'switch',
        dialect: 'core',
        sets: [{ set: 'ShuffleParameterSet', mandatory: true }],
      },
    ],
    start(context) {
      const items: Value[] = [];
      const byItem = (): boolean => context.has('InputObject') || context.expectingInput;
      const number = (): Value => {
        const read = (key: string): Value => {
          const given = unwrap(context.get(key));
          return typeof given === 'string'
            ? unwrap(context.convert(given, /[.eE]/.test(given) ? 'double' : 'int'))
            : given;
        };
        const low = read('Minimum');
        const high = read('Maximum');
        const isFraction = [low, high].some(
          (v) =>
            v !== null && isNumeric(v) && typeof v !== 'bigint' && !(typeof v === 'number' && isInt32(v)),
        );
        const min = isNumeric(low) ? toDouble(low) : 0;
        const max = isNumeric(high) ? toDouble(high) : isFraction ? Number.MAX_VALUE : maxInt;
        if (min >= max)
          context.fail({
            id: 'MinGreaterThanOrEqualMax',
            category: 'InvalidArgument',
            message: `The Minimum value (${context.text(low ?? 0)}) cannot be greater than or equal to the Maximum value (${context.text(high)}).`,
            exception: 'System.ArgumentException',
          });
        if (isFraction) return double(min + fraction(context) * (max - min));
        const value = Math.floor(min + fraction(context) * (max - min));
        return typeof low === 'bigint' || typeof high === 'bigint' ? BigInt(value) : value;
      };
      return {
        begin() {
          if (context.has('SetSeed'))
            (context.session as Session).state.set(stateKey, new SeededRandom(context.number('SetSeed', 0)));
          if (!byItem()) for (let i = 0; i < context.number('Count', 1); i++) context.write(number());
          return undefined;
        },
        process() {
          if (byItem())
            items.push(
              ...(context.list('InputObject').length > 0
                ? context.list('InputObject')
                : (elementsOf(context.input) ?? [])),
            );
          return undefined;
        },
        end() {
          if (items.length === 0) return undefined;
          const count = context.switch('Shuffle')
            ? items.length
            : Math.min(items.length, context.number('Count', 1));
          for (let i = 0; i < count; i++) {
            const at = i + below(context, items.length - i);
            const picked = items[at] as Value;
            items[at] = items[i] as Value;
            context.write(picked);
          }
          return undefined;
        },
      };
    },
  };
}

export const getRandom: Cmdlet = randomCmdlet('Get-Random', 'Microsoft.PowerShell.Commands.GetRandomCommand');
export const getSecureRandom: Cmdlet = randomCmdlet(
  'Get-SecureRandom',
  'Microsoft.PowerShell.Commands.GetSecureRandomCommand',
);

export const newGuid: Cmdlet = {
  name: 'New-Guid',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.NewGuidCommand',
  defaultSet: 'Default',
  commandType: 'Function',
  parameters: [
    { name: 'Empty', type: 'switch', dialect: 'core', sets: ['Empty'] },
    {
      name: 'InputObject',
      type: 'string',
      dialect: 'core',
      sets: [{ set: 'InputObject', position: 0, mandatory: true, pipeline: true }],
    },
  ],
  start: (context) => ({
    process() {
      if (context.has('InputObject')) {
        context.write(context.convert(context.string('InputObject'), 'guid'));
        return undefined;
      }
      if (context.switch('Empty')) {
        context.write(new GuidValue('00000000-0000-0000-0000-000000000000'));
        return undefined;
      }
      let hex = '';
      for (let i = 0; i < 4; i++) hex += context.host.random('powershell guid').toString(16).padStart(8, '0');
      const variant = ((parseInt(hex[16] as string, 16) & 3) | 8).toString(16);
      context.write(
        new GuidValue(
          `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`,
        ),
      );
      return undefined;
    },
  }),
};
