import { z } from 'zod';

const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case words joined by hyphens, e.g. map-users');

/** `labs/course.yaml` */
export const courseSchema = z.strictObject({
  title: z.string().describe('Name of the course as the start page shows it.'),
  labs: z.array(z.string()).min(1).describe('Lab folders in the order they are taught.'),
});

/** `lab.yaml` */
export const labSchema = z.strictObject({
  id: id.describe('Folder name without its number.'),
  title: z.string().min(1).describe('Shown in the top bar and the course list.'),
  summary: z.string().min(1).describe('One or two sentences for the course list.'),
  minutes: z.number().int().positive().describe('Time a learner needs, in minutes.'),
  objectives: z.array(z.string()).min(1).describe('What the learner can do afterwards.'),
  prerequisites: z.array(id).default([]).describe('Labs to do before.'),
  targets: z
    .array(z.enum(['simulated', 'hyperv']))
    .min(1)
    .describe('What the lab can run against.'),
  device: z.string().describe('The device the learner sits at.'),
  passMark: z.number().min(0).max(100).describe('Percentage of the points needed to pass.'),
  workshop: z.array(z.string()).default([]).describe('Workshop statements the lab teaches, e.g. W30.'),
  drafts: z
    .array(z.strictObject({ path: z.string(), from: z.string() }))
    .default([])
    .describe(
      'Files the editor opens with: path on the device, and the file in the lab folder with its text.',
    ),
});

const checkSchema = z.strictObject({
  id: id.describe('Named in grades and mistakes.'),
  title: z.string().describe('What is checked, as the learner reads it.'),
  points: z.number().int().positive(),
  mode: z.enum(['latch', 'hold']).describe('latch counts once it was true; hold must be true at the end.'),
  script: z.string().optional().describe('A PowerShell file that returns verdict objects.'),
  rule: z
    .strictObject({
      never: z
        .strictObject({ kind: z.string(), path: z.string().optional() })
        .optional()
        .describe('No event of this kind (and path, with wildcards) since the lab began.'),
      before: z
        .strictObject({
          first: z.strictObject({ kind: z.string(), path: z.string().optional() }),
          then: z.strictObject({ kind: z.string(), path: z.string().optional() }),
        })
        .optional()
        .describe('The first event comes before the second.'),
    })
    .optional()
    .describe('A rule over the history; simulated device only.'),
});

const predictionSchema = z.strictObject({
  id,
  question: z.string(),
  points: z.number().int().positive(),
  script: z.string().describe('PowerShell that returns the options: Id, Text, Correct, Explanation.'),
  reveal: id.describe('The check that must pass before the answer is shown.'),
});

const hintSchema = z.strictObject({ id, cost: z.number().int().min(0), text: z.string() });

/** Front matter of `steps/NN-name.md`. */
export const stepSchema = z.strictObject({
  title: z.string().min(1),
  checks: z.array(checkSchema).default([]),
  predictions: z.array(predictionSchema).default([]),
  hints: z.array(hintSchema).default([]),
});

/** One act of a solution or mistake: an input in short form, or an answer to a prediction. */
const actSchema = z.union([
  z.strictObject({
    type: z.string().describe('A command typed in the administrator console.'),
    as: z.enum(['admin', 'user']).default('admin'),
  }),
  z.strictObject({
    save: z
      .strictObject({ path: z.string(), from: z.string() })
      .describe('A file of the solution saved on the device.'),
  }),
  z.strictObject({ advance: z.string().describe('ISO 8601 duration, e.g. PT1H.') }),
  z.strictObject({
    predict: z
      .strictObject({ step: id, prediction: id, script: z.string() })
      .describe('The script reads the device as a learner would and returns the id of the option.'),
  }),
  z.strictObject({
    input: z.record(z.string(), z.unknown()).describe('An input in the form of the journal.'),
  }),
]);

/** `solution/solution.yaml` */
export const solutionSchema = z.strictObject({ acts: z.array(actSchema).min(1) });

/** `mistakes/*.yaml` */
export const mistakeSchema = z.strictObject({
  title: z.string(),
  acts: z.array(actSchema).min(1),
  fails: z
    .array(
      z.strictObject({
        check: id,
        because: z.string().describe('Regular expression that the found text of a verdict must match.'),
      }),
    )
    .min(1),
});

export type LabInfo = z.infer<typeof labSchema>;
export type StepInfo = z.infer<typeof stepSchema>;
export type CheckInfo = z.infer<typeof checkSchema>;
export type PredictionInfo = z.infer<typeof predictionSchema>;
export type HintInfo = z.infer<typeof hintSchema>;
export type Act = z.infer<typeof actSchema>;
export type Solution = z.infer<typeof solutionSchema>;
export type Mistake = z.infer<typeof mistakeSchema>;
