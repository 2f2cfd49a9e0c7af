// prettier-ignore
/** One run in ClientCertCheck.log. */
export const certCheck: readonly (readonly [template: string, frequency: string])[] = [
  ['Client Cert Check starts.', 'run; yes, 2026'],
  ['OnStart, public cloud env.', 'run; yes, 2026'],
  ['MDM certs found in LocalMachine count: {n}', 'run; yes, 2026'],
  ['Fetching the certs from CurrentUser store', 'run; yes, 2026'],
  ['MDM Certs found in CurrentUser: {n}', 'run; yes, 2026'],
  ['Skipping the Cert picking as the there are no valid certs or cert count is <= {n}.', 'run; yes, 2026'],
  ['Client Cert Check completes.', 'run; yes, 2026'],
];
