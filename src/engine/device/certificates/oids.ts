/** Object identifiers of certificates and signatures. */
export const oids = {
  rsa: '1.2.840.113549.1.1.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  indirectData: '1.3.6.1.4.1.311.2.1.4',
  statementType: '1.3.6.1.4.1.311.2.1.11',
  opusInfo: '1.3.6.1.4.1.311.2.1.12',
  individualSigning: '1.3.6.1.4.1.311.2.1.21',
  sipInfo: '1.3.6.1.4.1.311.2.1.30',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  extendedKeyUsage: '2.5.29.37',
  subjectKeyIdentifier: '2.5.29.14',
  subjectAlternativeName: '2.5.29.17',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  serverAuthentication: '1.3.6.1.5.5.7.3.1',
  clientAuthentication: '1.3.6.1.5.5.7.3.2',
} as const;

/** Names of purposes as Windows shows them. */
export const purposeNames: Readonly<Record<string, string>> = {
  [oids.codeSigning]: 'Code Signing',
  [oids.serverAuthentication]: 'Server Authentication',
  [oids.clientAuthentication]: 'Client Authentication',
};
