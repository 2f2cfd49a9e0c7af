import { differences } from '../../powershell/dialects/index.ts';
import type { Argument } from '../../powershell/run/binder.ts';

/**
 * Arguments of `-File` as a script gets them: a leading dash names a parameter, everything is text. PowerShell 7 also
 * understands `-Name:$true`.
 */
export function scriptArguments(args: readonly string[], dialect: 'desktop' | 'core'): Argument[] {
  return args.map((arg): Argument => {
    if (!/^[-–—―][A-Za-z_?]/.test(arg)) return { kind: 'value', value: arg };
    const colon = /^.\w+:/.test(arg) ? arg.indexOf(':') : -1;
    if (colon < 0 || colon === arg.length - 1)
      return { kind: 'parameter', name: arg.slice(1).replace(/:$/, ''), value: undefined, text: arg };
    const text = arg.slice(colon + 1);
    const bool = !differences.programs.booleanArguments.desktopIn(dialect)
      ? /^\$(true|false)$/i.exec(text)
      : null;
    return {
      kind: 'parameter',
      name: arg.slice(1, colon),
      value: bool ? bool[1]?.toLowerCase() === 'true' : text,
      text: arg.slice(0, colon + 1),
    };
  });
}
