import type { Builtin } from './builtin.ts';
import { splitCommand } from './words.ts';

/** START: a program in a process of its own, with /WAIT until it ends. */
export const start: Builtin = {
  name: 'start',
  errorLevel: 'always',
  *run(shell, rest, streams) {
    let text = rest.trim();
    const title = /^"[^"]*"\s*/.exec(text);
    // The first quoted text is the window's title, even where it was meant as a program.
    if (title) text = text.slice(title[0].length);
    let wait = false;
    let sameConsole = false;
    let hidden = false;
    let directory = shell.variables.directory;
    for (;;) {
      const option = /^\/(d\s*("[^"]*"|\S+)|(?:affinity|node)\s+\S+|\w+)\s*/i.exec(text);
      if (!option) break;
      const name = (option[1] as string).toLowerCase();
      if (name === 'wait' || name === 'w') wait = true;
      else if (name === 'b') sameConsole = true;
      else if (name === 'min') hidden = true;
      else if (name.startsWith('d')) directory = shell.path((option[2] as string).replace(/"/g, ''));
      text = text.slice(option[0].length);
    }
    // A slash in an address does not begin an option.
    const address = /^"?([a-z][a-z0-9+.-]+:\/\/[^\s"]*)"?\s*$/i.exec(text)?.[1];
    const { name, args } =
      text === ''
        ? { name: 'cmd.exe', args: '' }
        : address === undefined
          ? splitCommand(text)
          : { name: address, args: '' };
    const bare = name.replace(/"/g, '');
    const found = shell.find(bare);
    const isBatch = found !== undefined && /\.(cmd|bat)$/i.test(found);
    const started = shell.host.processes.start({
      file: isBatch ? (shell.find('cmd.exe') ?? 'cmd.exe') : (found ?? bare),
      arguments: isBatch ? `/${wait ? 'c' : 'k'} ${text}` : args.trim(),
      workingDirectory: directory,
      environment: shell.variables.environment(),
      capture: { stdout: false, stderr: false },
      newConsole: !sameConsole,
      hidden,
      verb: 'open',
    });
    if (!started.ok) {
      if (started.error.code === 'access-denied') streams.error.write(`Access is denied.${shell.newline}`);
      else streams.error.write(`The system cannot find the file ${bare}.${shell.newline}`);
      return started.error.code === 'access-denied' ? 5 : 9059;
    }
    if (!wait) return 0;
    const answer = yield { kind: 'process', id: started.value.id };
    const code = answer.kind === 'process' ? (answer.exit?.exitCode ?? 0) : 0;
    shell.variables.errorLevel = code;
    return code;
  },
};
