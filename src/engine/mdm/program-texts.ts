import { logFileOf, messageOfVersion } from '../agent/messages/index.ts';
import * as service from '../agent/messages/service-messages.ts';
import * as session from '../agent/messages/session-messages.ts';

/** Names that the metadata of any .NET service carries. */
const metadata: readonly string[] = [
  '#Strings',
  '#US',
  '#GUID',
  '#Blob',
  'mscorlib',
  'System.ServiceProcess',
  'ServiceBase',
  'OnStart',
  'OnStop',
  'OnSessionChange',
  'OnCustomCommand',
  'Microsoft.Management.Services.IntuneWindowsAgent',
];

/** What the agent's protocol is asked for: the verbs that a look into its program finds. */
const verbs: readonly string[] = [
  'intunemanagementextension://syncapp',
  'intunemanagementextension://synccompliance',
];

/**
 * Texts in the agent's service program as somebody finds who looks for them: names of its metadata in ASCII, literals in
 * UTF-16. Of the literals those are there that its log lines or public texts show.
 */
export function serviceProgramTexts(version: string): {
  readonly ascii: readonly string[];
  readonly unicode: readonly string[];
} {
  const lines = [...Object.values(service), ...Object.values(session)].flatMap((message) => {
    const written = messageOfVersion(message.id, version);
    return written && logFileOf(message.id, version) === 'IntuneManagementExtension'
      ? [written.template]
      : [];
  });
  return { ascii: metadata, unicode: [...lines, ...verbs] };
}
