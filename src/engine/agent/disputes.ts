import { SidecarError } from '../../base/error.ts';
import type { DeviceReader } from '../device/device-reader.ts';

/** One question on which sources disagree, with the answers that a world can be built with. */
interface Dispute<Answer extends string = string> {
  readonly question: string;
  /** What each answer means; the first is the one that is built where the world says nothing. */
  readonly answers: Readonly<Record<Answer, string>>;
  readonly built: NoInfer<Answer>;
  /** Id of the rule that names both sides. */
  readonly rule: string;
}

const dispute = <Answer extends string>(facts: Dispute<Answer>): Dispute<Answer> => facts;

/**
 * What sources disagree on. A world file chooses under `disputes`, for the whole world or for one device; whatever
 * behaves differently asks `answerOf` and nothing else.
 */
export const disputes = {
  'retry-code-tries': dispute({
    question: 'How often is an installer started that ends with a retry code?',
    answers: {
      'first-and-three': 'The first try and MaxRetries more, three by default.',
      'three-in-all': 'MaxRetries in all, three by default.',
    },
    built: 'first-and-three',
    rule: 'win32.retry.immediate',
  }),
  'failed-code': dispute({
    question: 'What follows a failed or unlisted exit code?',
    answers: {
      grs: 'The attempt is over; the app waits for its GRS time.',
      retry: 'It is tried again like a retry code, then the app waits for its GRS time.',
    },
    built: 'grs',
    rule: 'win32.exit-code.failed',
  }),
  'script-timer': dispute({
    question: 'How often does the agent fetch platform scripts?',
    answers: {
      'eight-hours-once-found': 'Every 24 hours, every 8 once a script was found; also at service start.',
      'fixed-eight-hours': 'Every 8 hours; also at service start.',
    },
    built: 'eight-hours-once-found',
    rule: 'agent.scripts.timer',
  }),
  'platform-script-runs': dispute({
    question: 'How often is a failed platform script run?',
    answers: {
      'three-in-all': 'Three times in all, at script fetches.',
      'three-after-first': 'Three times more after the first run.',
    },
    built: 'three-in-all',
    rule: 'agent.scripts.runs',
  }),
  'remediation-trigger': dispute({
    question: 'Which exit code of a detection script starts its remediation?',
    answers: {
      'any-non-zero': 'Any other than 0.',
      'one-only': '1 only.',
    },
    built: 'any-non-zero',
    rule: 'agent.remediations.trigger',
  }),
  'admin-sync': dispute({
    question: 'Does Sync in the admin centre start an app check-in?',
    answers: {
      'app-check-in': 'Yes: a push reaches the agent a few seconds later.',
      'mdm-only': 'No: it starts an MDM session, and the agent works by itself.',
    },
    built: 'app-check-in',
    rule: 'agent.admin-centre.sync',
  }),
  'last-hash-value': dispute({
    question: 'Which hash does LastHashValue under ReportCache hold?',
    answers: {
      'of-the-report': 'That of the report that was last sent.',
      'of-the-subgraph':
        'That of the subgraph, the name of its key under GRS, as older reset scripts take it.',
    },
    built: 'of-the-report',
    rule: 'win32.report.last-hash',
  }),
  'log-size': dispute({
    question: 'When does a log of the agent roll over?',
    answers: { '3-mib': 'At 3 MiB.', '2-mb': 'At 2 MB.' },
    built: '3-mib',
    rule: 'agent.logs.roll-over',
  }),
} as const;

export type Disputed = keyof typeof disputes;
export type AnswerTo<Question extends Disputed> = keyof (typeof disputes)[Question]['answers'];

/** The answer that a device was built with. */
export function answerOf<Question extends Disputed>(
  read: DeviceReader,
  question: Question,
): AnswerTo<Question> {
  return (read.disputes[question] ?? disputes[question].built) as AnswerTo<Question>;
}

/** Answers that differ from what is built by default. */
export type Answers = { readonly [Question in Disputed]?: AnswerTo<Question> };

/** Refuses questions and answers that the table does not have. */
export function checkAnswers(given: Readonly<Record<string, string>>): void {
  for (const [question, answer] of Object.entries(given)) {
    const known = Object.hasOwn(disputes, question) ? (disputes[question as Disputed] as Dispute) : undefined;
    if (known === undefined)
      throw new SidecarError('dispute-unknown', `There is no disputed question ${question}`, { question });
    if (!Object.hasOwn(known.answers, answer))
      throw new SidecarError(
        'dispute-answer-unknown',
        `Expected one of ${Object.keys(known.answers).join(', ')} for ${question}, found ${answer}`,
        { question, answer },
      );
  }
}
