import { differences } from '../../dialects/index.ts';
import { ansi, encodingByWebName, encodingNamed, utf8NoBom } from '../../providers/encoding.ts';
import type { TextEncoding } from '../../providers/encoding.ts';
import { readProperty } from '../../format/properties.ts';
import { PSReference } from '../../types/value.ts';
import type { CmdletContext, CmdletParameter } from '../cmdlet.ts';
import { toText } from '../../types/text.ts';
import { hooks } from '../../types/hooks.ts';
import { elementsOf } from '../../types/enumerate.ts';

export const encodingParameter: CmdletParameter = {
  name: 'Encoding',
  type: 'object',
  shownType: 'System.Text.Encoding',
};

/** ANSI in Windows PowerShell, UTF-8 without mark in PowerShell 7. */
export const defaultEncoding = (context: CmdletContext): TextEncoding =>
  differences.files.contentEncoding.desktopIn(context.dialect) ? ansi : utf8NoBom;

/** True for Windows PowerShell's `-Encoding Byte`. */
export const isByteEncoding = (context: CmdletContext): boolean =>
  differences.files.encodingNames.desktopIn(context.dialect) && /^byte$/i.test(context.string('Encoding'));

/** The encoding -Encoding names; `fallback` where it is absent. */
export function encodingArgument(context: CmdletContext, fallback: TextEncoding): TextEncoding {
  if (!context.has('Encoding')) return fallback;
  const value = context.get('Encoding');
  if (value instanceof PSReference) {
    const web = readProperty(value, 'WebName');
    if (typeof web === 'string') {
      const preamble = elementsOf(hooks.invokeMethod(value, 'GetPreamble', [])) ?? [];
      const found = encodingByWebName(web, preamble.length > 0);
      if (found) return found;
    }
  }
  const name = toText(value);
  const found = encodingNamed(name, differences.files.encodingNames.desktopIn(context.dialect));
  if (found) return found;
  if (isByteEncoding(context)) return fallback;
  return context.fail({
    id: differences.files.encodingNames.desktopIn(context.dialect)
      ? 'CannotConvertArgumentNoMessage'
      : 'ParameterArgumentTransformationError',
    category: differences.files.encodingNames.desktopIn(context.dialect) ? 'InvalidArgument' : 'InvalidData',
    message: differences.files.encodingNames.desktopIn(context.dialect)
      ? `Cannot bind parameter 'Encoding'. Cannot convert value "${name}" to type "Microsoft.PowerShell.Commands.FileSystemCmdletProviderEncoding". Error: "Unable to match the identifier name ${name} to a valid enumerator name. Specify one of the following enumerator names and try again: Unknown, String, Unicode, Byte, BigEndianUnicode, UTF8, UTF7, UTF32, Ascii, Default, Oem, BigEndianUTF32"`
      : `Cannot process argument transformation on parameter 'Encoding'. '${name}' is not a supported encoding name. For information on defining a custom encoding, see the documentation for the Encoding.RegisterProvider method. (Parameter 'name')`,
    exception: differences.files.encodingNames.desktopIn(context.dialect)
      ? 'System.Management.Automation.ParameterBindingException'
      : 'System.Management.Automation.ParameterBindingArgumentTransformationException',
  });
}
