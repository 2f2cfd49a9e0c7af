#!/usr/bin/env node
// The `sidecar` command: installs and builds what is missing, then runs the command line under the project's Node.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, node24, root } from '../../electron/launch/prepare.mjs';

ensureInstalled();
ensureBuilt(['engine', 'cli']);
const result = spawnSync(
  node24(),
  ['--enable-source-maps', join(root, 'out', 'cli', 'sidecar.cjs'), ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
process.exit(result.status ?? 1);
