import { errorCodes } from '../state-names.ts';

/** Exit codes of installers that most people meet. Microsoft Learn: MsiExec.exe and InstMsi.exe error messages. */
const exitCodes: Readonly<Record<number, string>> = {
  0: 'success',
  1: 'incorrect function: the usual code of a script that failed',
  2: 'the system cannot find the file',
  5: 'access is denied',
  87: 'the parameter is incorrect',
  1223: 'cancelled by the user',
  1601: 'the Windows Installer service could not be accessed',
  1602: 'the user cancelled the installation',
  1603: 'fatal error during installation',
  1605: 'this product is not installed',
  1612: 'the installation source is not available',
  1618: 'another installation is already in progress',
  1619: 'the installation package could not be opened',
  1620: 'the installation package is not valid',
  1625: 'the installation is forbidden by system policy',
  1633: 'the package is not supported by this processor',
  1638: 'another version of this product is already installed',
  1639: 'a command line argument is not valid',
  1641: 'success; the installer starts a restart',
  1707: 'success',
  3010: 'success; a restart is needed',
};

/** Codes of the agent beside those of the state messages; the same sources. */
const agentCodes: Readonly<Record<number, string>> = {
  [-2016214840]: 'The install is not yet complete',
  [-2016214838]: 'Enforcement failed',
  [-2016214836]: 'Skipped while Windows is set up',
  [-2016214835]: 'The user logged off while the policy was processed',
  [-2016214834]: 'Not applicable',
};

/** What an exit code of an installer or script means; null where it means what its author wants. */
export function exitCodeMeaning(code: number): string | null {
  return exitCodes[code] ?? (code < 0 ? errorCodeMeaning(code) : null);
}

/** What an error code of a state message or report means: `fatal error during installation (0x80070643)`. */
export function errorCodeMeaning(code: number): string | null {
  const signed = code | 0;
  const known = (errorCodes as Readonly<Record<number, string>>)[signed];
  if (known !== undefined) return known;
  const agent = agentCodes[signed];
  if (agent !== undefined) return `${agent} (${hex(signed)})`;
  if (signed >>> 16 === 0x8007) {
    const meaning = exitCodes[signed & 0xffff];
    return meaning === undefined
      ? `exit code ${signed & 0xffff} (${hex(signed)})`
      : `${meaning} (${hex(signed)})`;
  }
  return null;
}

/** `0x87D1041C` */
export const hex = (code: number): string => `0x${(code >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
