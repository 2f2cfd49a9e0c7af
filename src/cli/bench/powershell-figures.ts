import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SidecarError } from '../../base/error.ts';
import { parseText } from '../../engine/powershell/parse/index.ts';
import { Simulation } from '../../engine/world/simulation.ts';
import { worldOf } from '../world-source.ts';
import type { Figure } from './figure.ts';
import { timed } from './figure.ts';

/** Names, goals in milliseconds and scripts; the scripts are those of the recorded comparison with PowerShell 7.6. */
const tasks: readonly (readonly [string, number, string])[] = [
  ['loop of 1,000,000', 150, '$s=0; for ($i=0; $i -lt 1000000; $i++) { $s += $i }; $s'],
  [
    'pipeline of 200,000',
    250,
    '(1..200000 | Where-Object { $_ % 3 } | ForEach-Object { $_ * 2 } | Measure-Object -Sum).Sum',
  ],
  [
    '200,000 function calls',
    300,
    'function f($x){ $x + 1 }; $s=0; foreach($i in 1..200000){ $s += f $i }; $s',
  ],
  ['fib 20', 80, 'function fib($n){ if($n -lt 2){$n}else{ (fib ($n-1)) + (fib ($n-2)) } }; fib 20'],
  ['20,000 appends to a string', 60, '$t=""; for($i=0;$i -lt 20000;$i++){ $t += "line $i`n" }; $t.Length'],
  ['200,000 inserts into a hashtable', 150, '$h=@{}; for($i=0;$i -lt 200000;$i++){ $h["k$i"]=$i }; $h.Count'],
  [
    '50,000 objects sorted and grouped',
    500,
    '$o=for($i=0;$i -lt 50000;$i++){ [pscustomobject]@{Id=$i;Name="app$($i%97)";Size=($i*7919)%1000} }; ($o | Sort-Object Size,Name | Group-Object Name | Measure-Object).Count',
  ],
  [
    '100,000 -match with groups',
    200,
    `$n=0; foreach($i in 1..100000){ if("<![LOG[[Win32App] id $i done]LOG]!><time=\`"10:00:00\`"" -match 'id (\\d+) (?<w>\\w+)'){ $n++ } }; $n`,
  ],
  [
    'JSON of 5,000 objects and back',
    100,
    `$j = (1..5000 | ForEach-Object { @{Id=$_;Name="n$_";Tags=@('a','b')} }) | ConvertTo-Json -Depth 4; ($j | ConvertFrom-Json).Count`,
  ],
  [
    'Format-Table of 5,000',
    100,
    '(1..5000 | ForEach-Object { [pscustomobject]@{A=$_;B="x$_";C=$_*2} } | Format-Table | Out-String).Length',
  ],
  [
    '100,000 registry writes',
    500,
    'New-Item HKLM:\\SOFTWARE\\Bench -Force | Out-Null; $k = [Microsoft.Win32.Registry]::LocalMachine.OpenSubKey(\'SOFTWARE\\Bench\', $true); for($i=0;$i -lt 100000;$i++){ $k.SetValue("v$i", $i) }; $k.ValueCount',
  ],
];

const scripts: readonly Figure[] = tasks.map(([name, goal, script]) => ({
  name,
  goal,
  unit: 'ms',
  times: 3,
  prepare: () => {
    const { start, device } = worldOf(undefined, 'bench');
    const simulation = Simulation.start(start, { keepEvents: false });
    simulation.input({ kind: 'file.save', device, path: 'C:\\Labs\\bench.ps1', text: script });
    simulation.settle();
    return () => {
      let exitCode = -1;
      let stderr = '';
      const took = timed(() => {
        ({ exitCode, stderr } = simulation.fork({ keepEvents: false }).runScript({
          device,
          as: 'admin',
          shell: 'powershell',
          arguments: '-NoProfile -ExecutionPolicy Bypass -File C:\\Labs\\bench.ps1',
        }));
      });
      if (exitCode !== 0 || stderr !== '')
        throw new SidecarError('bench-failed', `${name} ended with ${exitCode}: ${stderr}`);
      return took;
    };
  },
}));

/** Field scripts are other people's and not part of the project: `SIDECAR_CORPUS` names a folder that has some. */
function parseFigure(): Figure {
  const folder = process.env['SIDECAR_CORPUS'];
  return {
    name: 'parse field scripts',
    goal: 10,
    unit: 'MB/s',
    atLeast: true,
    times: 5,
    prepare: () => {
      if (folder === undefined || !existsSync(folder))
        throw new SidecarError('bench-no-corpus', 'not run: set SIDECAR_CORPUS to a folder of .ps1 files');
      const texts = readdirSync(folder)
        .filter((name) => name.endsWith('.ps1'))
        .map((name) => readFileSync(join(folder, name), 'utf8'));
      const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
      return () =>
        bytes /
        1000 /
        timed(() => {
          for (const text of texts) parseText(text);
        });
    },
  };
}

export const powershellFigures: readonly Figure[] = [...scripts, parseFigure()];
