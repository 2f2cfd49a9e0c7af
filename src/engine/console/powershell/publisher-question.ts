import { optedNotToRun } from '../../powershell/cmdlets/device/execution-policy.ts';
import type { CertificateInfo, Host, Resume, Suspend } from '../../powershell/host.ts';

/**
 * Asks whether a signed script of a publisher that is not trusted yet may run; the answer that is meant for always goes
 * to the user's store. Returns why it may not. In a window that nobody sees the question waits for ever.
 */
export function* askAboutPublisher(
  path: string,
  signer: CertificateInfo,
  host: Host,
  line: (text: string) => void,
): Generator<Suspend, string | undefined, Resume> {
  line('');
  line('Do you want to run software from this untrusted publisher?');
  line(
    `File ${path} is published by ${signer.subject} and is not trusted on your system. Only run scripts from trusted publishers.`,
  );
  for (;;) {
    const answer = yield {
      kind: 'line',
      prompt: '[V] Never run  [D] Do not run  [R] Run once  [A] Always run  [?] Help (default is "D"): ',
      secret: false,
    };
    if (answer.kind !== 'line' || answer.text === undefined) return optedNotToRun(path);
    switch (answer.text.trim().toLowerCase()) {
      case '':
      case 'd':
      case 'do not run':
        return optedNotToRun(path);
      case 'r':
      case 'run once':
        return undefined;
      case 'a':
      case 'always run':
        keep(host, signer, 'TrustedPublisher');
        return undefined;
      case 'v':
      case 'never run':
        keep(host, signer, 'Disallowed');
        return `File ${path} cannot be loaded because you opted never to run software from this publisher.`;
      case '?':
        for (const help of helps) line(help);
    }
  }
}

function keep(host: Host, signer: CertificateInfo, container: string): void {
  host.certificates.add?.({ ...signer, store: 'CurrentUser', container, hasPrivateKey: false });
}

const helps = [
  'V - Do not run the script from this publisher now, and do not prompt me to run this script in future. Future attempts to run this script will result in a silent failure.',
  'D - Do not run the script from this publisher now, and continue to prompt me to run this script in the future.',
  'R - Run the script from this publisher now, and continue to prompt me to run this script in the future.',
  'A - Run the script from this publisher now, and do not prompt me to run this script in the future.',
] as const;
