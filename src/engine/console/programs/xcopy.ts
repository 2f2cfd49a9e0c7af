import type { FileInfo, HostError } from '../../powershell/host.ts';
import { absolutePath, fileName, matchesPattern, parentPath } from '../device-path.ts';
import { ask, waitingProgram } from './simple.ts';

/** xcopy.exe: /s /e /y /i /q /h /r /d /c. Exit code 1 where nothing was found, 4 where a file could not be written. */
export const xcopy = waitingProgram('xcopy.exe', function* (call) {
  const flags = new Set(
    call.args.filter((arg) => arg.startsWith('/')).flatMap((arg) => arg.slice(1).toLowerCase().split('/')),
  );
  const [source, given = '.'] = call.args.filter((arg) => !arg.startsWith('/'));
  const { host, context } = call;
  if (source === undefined) {
    call.fail('Invalid number of parameters', '0 File(s) copied');
    return 4;
  }
  const from = absolutePath(source, context.workingDirectory);
  const info = host.files.info(from);
  const isFolder = info.ok && info.value.kind === 'directory';
  const root = isFolder ? from : parentPath(from);
  const pattern = isFolder ? '*' : fileName(from);
  const files: { readonly file: FileInfo; readonly below: string }[] = [];
  const folders: string[] = [];
  const walk = (folder: string, below: string): void => {
    const list = host.files.list(folder);
    for (const child of list.ok ? list.value : []) {
      if (child.kind === 'directory') {
        if (!flags.has('s') && !flags.has('e')) continue;
        if (flags.has('e')) folders.push(below + child.name);
        walk(child.path, `${below}${child.name}\\`);
      } else if (matchesPattern(child.name, pattern) && (flags.has('h') || !child.hidden))
        files.push({ file: child, below });
    }
  };
  walk(root, '');
  if (files.length === 0) {
    call.fail(`File not found - ${fileName(from)}`);
    call.line('0 File(s) copied');
    return info.ok ? 0 : 4;
  }
  const target = absolutePath(given, context.workingDirectory);
  const there = host.files.info(target);
  let asFolder =
    (there.ok && there.value.kind === 'directory') ||
    /[\\/]$/.test(given) ||
    flags.has('i') ||
    isFolder ||
    files.length > 1;
  if (!asFolder && !there.ok) {
    const answer = yield* ask(
      `Does ${given} specify a file name${call.host.newline}or directory name on the target${call.host.newline}(F = file, D = directory)? `,
    );
    asFolder = /^d/i.test(answer ?? '');
  }
  let count = 0;
  const cannot = (error: HostError, path: string): void =>
    call.fail(
      error.code === 'access-denied' ? `Access denied - ${path}` : `Unable to create directory - ${path}`,
    );
  if (asFolder) for (const folder of folders) host.files.createDirectory(`${target}\\${folder}`);
  for (const { file, below } of files) {
    const to = asFolder ? `${target.replace(/\\$/, '')}\\${below}${file.name}` : target;
    const known = host.files.info(to);
    if (known.ok) {
      if (flags.has('d') && known.value.modified >= file.modified) continue;
      if (!flags.has('y')) {
        const answer = yield* ask(`Overwrite ${to} (Yes/No/All)? `);
        if (/^a/i.test(answer ?? '')) flags.add('y');
        else if (!/^y/i.test(answer ?? '')) continue;
      }
      if (known.value.readOnly && flags.has('r')) host.files.setAttributes(to, { readOnly: false });
    }
    const content = host.files.read(file.path);
    const made = host.files.createDirectory(parentPath(to));
    const written = content.ok && made.ok ? host.files.write(to, content.value) : content.ok ? made : content;
    if (!written.ok) {
      cannot(written.error, to);
      if (flags.has('c')) continue;
      call.line(`${count} File(s) copied`);
      return 4;
    }
    host.files.setTimes(to, { modified: file.modified });
    if (!flags.has('q'))
      call.line(
        `${isFolder ? `${source.replace(/\\$/, '')}\\` : source.slice(0, source.length - fileName(source.replace(/\//g, '\\')).length)}${below}${file.name}`,
      );
    count++;
  }
  call.line(`${count} File(s) copied`);
  return 0;
});
