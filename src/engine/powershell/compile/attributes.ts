import type { Validation } from '../cmdlets/cmdlet.ts';
import { elementsOf } from '../types/enumerate.ts';
import { ScriptBlockValue } from '../types/script-block.ts';
import { toText } from '../types/text.ts';
import type { Value } from '../types/value.ts';
import { isTrue } from '../types/truth.ts';
import type { CompileContext } from './context.ts';
import { constantOf } from './constants.ts';
import { checkOf } from './attribute-classes.ts';
import type { AttributeAst } from '../parse/tree.ts';
import { unwrap } from '../types/value.ts';
import { toDouble, isNumeric } from '../types/numeric.ts';
import { compare } from '../types/compare.ts';
import { runtimeError } from '../types/errors.ts';
import { typeOf } from '../types/type-of.ts';

export const attributeName = (node: AttributeAst): string =>
  node.typeName.fullName
    .toLowerCase()
    .replace(/^system\.management\.automation\./, '')
    .replace(/attribute$/, '');

function named(node: AttributeAst, name: string, context: CompileContext): Value | undefined {
  const found = (node.namedArguments ?? []).find((a) => a.argumentName.toLowerCase() === name.toLowerCase());
  if (!found) return undefined;
  return found.expressionOmitted ? true : constantOf(found.argument, context);
}
export const namedArgument = named;

const positional = (node: AttributeAst, context: CompileContext): Value[] =>
  (node.positionalArguments ?? []).map((a) => constantOf(a, context));
const number = (value: Value | undefined): number => {
  const bare = unwrap(value ?? null);
  return isNumeric(bare) ? toDouble(bare) : Number(toText(bare));
};

/** Validations among attributes, in the order they run. */
export function validationsOf(
  attributes: readonly { readonly kind: string }[],
  context: CompileContext,
): Validation[] {
  const rules: Validation[] = [];
  for (const attribute of attributes) {
    if (attribute.kind !== 'AttributeAst') continue;
    const node = attribute as AttributeAst;
    const errorMessage = (): { errorMessage?: string } => {
      const text = named(node, 'ErrorMessage', context);
      return text === undefined ? {} : { errorMessage: toText(text) };
    };
    switch (attributeName(node)) {
      case 'validateset': {
        const ignore = named(node, 'IgnoreCase', context);
        rules.push({
          kind: 'set',
          values: positional(node, context).flatMap((v) => (elementsOf(v) ?? [v]).map((x) => toText(x))),
          caseSensitive: ignore !== undefined && !isTrue(ignore),
          ...errorMessage(),
        });
        break;
      }
      case 'validaterange': {
        const [min, max] = positional(node, context);
        if (max === undefined) {
          const kind = toText(min ?? null);
          if (!/^(positive|nonnegative|negative|nonpositive)$/i.test(kind))
            throw constructing(
              `Cannot convert value "${kind}" to type "System.Management.Automation.ValidateRangeKind". Error: "Unable to match the identifier name ${kind} to a valid enumerator name. Specify one of the following enumerator names and try again: Positive, NonNegative, Negative, NonPositive"`,
            );
          rules.push({ kind: 'rangeKind', rangeKind: capitalise(kind) });
        } else {
          checkRange(min ?? null, max);
          rules.push({ kind: 'range', min: min as Value, max });
        }
        break;
      }
      case 'validatecount': {
        const [min, max] = positional(node, context);
        checkLengths(number(min), number(max), 'ValidateRangeMaxLengthSmallerThanMinLength');
        rules.push({ kind: 'count', min: number(min), max: number(max) });
        break;
      }
      case 'validatelength': {
        const [min, max] = positional(node, context);
        checkLengths(number(min), number(max), 'ValidateLengthMaxLengthSmallerThanMinLength');
        rules.push({ kind: 'length', min: number(min), max: number(max) });
        break;
      }
      case 'validatepattern': {
        const options = named(node, 'Options', context);
        rules.push({
          kind: 'pattern',
          pattern: toText(positional(node, context)[0] ?? null),
          ...(options === undefined ? {} : { options: toText(options) }),
          ...errorMessage(),
        });
        break;
      }
      case 'validatescript': {
        const script = positional(node, context)[0];
        if (script instanceof ScriptBlockValue) rules.push({ kind: 'script', script, ...errorMessage() });
        break;
      }
      case 'validatenotnull':
        rules.push({ kind: 'notNull' });
        break;
      case 'validatenotnullorempty':
        rules.push({ kind: 'notNullOrEmpty' });
        break;
      case 'validatenotnullorwhitespace':
        rules.push({ kind: 'notNullOrWhiteSpace' });
        break;
      default: {
        const check = checkOf(node, context);
        if (check) rules.push({ kind: 'custom', check });
        break;
      }
    }
  }
  return rules;
}
const metadataError = (id: string, message: string): Error =>
  runtimeError(
    id,
    message,
    'MetadataError',
    null,
    'System.Management.Automation.ValidationMetadataException',
  );
const constructing = (message: string): Error => metadataError('ExceptionConstructingAttribute', message);
/** Limits that no argument could meet are an error of the attribute. */
function checkRange(min: Value, max: Value): void {
  const [low, high] = [unwrap(min), unwrap(max)];
  if (isNumeric(low) !== isNumeric(high) || (!isNumeric(low) && typeOf(low) !== typeOf(high)))
    throw metadataError(
      'MinRangeNotTheSameTypeOfMaxRange',
      `The type of the minimum range (${typeOf(low)?.name ?? 'null'}) is not the same as the type of the maximum range (${typeOf(high)?.name ?? 'null'}).`,
    );
  if (compare(low, high) > 0)
    throw metadataError(
      'MaxRangeSmallerThanMinRange',
      'The specified maximum range cannot be accepted because it is less than the specified minimum range. Update the MaxRange value.',
    );
}
function checkLengths(min: number, max: number, id: string): void {
  if (min < 0 || max < 0 || Number.isNaN(min) || Number.isNaN(max))
    throw constructing(
      `Exception calling ".ctor" with "2" argument(s): "Specified argument was out of the range of valid values."`,
    );
  if (max < min)
    throw metadataError(
      id,
      'The specified maximum number of arguments is smaller than the specified minimum number of arguments. Update the ValidateCount attribute.',
    );
}
function capitalise(text: string): 'Positive' | 'NonNegative' | 'Negative' | 'NonPositive' {
  switch (text.toLowerCase()) {
    case 'positive':
      return 'Positive';
    case 'nonnegative':
      return 'NonNegative';
    case 'negative':
      return 'Negative';
    default:
      return 'NonPositive';
  }
}
