/** The install job of a SyncML answer, as far as it is used. */
export interface MsiJob {
  readonly productCode: string;
  readonly version: string;
  readonly urls: readonly string[];
  /** SHA-256, upper-case hex. */
  readonly hash: string;
  readonly commandLine: string;
  readonly timeout: number;
  readonly retryCount: number;
  readonly retryInterval: number;
}

/** Finds the Exec of an MSI job in a SyncML message; undefined where there is none. */
export function findMsiJob(message: string): MsiJob | undefined {
  const exec = /<Exec>([\s\S]*?)<\/Exec>/.exec(message)?.[1] ?? '';
  const code = /MSI\/%7B([0-9A-F-]{36})%7D\/DownloadInstall/i.exec(exec)?.[1];
  const data = /<Data>([\s\S]*?)<\/Data>/.exec(exec)?.[1];
  if (code === undefined || data === undefined) return undefined;
  const job = data.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const element = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(job)?.[1] ?? '';
  return {
    productCode: `{${code.toUpperCase()}}`,
    version: /<Product Version="([^"]*)"/.exec(job)?.[1] ?? '',
    urls: [...job.matchAll(/<ContentURL>([^<]*)<\/ContentURL>/g)].map((match) => match[1] ?? ''),
    hash: element('FileHash'),
    commandLine: element('CommandLine'),
    timeout: Number(element('TimeOut')),
    retryCount: Number(element('RetryCount')),
    retryInterval: Number(element('RetryInterval')),
  };
}
