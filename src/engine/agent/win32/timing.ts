import { milliseconds, seconds } from '../../../base/time.ts';

/**
 * What the stages of an app take. Together 40 to 50 seconds from detection to second detection for a small app
 * (`win32.durations`); the shares follow the worked sequences of agent logs.
 */
export const stageTimes = {
  head: milliseconds(420),
  session: milliseconds(310),
  afterPolicies: milliseconds(240),
  subgraph: milliseconds(60),
  skip: milliseconds(25),
  detection: milliseconds(190),
  detectionRule: milliseconds(60),
  applicability: milliseconds(280),
  decision: milliseconds(35),
  verify: milliseconds(1_450),
  decrypt: milliseconds(2_100),
  unzip: milliseconds(3_250),
  beforeInstall: seconds(6),
  launch: milliseconds(1_150),
  afterInstall: milliseconds(11_450),
  finish: milliseconds(40),
  endOfSession: milliseconds(180),
  endOfCheckIn: milliseconds(90),
} as const;
