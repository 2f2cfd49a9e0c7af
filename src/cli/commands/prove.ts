import { Command } from 'commander';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabStart, answerKey, prove, proveForeign } from '../../labs/proof.ts';
import type { Proof } from '../../labs/proof.ts';
import { Course } from '../../node/course.ts';
import { loadLab } from '../../node/lab-folder.ts';
import { installationRoot } from '../root.ts';

export function proveCommand(): Command {
  return new Command('prove')
    .description('Prove labs: the start fails, the solution passes, each mistake fails for its reason')
    .argument('[labs...]', 'labs; without any, all')
    .option('--seeds <n>', 'seeds to prove; the answers of each must fail on the next', '2')
    .option('--report <file>', 'write the proofs as JSON')
    .action(async (labs: string[], options: { readonly seeds: string; readonly report?: string }) => {
      const course = new Course(join(installationRoot(), 'labs'));
      const folders = labs.length > 0 ? labs.map((lab) => course.folderOf(lab)) : course.folders();
      const seeds = Array.from({ length: Math.max(1, Number(options.seeds)) }, (_, n) => String(n + 1));
      const proofs: Proof[] = [];
      const add = (proof: Proof) => {
        proofs.push(proof);
        process.stdout.write(
          `${proof.passed ? 'proven' : 'FAILED'}  ${proof.lab}, seed ${proof.seed}: ${proof.what}\n`,
        );
        for (const reason of proof.reasons) process.stdout.write(`          ${reason}\n`);
      };
      for (const folder of folders) {
        const lab = loadLab(folder);
        const starts = seeds.map((seed) => new LabStart(lab, seed));
        for (const start of starts) (await prove(start)).forEach(add);
        for (const [n, start] of starts.entries()) {
          const other = starts[(n + 1) % starts.length];
          if (other && other !== start) add(await proveForeign(other, await answerKey(start)));
        }
      }
      if (options.report !== undefined) writeFileSync(options.report, JSON.stringify(proofs, null, 2));
      const failed = proofs.filter((proof) => !proof.passed).length;
      process.stdout.write(`${proofs.length - failed} proven, ${failed} failed\n`);
      process.exitCode = failed === 0 ? 0 : 1;
    });
}
