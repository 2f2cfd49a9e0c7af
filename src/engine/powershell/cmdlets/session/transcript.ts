import { differences } from '../../dialects/index.ts';
import type { Bytes } from '../../../../base/bytes.ts';
import { resolvePath } from '../../providers/resolve.ts';
import { utf8Bom, utf8NoBom } from '../../providers/encoding.ts';
import { parentOf, unescapePath } from '../../providers/paths.ts';
import { dateParts, toText } from '../../types/text.ts';
import { MemberBag, PSWrapped } from '../../types/value.ts';
import type { Value } from '../../types/value.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { hooks } from '../../types/hooks.ts';
import { localNow } from '../time/get-date.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';

const host = 'Microsoft.PowerShell.Host';
const stars = '**********************';

function stamp(context: CmdletContext): string {
  const p = dateParts(localNow(context.host).ticks);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${p.year}${two(p.month)}${two(p.day)}${two(p.hour)}${two(p.minute)}${two(p.second)}`;
}
const product = (context: CmdletContext): string =>
  differences.engine.productName.desktopIn(context.dialect) ? 'Windows PowerShell' : 'PowerShell';

function header(context: CmdletContext, minimal: boolean): string[] {
  const { session, host: device } = context;
  const lines = [stars, `${product(context)} transcript start`, `Start time: ${stamp(context)}`];
  if (!minimal) {
    const { identity, computer } = device;
    const [major, minor, build] = computer.osVersion.split('.');
    lines.push(
      `Username: ${identity.name}`,
      `RunAs User: ${identity.name}`,
      'Configuration Name: ',
      `Machine: ${computer.name} (Microsoft Windows NT ${major}.${minor}.${build}.0)`,
      `Host Application: ${toText(session.globalScope.find('pshome')?.read() ?? '')}\\${differences.engine.processName.desktopIn(context.dialect) ? 'powershell.exe' : 'pwsh.exe'}`,
      `Process ID: ${identity.processId}`,
    );
    const table = session.globalScope.find('psversiontable')?.read() ?? null;
    const order = differences.engine.version.desktopIn(context.dialect)
      ? 'PSVersion PSEdition PSCompatibleVersions BuildVersion CLRVersion WSManStackVersion PSRemotingProtocolVersion SerializationVersion'
      : 'PSVersion PSEdition GitCommitId OS Platform PSCompatibleVersions PSRemotingProtocolVersion SerializationVersion WSManStackVersion';
    for (const name of order.split(' ')) {
      const value = hooks.getProperty(table, name) ?? null;
      const items = elementsOf(value);
      lines.push(`${name}: ${items ? items.map((v) => toText(v)).join(', ') : toText(value)}`);
    }
  }
  lines.push(stars);
  return lines;
}

interface Transcript {
  readonly path: string;
  append(text: string): void;
}
/** Transcripts being written, the newest last; each gets all text. */
function running(context: CmdletContext): Transcript[] {
  const { state } = context.session;
  const known = state.get('transcripts') as Transcript[] | undefined;
  if (known) return known;
  const made: Transcript[] = [];
  state.set('transcripts', made);
  return made;
}
function connect(context: CmdletContext): void {
  const all = running(context);
  context.session.transcript =
    all.length === 0
      ? undefined
      : (text) => {
          for (const one of all) one.append(text);
        };
}

/** A string that also knows the path. */
function withPath(text: string, path: string): Value {
  const value = new PSWrapped(text);
  value.members = new MemberBag();
  value.members.set({ kind: 'NoteProperty', name: 'Path', value: path });
  return value;
}

export const startTranscript: Cmdlet = {
  name: 'Start-Transcript',
  module: host,
  typeName: 'Microsoft.PowerShell.Commands.StartTranscriptCommand',
  defaultSet: 'ByPath',
  shouldProcess: 'Medium',
  parameters: [
    { name: 'Path', type: 'string', sets: [{ set: 'ByPath', position: 0 }] },
    {
      name: 'LiteralPath',
      type: 'string',
      aliases: ['PSPath', 'LP'],
      sets: [{ set: 'ByLiteralPath', position: 0 }],
    },
    {
      name: 'OutputDirectory',
      type: 'string',
      sets: [{ set: 'ByOutputDirectory', position: 0 }],
    },
    { name: 'Append', type: 'switch' },
    { name: 'Force', type: 'switch' },
    { name: 'NoClobber', type: 'switch', aliases: ['NoOverwrite'] },
    { name: 'IncludeInvocationHeader', type: 'switch' },
    { name: 'UseMinimalHeader', type: 'switch', dialect: 'core' },
  ],
  start: (context) => ({
    process() {
      const { host: device } = context;
      const random = device.random('transcript').toString(36);
      const name = `PowerShell_transcript.${device.computer.name}.${random}.${stamp(context)}.txt`;
      const literal = context.has('LiteralPath');
      const given = context.has('OutputDirectory')
        ? `${context.string('OutputDirectory')}\\${name}`
        : context.string(literal ? 'LiteralPath' : 'Path') ||
          `${device.identity.profile}\\Documents\\${name}`;
      const at = resolvePath(context, literal ? given : unescapePath(given));
      if (!at.ok) return context.fail(at.error);
      const path = at.value.providerPath;
      if (running(context).some((t) => t.path.toLowerCase() === path.toLowerCase()))
        return context.fail({
          id: 'CannotStartTranscription',
          category: 'InvalidOperation',
          message: `Transcription cannot be started due to the error: The process cannot access the file '${path}' because it is being used by another process.`,
          exception: 'System.InvalidOperationException',
        });
      const info = device.files.info(path);
      if (info.ok && context.switch('NoClobber') && !context.switch('Append'))
        return context.fail({
          id: 'NoClobber',
          category: 'ResourceExists',
          message: `File ${path} already exists and NoClobber was specified.`,
          exception: 'System.UnauthorizedAccessException',
          target: path,
        });
      const parent = parentOf(path);
      if (parent !== '' && !device.files.info(parent).ok) device.files.createDirectory(parent);
      const { newline } = device;
      const encoding = differences.files.transcriptEncoding.desktopIn(context.dialect) ? utf8Bom : utf8NoBom;
      const text = header(context, context.switch('UseMinimalHeader')).join(newline) + newline;
      const done =
        context.switch('Append') && info.ok
          ? device.files.append(path, encoding.encode(text))
          : device.files.write(path, (encoding.bom + encoding.encode(text)) as Bytes);
      if (!done.ok)
        return context.fail({
          id: 'CannotStartTranscription',
          category: 'InvalidOperation',
          message: `Transcription cannot be started due to the error: ${done.error.message}`,
          exception: 'System.InvalidOperationException',
        });
      const transcript: Transcript = {
        path,
        append: (line) => void device.files.append(path, encoding.encode(line)),
      };
      running(context).push(transcript);
      connect(context);
      context.write(withPath(`Transcript started, output file is ${path}`, path));
      return undefined;
    },
  }),
};

export const stopTranscript: Cmdlet = {
  name: 'Stop-Transcript',
  module: host,
  typeName: 'Microsoft.PowerShell.Commands.StopTranscriptCommand',
  parameters: [],
  start: (context) => ({
    process() {
      const transcript = running(context).pop();
      if (!transcript)
        return context.fail({
          id: 'InvalidOperation',
          category: 'InvalidOperation',
          message: 'An error occurred stopping transcription: The host is not currently transcribing.',
          exception: 'System.Management.Automation.PSInvalidOperationException',
        });
      const { newline } = context.host;
      transcript.append(
        [stars, `${product(context)} transcript end`, `End time: ${stamp(context)}`, stars].join(newline) +
          newline,
      );
      connect(context);
      context.write(withPath(`Transcript stopped, output file is ${transcript.path}`, transcript.path));
      return undefined;
    },
  }),
};
