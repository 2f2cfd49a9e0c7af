import { agentCloudRules } from './agent-rules.ts';

/** What the service does, as statements; same shape as the agent's rules, so one catalogue can show both. */
export interface CloudRule {
  readonly id: string;
  readonly says: string;
  readonly confidence: 'documented' | 'observed' | 'inferred' | 'disputed';
  readonly sources: readonly string[];
  /** Durations in microseconds. */
  readonly parameters?: Readonly<Record<string, number | string>>;
  readonly workshop?: readonly string[];
}

const list: readonly CloudRule[] = [
  {
    id: 'cloud.admin',
    says: 'What an administrator sets in the admin centre holds at once in the service; devices learn of it when they ask.',
    confidence: 'documented',
    sources: ['Microsoft Learn: Assign apps to groups with Microsoft Intune'],
    workshop: ['W12'],
  },
  {
    id: 'cloud.sync.push',
    says: 'Enrolment and the Sync button of the admin centre notify the device to start an MDM session.',
    confidence: 'documented',
    sources: ['Microsoft Learn: Sync devices with Intune'],
    workshop: ['W46'],
  },
  {
    id: 'cloud.agent.needed',
    says: 'The agent is sent to a device when a PowerShell script, remediation, Win32 or Store app or custom compliance setting targets it.',
    confidence: 'documented',
    sources: ['Microsoft Learn: Intune Management Extension for Windows'],
    workshop: ['W06', 'W07'],
  },
  {
    id: 'cloud.policy.effective',
    says: 'A device is given each app that targets it or its signed-in user; exclusion wins over inclusion, required over available, and uninstall loses to required.',
    confidence: 'documented',
    sources: [
      'Microsoft Learn: Assign apps to groups with Microsoft Intune (conflicts between assignment intents)',
    ],
    workshop: ['W13', 'W39'],
  },
  {
    id: 'cloud.content.served',
    says: 'Content is an encrypted package on a content delivery host; its key comes separately, with the content information.',
    confidence: 'documented',
    sources: [
      'Microsoft Support: Understanding the flow behind deployment, delivery, and processing of a Win32 application',
      'svrooij/ContentPrep',
    ],
    workshop: ['W17', 'W18'],
  },
  {
    id: 'cloud.report.received',
    says: 'The service keeps the last result that a device sent for each app and user.',
    confidence: 'documented',
    sources: ['Microsoft Learn: Monitor app information and assignments'],
    workshop: ['W24'],
  },
  {
    id: 'cloud.script-report.received',
    says: 'The service keeps the last result that a device sent for each script and user.',
    confidence: 'documented',
    sources: ['Microsoft Learn: Use PowerShell scripts on Windows devices', 'Microsoft Learn: Remediations'],
  },
  {
    id: 'cloud.compliance.custom',
    says: 'The service holds the JSON of a discovery script against the rules of each custom compliance policy; a setting that the JSON does not name is an error.',
    confidence: 'inferred',
    sources: ['Microsoft Learn: Custom compliance JSON files', 'Where the rules are evaluated is not stated'],
  },
  {
    id: 'cloud.report.lag',
    says: 'A result that a device sent shows in the admin centre some minutes later.',
    confidence: 'inferred',
    sources: ['No public figure; a few minutes are commonly seen'],
    parameters: { lag: 300_000_000 },
  },
];

/** Rules of the service by id. */
export const cloudRules: ReadonlyMap<string, CloudRule> = new Map(
  [...list, ...agentCloudRules].map((rule) => [rule.id, Object.freeze(rule)]),
);
