import { agentCloudRules } from './agent-rules.ts';

/** What the service does, as statements; same shape as the agent's rules, so one catalogue can show both. */
export interface CloudRule {
  readonly id: string;
  readonly says: string;
  readonly confidence: 'documented' | 'observed' | 'inferred' | 'disputed';
  readonly sources: readonly string[];
  /** Where sources disagree: what the other side says. */
  readonly otherwise?: string;
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
    workshop: ['W01', 'W06', 'W07'],
  },
  {
    id: 'cloud.policy.effective',
    says: "A device is given each app that targets it or its signed-in user. Required wins over uninstall and available and stays available; uninstall wins over available, except a device's over a user's once the user has asked for the app.",
    confidence: 'documented',
    sources: [
      'Microsoft Learn: Assign apps to groups with Microsoft Intune (conflicts between assignment intents)',
    ],
    workshop: ['W13', 'W39'],
  },
  {
    id: 'cloud.policy.exclusion',
    says: 'An exclusion takes a user group from assignments to users and a device group from assignments to devices; across the two it does nothing.',
    confidence: 'documented',
    sources: ['Microsoft Learn: Include and exclude app assignments in Microsoft Intune'],
    workshop: ['W39'],
  },
  {
    id: 'cloud.policy.deadline',
    says: 'Of several assignments with one intent the one with the earliest deadline counts; one without deadline is due at once.',
    confidence: 'documented',
    sources: ['Microsoft Learn: Win32 app management'],
    workshop: ['W39'],
  },
  {
    id: 'cloud.filter.evaluated',
    says: 'When a device asks for its apps the filters of the assignments with the winning intent are evaluated: exclude before no filter before include, filters of one mode joined by "or".',
    confidence: 'documented',
    sources: ['Microsoft Learn: Filter reports and troubleshooting in Microsoft Intune'],
  },
  {
    id: 'cloud.filter.lag',
    says: 'The outcome of a filter shows in the admin centre up to 30 minutes after it was evaluated.',
    confidence: 'documented',
    sources: ['Microsoft Learn: Filter reports and troubleshooting in Microsoft Intune'],
    parameters: { lag: 1_800_000_000 },
  },
  {
    id: 'cloud.available.consent',
    says: 'The service keeps who asked for an available app; with the assignment or the membership that consent goes and does not come back.',
    confidence: 'documented',
    sources: ['Microsoft Learn: Add Win32 app supersedence (auto-update)'],
    workshop: ['W39'],
  },
  {
    id: 'cloud.supersedence.auto-update',
    says: 'A superseding app that is available with auto-update comes to users who asked for the superseded one: noticed at one check-in for available apps, brought at the next, 8 hours later.',
    confidence: 'documented',
    sources: ['Microsoft Learn: Add Win32 app supersedence (auto-update)'],
    parameters: { delay: 28_800_000_000 },
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
    id: 'store.published',
    says: 'The Microsoft Store offers each package in its newest version only.',
    confidence: 'documented',
    sources: ['Microsoft Learn: Add Microsoft Store apps to Microsoft Intune'],
  },
  {
    id: 'cloud.report.removed',
    says: 'The row of an app that a device has cleaned up after leaves the reports.',
    confidence: 'inferred',
    sources: ['No public source says when a row goes; reports list devices that an app targets'],
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
