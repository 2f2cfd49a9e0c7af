import type { Validation } from '../cmdlets/cmdlet.ts';
import { compare, equalText } from '../types/compare.ts';
import { DictionaryValue } from '../types/collections.ts';
import { elementsOf } from '../types/enumerate.ts';
import { ConversionError } from '../types/errors.ts';
import { ScriptError } from '../types/error-record.ts';
import { hooks } from '../types/hooks.ts';
import { convertTo } from '../types/convert.ts';
import { typeOf } from '../types/type-of.ts';
import { toText } from '../types/text.ts';
import { isTrue } from '../types/truth.ts';
import type { Value } from '../types/value.ts';
import { isNull, unwrap } from '../types/value.ts';
import { isMatch } from '../types/regex-port.ts';
import { isNumeric, toDouble } from '../types/numeric.ts';

/** Id of the ValidationMetadataException behind a refusal. */
export function validationErrorId(rule: Validation, value: Value): string {
  const items = elementsOf(value) ?? [value];
  switch (rule.kind) {
    case 'notNull':
      return isNull(value) ? 'ArgumentIsNull' : 'ArgumentCollectionContainsNull';
    case 'notNullOrEmpty':
    case 'notNullOrWhiteSpace':
      if (isNull(value)) return 'ArgumentIsNull';
      return value === '' ? 'ArgumentIsEmpty' : 'ArgumentCollectionContainsNullOrEmpty';
    case 'count':
      return rule.min === rule.max ? 'ValidateCountExactFailure' : 'ValidateCountMinMaxFailure';
    case 'set':
      return 'ValidateSetFailure';
    case 'pattern':
      return 'ValidatePatternFailure';
    case 'script':
      return 'ValidateScriptFailure';
    case 'custom':
      return '';
    case 'rangeKind':
      return items.every((item) => isNumeric(unwrap(item))) ? `ValidateRange${rule.rangeKind}Failure` : '';
    case 'length': {
      const bad = items.find((item) => elementFailure(rule, item) !== undefined) ?? '';
      return toText(bad).length < rule.min
        ? 'ValidateLengthMinLengthFailure'
        : 'ValidateLengthMaxLengthFailure';
    }
    case 'range': {
      const bad = items.find((item) => elementFailure(rule, item) !== undefined) ?? null;
      const type = typeOf(rule.min);
      try {
        return compare(type ? convertTo(bad, type) : bad, rule.min) < 0
          ? 'ValidateRangeTooSmall'
          : 'ValidateRangeTooBig';
      } catch {
        return 'ValidationRangeElementType';
      }
    }
  }
}

/** Text of the refusal, or undefined where the value passes. */
export function validationFailure(rule: Validation, value: Value): string | undefined {
  switch (rule.kind) {
    case 'custom':
      return rule.check(value);
    case 'notNull':
      if (isNull(value))
        return 'The argument is null. Provide a valid value for the argument, and then try running the command again.';
      if (elementsOf(value)?.some(isNull))
        return 'The argument is null or an element of the argument collection contains a null value.';
      return undefined;
    case 'notNullOrEmpty':
    case 'notNullOrWhiteSpace': {
      const blank = (v: Value): boolean =>
        isNull(v) ||
        v === '' ||
        (rule.kind === 'notNullOrWhiteSpace' && typeof v === 'string' && v.trim() === '');
      const items = elementsOf(value);
      if (isNull(value) || value === '')
        return 'The argument is null or empty. Provide an argument that is not null or empty, and then try the command again.';
      if (blank(value))
        return 'The argument is null, empty, or consists of only white-space characters. Provide an argument that contains non white-space characters, and then try the command again.';
      if (items?.length === 0 || (value instanceof DictionaryValue && value.count === 0))
        return 'The argument is null, empty, or an element of the argument collection contains a null value. Supply a collection that does not contain any null values and then try the command again.';
      if (items?.some(blank))
        return 'The argument is null, empty, or an element of the argument collection contains a null value. Supply a collection that does not contain any null values and then try the command again.';
      return undefined;
    }
    case 'count': {
      const n = elementsOf(value)?.length ?? 1;
      if ((n < rule.min || n > rule.max) && rule.min !== rule.max)
        return `The parameter requires at least ${rule.min} value(s) and no more than ${rule.max} value(s) - ${n} value(s) were provided.`;
      if (n < rule.min)
        return `The number of provided arguments, (${n}), is fewer than the minimum number of allowed arguments (${rule.min}). Provide more than ${rule.min} arguments, and then try the command again.`;
      if (n > rule.max)
        return `The number of provided arguments, (${n}), exceeds the maximum number of allowed arguments (${rule.max}). Provide fewer than ${rule.max} arguments, and then try the command again.`;
      return undefined;
    }
    default:
      break;
  }
  for (const item of elementsOf(value) ?? [value]) {
    const failure = elementFailure(rule, item);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

function elementFailure(rule: Validation, item: Value): string | undefined {
  const text = toText(item);
  switch (rule.kind) {
    case 'set':
      if (rule.values.some((v) => equalText(v, text, !rule.caseSensitive))) return undefined;
      if (rule.errorMessage)
        return rule.errorMessage.replace('{0}', text).replace('{1}', rule.values.join(','));
      return `The argument "${text}" does not belong to the set "${rule.values.join(',')}" specified by the ValidateSet attribute. Supply an argument that is in the set and then try the command again.`;
    case 'pattern': {
      if (isMatch(rule.pattern, text, rule.options === undefined || /ignorecase/i.test(rule.options)))
        return undefined;
      if (rule.errorMessage) return rule.errorMessage.replace('{0}', text).replace('{1}', rule.pattern);
      return `The argument "${text}" does not match the "${rule.pattern}" pattern. Supply an argument that matches "${rule.pattern}" and try the command again.`;
    }
    case 'range': {
      let a = item;
      const type = typeOf(rule.min);
      if (type && typeOf(a) !== type) {
        try {
          a = convertTo(a, type);
        } catch (error) {
          if (error instanceof ConversionError)
            return `The argument cannot be validated because its type "${typeOf(item)?.name ?? 'null'}" is not the same type (${type.name}) as the maximum and minimum limits of the parameter. Make sure the argument is of type ${type.name} and then try the command again.`;
          throw error;
        }
      }
      if (compare(a, rule.min) < 0)
        return `The ${text} argument is less than the minimum allowed range of ${toText(rule.min)}. Supply an argument that is greater than or equal to ${toText(rule.min)} and then try the command again.`;
      if (compare(a, rule.max) > 0)
        return `The ${text} argument is greater than the maximum allowed range of ${toText(rule.max)}. Supply an argument that is less than or equal to ${toText(rule.max)} and then try the command again.`;
      return undefined;
    }
    case 'rangeKind': {
      const number = unwrap(item);
      if (!isNumeric(number))
        return `The argument "${text}" cannot be validated because its value is not a number.`;
      const n = toDouble(number);
      const fits = { Positive: n > 0, NonNegative: n >= 0, Negative: n < 0, NonPositive: n <= 0 }[
        rule.rangeKind
      ];
      if (fits) return undefined;
      const why = {
        Positive: `the value must be greater than zero`,
        NonNegative: `the value must be greater than or equal to zero`,
        Negative: `the value must be less than zero`,
        NonPositive: `the value must be less than or equal to zero`,
      }[rule.rangeKind];
      return `The argument "${text}" cannot be validated because ${why.replace('the value must be', 'its value is not')}.`;
    }
    case 'length':
      if (text.length < rule.min)
        return `The character length (${text.length}) of the argument is too short. Specify an argument with a length that is greater than or equal to "${rule.min}", and then try the command again.`;
      if (text.length > rule.max)
        return `The character length of the ${text.length} argument is too long. Shorten the character length of the argument so it is fewer than or equal to "${rule.max}" characters, and then try the command again.`;
      return undefined;
    case 'script': {
      let passed: boolean;
      try {
        passed = isTrue(hooks.invokeWithItem(rule.script, item, [item]));
      } catch (error) {
        if (!(error instanceof ScriptError)) throw error;
        hooks.recordError(error.record);
        return error.record.exception.message;
      }
      if (passed) return undefined;
      const script = rule.script.text.slice(1, -1);
      if (rule.errorMessage) return rule.errorMessage.replace('{0}', text).replace('{1}', script);
      return `The "${script}" validation script for the argument with value "${text}" did not return a result of True. Determine why the validation script failed, and then try the command again.`;
    }
    case 'custom':
    case 'notNull':
    case 'notNullOrEmpty':
    case 'notNullOrWhiteSpace':
    case 'count':
      return undefined;
  }
}
