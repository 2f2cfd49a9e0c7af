export { explanationOf } from './explanation.ts';
export type { LogExplanation, TrackExplained } from './explanation.ts';
export { LogExplainer } from './log-explainer.ts';
export type { UnknownLine } from './log-explainer.ts';
export { RecordReader } from './record-reader.ts';
export type { LogEntry } from './record-reader.ts';
