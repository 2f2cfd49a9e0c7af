import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { docsPath, powershellDocs } from './powershell-docs.ts';

// node tests/support/write-powershell-docs.ts: writes docs/powershell.md anew.
const options = await resolveConfig(docsPath);
writeFileSync(docsPath, await format(powershellDocs(), { ...options, filepath: docsPath }));
