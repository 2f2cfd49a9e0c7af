import { utf8Encode } from '../../../base/bytes.ts';
import type { EventRecord } from '../../powershell/host.ts';
import { certificateFile } from '../../powershell/providers/certificate-file.ts';
import { absolutePath } from '../device-path.ts';
import { utcText } from '../local-time.ts';
import { program } from './simple.ts';
import type { Call } from './simple.ts';

const escape = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/'/g, '&apos;');

const xml = (call: Call, event: EventRecord): string =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='${escape(event.provider)}'/><EventID>${event.id}</EventID><Level>${event.level}</Level><TimeCreated SystemTime='${utcText(event.at)}'/><EventRecordID>${event.recordId}</EventRecordID><Channel>${escape(event.logName)}</Channel><Computer>${escape(call.host.computer.name)}</Computer></System><EventData><Data>${escape(event.message)}</Data></EventData></Event>`;

/** wevtutil.exe: el, gl, qe with /c /rd /f, epl, al. */
export const wevtutil = program('wevtutil.exe', (call) => {
  const [verb = '', log, ...rest] = call.args;
  const option = (name: string): string | undefined =>
    rest.map((arg) => new RegExp(`^/${name}:(.*)$`, 'i').exec(arg)?.[1]).find((one) => one !== undefined);
  const missing = (): number => {
    call.fail('Failed to open channel. The specified channel could not be found.');
    return 15007;
  };
  switch (verb.toLowerCase()) {
    case 'el':
    case 'enum-logs':
      call.line(...call.host.eventLog.logs());
      return 0;
    case 'gl':
    case 'get-log': {
      if (log === undefined || !call.host.eventLog.read(log).ok) return missing();
      call.line(
        `name: ${log}`,
        'enabled: true',
        'type: Admin',
        'owningPublisher: ',
        'isolation: Application',
      );
      return 0;
    }
    case 'qe':
    case 'query-events': {
      const found = log === undefined ? undefined : call.host.eventLog.read(log);
      if (!found?.ok) return missing();
      const newestFirst = /^true$/i.test(option('rd') ?? option('reversedirection') ?? 'false');
      const events = [...found.value].sort((a, b) =>
        newestFirst ? b.recordId - a.recordId : a.recordId - b.recordId,
      );
      const count = Number(option('c') ?? option('count') ?? events.length);
      const asText = /^text$/i.test(option('f') ?? option('format') ?? 'xml');
      events.slice(0, count).forEach((event, i) => {
        if (!asText) {
          call.line(xml(call, event));
          return;
        }
        call.line(
          `Event[${i}]`,
          `  Log Name: ${event.logName}`,
          `  Source: ${event.provider}`,
          `  Date: ${utcText(event.at)}`,
          `  Event ID: ${event.id}`,
          '  Task: N/A',
          `  Level: ${event.levelName}`,
          '  Opcode: N/A',
          '  Keyword: N/A',
          '  User: N/A',
          '  User Name: N/A',
          `  Computer: ${call.host.computer.name}`,
          '  Description: ',
          event.message,
          '',
        );
      });
      return 0;
    }
    case 'epl':
    case 'export-log': {
      const found = log === undefined ? undefined : call.host.eventLog.read(log);
      const target = rest.find((arg) => !arg.startsWith('/'));
      if (!found?.ok) return missing();
      if (target === undefined) {
        call.fail('Too few arguments are specified.');
        return 87;
      }
      const path = absolutePath(target, call.context.workingDirectory);
      if (call.host.files.info(path).ok && !/^true$/i.test(option('ow') ?? option('overwrite') ?? 'false')) {
        call.fail('Failed to export log. The file exists.');
        return 80;
      }
      const written = call.host.files.write(
        path,
        utf8Encode(found.value.map((event) => xml(call, event)).join('\r\n')),
      );
      if (!written.ok) {
        call.fail('Failed to export log. Access is denied.');
        return 5;
      }
      return 0;
    }
    case 'al':
    case 'archive-log': {
      // Texts of the events beside an exported log, for reading it elsewhere.
      const path = log === undefined ? undefined : absolutePath(log, call.context.workingDirectory);
      const content = path === undefined ? undefined : call.host.files.read(path);
      if (path === undefined || !content?.ok) return missing();
      const folder = `${path.slice(0, path.lastIndexOf('\\'))}\\LocaleMetaData`;
      const name = path.slice(path.lastIndexOf('\\') + 1).replace(/\.[^.]+$/, '');
      call.host.files.createDirectory(folder);
      return call.host.files.write(`${folder}\\${name}_1033.MTA`, content.value).ok ? 0 : 5;
    }
    default:
      call.fail(`Invalid command or option "${verb}".`);
      return 87;
  }
});

/** Stores as Windows names them to its users. */
const storeTitles: Readonly<Record<string, string>> = {
  my: 'Personal',
  root: 'Trusted Root Certification Authorities',
  ca: 'Intermediate Certification Authorities',
  trustedpublisher: 'Trusted Publishers',
  disallowed: 'Untrusted Certificates',
};

/** `certutil -addstore [-user] Root file.cer`. */
function addStore(call: Call, user: boolean): number {
  const [container = '', file = ''] = call.args.filter((arg) => !/^[-/]/.test(arg));
  const failed = (code: string, text: string, exit: number): number => {
    call.fail(`CertUtil: -addstore command FAILED: ${code}`, `CertUtil: ${text}`);
    return exit;
  };
  call.line(`${container} "${storeTitles[container.toLowerCase()] ?? container}"`);
  const path = absolutePath(file, call.context.workingDirectory);
  const content = call.host.files.read(path);
  if (!content.ok)
    return failed(
      '0x80070002 (WIN32: 2 ERROR_FILE_NOT_FOUND)',
      'The system cannot find the file specified.',
      -2147024894,
    );
  const certificate = call.host.certificates.read?.(certificateFile(content.value));
  if (!certificate)
    return failed(
      '0x80092009 (-2146885623 CRYPT_E_NO_MATCH)',
      'Cannot find the requested object.',
      -2146885623,
    );
  const done = call.host.certificates.add?.({
    ...certificate,
    store: user ? 'CurrentUser' : 'LocalMachine',
    container,
  });
  if (!done?.ok) return failed('0x80070005 (WIN32: 5 ERROR_ACCESS_DENIED)', 'Access is denied.', -2147024891);
  if (certificate.subject === certificate.issuer) call.line('Signature matches Public Key');
  call.line(
    `Certificate "${certificate.subject.replace(/^CN=([^,]*).*$/, '$1')}" added to store.`,
    'CertUtil: -addstore command completed successfully.',
  );
  return 0;
}

/** certutil.exe: -store and -addstore for the machine's and the user's stores. */
export const certutil = program('certutil.exe', (call) => {
  const args = call.args.map((arg) => arg.toLowerCase());
  const has = (name: string): boolean => args.includes(`-${name}`) || args.includes(`/${name}`);
  if (has('addstore')) return addStore(call, has('user'));
  if (!has('store')) {
    call.fail(
      'CertUtil: -' +
        (args[0] ?? '').replace(/^[-/]/, '') +
        ' command FAILED: 0x80070057 (WIN32: 87 ERROR_INVALID_PARAMETER)',
      'CertUtil: The parameter is incorrect.',
    );
    return -2147024809;
  }
  const user = has('user');
  const name = call.args.find((arg) => !/^[-/]/.test(arg)) ?? 'My';
  const found = call.host.certificates
    .list()
    .filter(
      (one) =>
        one.store === (user ? 'CurrentUser' : 'LocalMachine') &&
        one.container.toLowerCase() === name.toLowerCase(),
    );
  call.line(`${name} "${storeTitles[name.toLowerCase()] ?? name}"`);
  found.forEach((one, i) => {
    call.line(
      `================ Certificate ${i} ================`,
      `Serial Number: ${one.serialNumber.toLowerCase()}`,
      `Issuer: ${one.issuer}`,
      ` NotBefore: ${utcText(one.notBefore)}`,
      ` NotAfter: ${utcText(one.notAfter)}`,
      `Subject: ${one.subject}`,
      `Cert Hash(sha1): ${one.thumbprint.toLowerCase()}`,
      ...(one.hasPrivateKey
        ? ['  Provider = Microsoft Platform Crypto Provider', 'Private key is NOT exportable']
        : []),
      '',
    );
  });
  call.line('CertUtil: -store command completed successfully.');
  return 0;
});
