// Plays main and the engine host for the built window in a plain browser, with data of a device's week. For looking at
// the window and testing it alone; the product never loads it.
(() => {
  const query = new URLSearchParams(window.location.search);
  const theme = query.get('theme') ?? 'light';
  const start = Date.UTC(2026, 4, 12, 8, 35, 7) * 1000;
  const state = {
    now: start,
    playing: false,
    speed: 60,
    passed: [],
    step: 'decode',
    finished: false,
    answer: null,
    hintTaken: false,
    checked: true,
    drafts: [
      {
        path: 'C:\\Labs\\Show-AppState.ps1',
        text: `# Prints one row per app from the agent's state messages.
[CmdletBinding()]
param(
    [string] $Root = 'HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps'
)

$names = @{ 1 = 'Installed'; 2 = 'NotInstalled'; 4 = 'Error'; 5 = 'Unknown'; 100 = 'Cleanup' }

foreach ($user in Get-ChildItem $Root) {
    foreach ($app in Get-ChildItem $user.PSPath) {
        $path = Join-Path $app.PSPath 'ComplianceStateMessage'
        if (-not (Test-Path $path)) { continue }
        $message = (Get-ItemProperty $path).ComplianceStateMessage | ConvertFrom-Json
        [pscustomobject]@{
            User  = $user.PSChildName
            App   = $message.ApplicationName
            State = $names[[int] $message.ComplianceState]
        }
    }
}
`,
      },
      { path: 'C:\\Labs\\notes.ps1', text: '# Users\n' },
    ],
    momentName: null,
    saved: new Map([['c:\\labs\\show-appstate.ps1', '# as it was']]),
    snapshots: [{ name: 'Before the reset', at: start - 3600e6 }],
  };

  const device = '00000000-0000-0000-0000-000000000000';
  const ada = '8b6a3bf0-51c9-4e0d-9c2a-f4f3b6e7a1d4';
  const apps = [
    ['7-Zip 24.09', 'c1f7a5be-83a0-4d86-9d5f-0f6c0f2f97b3_1', 1, 1000],
    ['Contoso VPN 5.2', '2d1a9f0c-6f0e-4f1c-8a64-6f6fbb0c9a52_1', 4, 5003],
    ['Notepad++ 8.7', '9a4be2c1-0a53-43c4-b0f1-6b2a9a86f3f1_3', 1, 1000],
    ['Company Fonts', 'f0b3d3b2-4a9e-4a57-8d37-2f4c5b7f1c90_1', 2, 1003],
    ['Legacy Reader', '5e8f44aa-7b2f-4b6d-9a6b-1d3d5c1f0e77_2', 100, 1010],
  ];
  const ime = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\IntuneManagementExtension';
  const keys = new Set([
    'HKEY_LOCAL_MACHINE',
    'HKEY_CURRENT_USER',
    'HKEY_USERS',
    'HKEY_CLASSES_ROOT',
    'HKEY_CURRENT_CONFIG',
  ]);
  const add = (path) => {
    const parts = path.split('\\');
    for (let n = 1; n <= parts.length; n++) keys.add(parts.slice(0, n).join('\\'));
  };
  for (const name of [
    'Policies',
    'Settings',
    'SideCarPolicies\\StatusServiceReports',
    'SideCarPolicies\\Scripts',
    'Win32Apps\\OperationalState',
    'Win32Apps\\Reporting',
    'Inventories',
  ])
    add(`${ime}\\${name}`);
  for (const user of [device, ada]) {
    for (const [, id] of apps) {
      for (const message of ['ComplianceStateMessage', 'EnforcementStateMessage'])
        add(`${ime}\\Win32Apps\\${user}\\${id}\\${message}`);
    }
    add(`${ime}\\Win32Apps\\${user}\\GRS\\xk2bQ7Vf0Zb8oJxk0x6m7Q0M0x1i3l5wQ8gT4q4nQd0=`);
  }
  for (const name of [
    'Windows\\CurrentVersion\\Uninstall\\7-Zip',
    'Windows\\CurrentVersion\\Uninstall\\Notepad++',
    'Windows NT\\CurrentVersion\\ProfileList\\S-1-12-1-2338999280-1309495753-4110690972-3568429046',
    'Enrollments\\1C4B9A0E-6E3F-4E27-9A70-7D9B0F6D3B4C',
    'EnterpriseDesktopAppManagement\\S-0-0-00-0000000000-0000000000-000000000-000\\MSI',
  ])
    add(`HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\${name}`);
  for (let n = 0; n < 200; n++)
    add(`HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Service${String(n).padStart(3, '0')}`);
  add('HKEY_LOCAL_MACHINE\\HARDWARE');
  add('HKEY_CURRENT_USER\\Software\\Microsoft');
  const sorted = [...keys].sort((a, b) =>
    a.toLowerCase().replaceAll('\\', '\x01').localeCompare(b.toLowerCase().replaceAll('\\', '\x01')),
  );
  const childCount = new Map();
  for (const key of sorted) {
    const cut = key.lastIndexOf('\\');
    if (cut > 0) childCount.set(key.slice(0, cut), (childCount.get(key.slice(0, cut)) ?? 0) + 1);
  }

  function treeRows(expanded) {
    const open = new Set(expanded.map((path) => path.toLowerCase()));
    return sorted
      .filter((key) => {
        const parts = key.split('\\');
        for (let n = 1; n < parts.length; n++)
          if (!open.has(parts.slice(0, n).join('\\').toLowerCase())) return false;
        return true;
      })
      .map((path) => ({
        path,
        name: path.split('\\').at(-1),
        depth: path.split('\\').length - 1,
        expandable: childCount.has(path),
        expanded: open.has(path.toLowerCase()) && childCount.has(path),
        changed: path.includes('c1f7a5be') && path.includes(device),
      }));
  }

  function valuesOf(path) {
    const row = (name, type, text, writer = 'e-1007', changed = false) => ({
      name,
      type,
      text,
      writer,
      changed,
    });
    const leaf = path.split('\\').at(-1);
    const app = apps.find(([, id]) => path.includes(id));
    if (leaf === 'ComplianceStateMessage' && app)
      return [
        row('(Default)'.slice(9), 'REG_SZ', '(value not set)', null),
        row(
          'ComplianceStateMessage',
          'REG_SZ',
          JSON.stringify({
            Applicability: 0,
            ComplianceState: app[2],
            DesiredState: 2,
            ErrorCode: app[2] === 4 ? -2016345060 : null,
            TargetingMethod: 0,
            InstallContext: 2,
            TargetType: 1,
            ProductVersion: null,
            AssignmentFilterIds: null,
          }),
          'e-1007',
          true,
        ),
      ];
    if (leaf === 'EnforcementStateMessage' && app)
      return [
        row('', 'REG_SZ', '(value not set)', null),
        row(
          'EnforcementStateMessage',
          'REG_SZ',
          JSON.stringify({
            EnforcementState: app[3],
            ErrorCode: app[3] === 5003 ? 1603 : 0,
            TargetingMethod: 0,
            ErrorHistory: [{ Time: '2026-05-12T08:20:11Z', Code: 1603 }],
          }),
          'e-1012',
        ),
      ];
    if (app)
      return [
        row('', 'REG_SZ', '(value not set)', null),
        row('AppId', 'REG_SZ', app[1].slice(0, -2), 'e-1002'),
        row('DownloadStartTimeUTC', 'REG_SZ', '05/12/2026 08:16:40', 'e-1003'),
        row('LastUpdatedTimeUtc', 'REG_SZ', '05/12/2026 08:20:11', 'e-1004', true),
        row('RebootStatus', 'REG_SZ', 'Clean', 'e-1005'),
        row('RebootReason', 'REG_SZ', 'None', 'e-1005'),
        row('RetryCount', 'REG_DWORD', '0x00000003 (3)', 'e-1006'),
        row('Blob', 'REG_BINARY', '30 82 04 a1 02 01 03 30 82 04 6b 06 09 2a 86 48', null),
      ];
    if (path === ime)
      return [
        row('', 'REG_SZ', '(value not set)', null),
        row('InstallPath', 'REG_SZ', 'C:\\Program Files (x86)\\Microsoft Intune Management Extension', null),
        row('CurrentVersion', 'REG_SZ', '1.93.102.0', null),
      ];
    return [row('', 'REG_SZ', '(value not set)', null)];
  }

  const logText = [
    [
      1,
      'AppWorkload',
      '[Win32App][WinGetApp][ActionProcessor] Found: 5 apps with intent to install before filtering',
    ],
    [1, 'AppWorkload', '[Win32App] ===Step=== Start to Present app Contoso VPN 5.2'],
    [1, 'AppWorkload', '[Win32App] ===Step=== Check detection without existing AppResult'],
    [
      1,
      'AppWorkload',
      '[Win32App] Side effect: detection rule returned NotDetected for 2d1a9f0c-6f0e-4f1c-8a64-6f6fbb0c9a52',
    ],
    [2, 'AppWorkload', '[Win32App] content cache is older than the policy, downloading again'],
    [
      1,
      'AppWorkload',
      '[Win32App] Downloading app (id = 2d1a9f0c-6f0e-4f1c-8a64-6f6fbb0c9a52, name Contoso VPN 5.2) via DO',
    ],
    [1, 'AppWorkload', '[Win32App] Installer command line: install.cmd /quiet'],
    [3, 'AppWorkload', '[Win32App] lpExitCode is 1603, mapped to Failed'],
    [3, 'AppWorkload', '[Win32App] admin did NOT set mapping for lpExitCode 1603'],
    [
      1,
      'AppWorkload',
      '[StatusService] Saved AppInstallStatusReport for user 00000000-0000-0000-0000-000000000000',
    ],
    [
      1,
      'IntuneManagementExtension',
      '[Win32App] Setting GRS value for hash xk2bQ7Vf0Zb8oJxk0x6m7Q0M0x1i3l5wQ8gT4q4nQd0=',
    ],
  ];
  const logTotal = 100000;
  const logRow = (index) => {
    const [type, component, text] = logText[index % logText.length];
    return {
      index,
      at: start - (logTotal - index) * 371000,
      type,
      component,
      thread: 14 + (index % 5),
      text,
      event: index % 3 ? `e-${index}` : null,
    };
  };

  const step = (id, title, stepState, points, earned, rest = {}) => ({
    id,
    title,
    state: stepState,
    text: '',
    points,
    earned,
    checks: [],
    hints: [],
    predictions: [],
    ...rest,
  });
  const ids = ['look', 'map', 'decode', 'table', 'grs', 'predict', 'finish'];

  function guide() {
    const at = ids.indexOf(state.step);
    const stateOf = (id) =>
      id === state.step ? 'current' : ids.indexOf(id) < at ? 'done' : ids.indexOf(id) < 6 ? 'next' : 'locked';
    return {
      lab: 'registry-state',
      title: 'Registry state decoding',
      objectives: [
        'Find the state of each app in the registry',
        'Map the GUID of a user to the user',
        'Decode the agent\u2019s state messages with PowerShell',
      ],
      minutes: 45,
      device: 'BW-W11-5',
      current: state.step,
      earned: 42,
      possible: 100,
      passMark: 80,
      finished: state.finished,
      steps: [
        step('look', 'See where the agent keeps its state', stateOf('look'), 10, 10, {
          text: 'Open the key.',
        }),
        step('map', 'Find out who the GUIDs are', stateOf('map'), 12, 12, { text: 'Map them.' }),
        step('decode', 'Decode what the agent said last', stateOf('decode'), 30, 20, {
          text: `The agent writes one key per app below the user it was targeted at, \`${ime.replace('HKEY_LOCAL_MACHINE', 'HKLM:')}\\Win32Apps\`. In each are two messages, both **JSON in a string**:

| Value | Says |
|---|---|
| \`ComplianceStateMessage\` | what detection found |
| \`EnforcementStateMessage\` | how the last install went |

\`\`\`open registry HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps\\${device}
\`\`\`

Read one in the console first:

\`\`\`run
Get-ChildItem HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps -Recurse |
  Where-Object PSChildName -eq ComplianceStateMessage
\`\`\`

Then write a script that prints a table of all of them.

\`\`\`script C:\\Labs\\Show-AppState.ps1
\`\`\`

\`\`\`clock next
\`\`\``,
          predictions: [
            {
              id: 'retry',
              question: 'Contoso VPN failed at 10:20 with exit code 1603. When is it tried again?',
              options: [
                { id: 'a', text: 'In 5 minutes' },
                { id: 'b', text: 'At the next check-in, 11:02' },
                { id: 'c', text: 'Not before tomorrow, 10:20' },
              ],
              points: 10,
              answer: state.answer,
              correct: state.finished ? state.answer === 'c' : null,
              explanation: state.finished
                ? 'Code 1603 is not a retry code, so the GRS value holds it for 24 hours.'
                : null,
            },
          ],
          checks: [
            {
              id: 'states',
              title: 'The table names the state of each app',
              mode: 'latch',
              points: 10,
              earned: 10,
              state: 'passed',
              verdicts: [
                {
                  passed: true,
                  expected: '10 rows',
                  found: '10 rows',
                  where: 'C:\\Labs\\states.json',
                  hint: null,
                },
              ],
            },
            {
              id: 'error',
              title: 'The failed app is named with its code',
              mode: 'hold',
              points: 10,
              earned: 0,
              state: state.checked ? 'failed' : 'open',
              verdicts: state.checked
                ? [
                    {
                      passed: false,
                      expected: 'Contoso VPN 5.2 with 1603 (0x80070643)',
                      found: 'Contoso VPN 5.2 with -2016345060',
                      where: `${ime}\\Win32Apps\\${device}\\${apps[1][1]}\\EnforcementStateMessage`,
                      hint: 'ComplianceStateMessage has the code of detection. The installer\u2019s stands in the other message.',
                    },
                  ]
                : [],
            },
            {
              id: 'users',
              title: 'Rows of both users are there',
              mode: 'latch',
              points: 10,
              earned: 0,
              state: 'open',
              verdicts: [],
            },
          ],
          hints: [
            {
              id: 'h1',
              cost: 3,
              text: state.hintTaken ? '`ConvertFrom-Json` turns the string into an object.' : null,
            },
            { id: 'h2', cost: 5, text: null },
          ],
        }),
        step('table', 'Print a table an operator can read', stateOf('table'), 20, 0, { text: 'Write it.' }),
        step('grs', 'Find what is waiting in GRS', stateOf('grs'), 18, 0, { text: 'Look.' }),
        step('predict', 'Say what happens at the next check-in', stateOf('predict'), 10, 0, { text: 'Say.' }),
        step('finish', 'Hand in', stateOf('finish'), 0, 0, { text: 'Done.' }),
      ],
    };
  }

  const moments = () => ({
    canUndo: true,
    moments: [
      {
        id: 0,
        parent: null,
        name: 'Start',
        label: 'lab begun',
        at: start - 1800e6,
        current: false,
        onPath: true,
      },
      {
        id: 1,
        parent: 0,
        name: null,
        label: 'typed: Get-Service IntuneManagementExtension',
        at: start - 1500e6,
        current: false,
        onPath: true,
      },
      {
        id: 2,
        parent: 1,
        name: null,
        label: 'clock moved to 10:20',
        at: start - 900e6,
        current: false,
        onPath: true,
      },
      {
        id: 3,
        parent: 2,
        name: 'Deleted the app key by hand',
        label: 'typed: Remove-Item HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps -Recurse',
        at: start - 880e6,
        current: false,
        onPath: false,
      },
      {
        id: 4,
        parent: 3,
        name: null,
        label: 'typed: Restart-Service IntuneManagementExtension',
        at: start - 870e6,
        current: false,
        onPath: false,
      },
      {
        id: 5,
        parent: 2,
        name: null,
        label: 'saved C:\\Labs\\Show-AppState.ps1',
        at: start - 300e6,
        current: false,
        onPath: true,
      },
      {
        id: 6,
        parent: 5,
        name: state.momentName,
        label: 'ran C:\\Labs\\Show-AppState.ps1',
        at: start - 60e6,
        current: true,
        onPath: true,
      },
    ],
    snapshots: state.snapshots,
  });

  const files = (path) => {
    const bare = path.replace(/\\$/, '').toLowerCase();
    const row = (name, directory, size = 0, writer = null) => ({
      name,
      directory,
      size,
      modified: start - size * 1000 - 5e9,
      writer,
    });
    const known = {
      'c:': [
        row('Labs', true),
        row('ProgramData', true),
        row('Program Files', true),
        row('Program Files (x86)', true),
        row('Users', true),
        row('Windows', true),
      ],
      'c:\\labs': [row('Show-AppState.ps1', false, 902, 'e-1'), row('states.json', false, 1804, 'e-2')],
      'c:\\programdata\\microsoft\\intunemanagementextension\\logs': [
        'AgentExecutor.log',
        'AppActionProcessor.log',
        'AppWorkload.log',
        'ClientHealth.log',
        'HealthScripts.log',
        'IntuneManagementExtension-20260510-110211.log',
        'IntuneManagementExtension.log',
        'Win32AppInventory.log',
      ].map((name, n) => row(name, false, 48211 * (n + 1), 'e-9')),
    };
    return known[bare];
  };

  const views = {
    clock: () => ({
      now: state.now,
      offsetMinutes: 120,
      zone: 'W. Europe Standard Time',
      playing: state.playing,
      speed: state.speed,
      busy: false,
      next: { at: start + 27 * 60e6, label: 'app check-in' },
      passed: state.passed,
    }),
    status: () => ({
      facts: [
        { text: 'IME running', pane: 'logs', target: null },
        { text: 'Next: app check-in 11:02 (service started 10:02)', pane: 'logs', target: null },
        {
          text: '1 app in GRS until 13 May 10:20',
          pane: 'registry',
          target: `${ime}\\Win32Apps\\${device}\\GRS`,
        },
      ],
    }),
    guide,
    registryTree: ({ expanded, first, count }) => {
      const rows = treeRows(expanded);
      return { total: rows.length, first, rows: rows.slice(first, first + count) };
    },
    registryKey: ({ path, first, count }) => {
      const real = sorted.find((key) => key.toLowerCase() === path.toLowerCase());
      const values = real ? valuesOf(real) : [];
      return {
        path: real ?? path,
        exists: real !== undefined,
        lastWrite: real ? start - 900e6 : null,
        total: values.length,
        first,
        values: values.slice(first, first + count),
        powershell: `Get-ItemProperty '${path.replace('HKEY_LOCAL_MACHINE', 'HKLM:')}'`,
      };
    },
    files: ({ path, first, count }) => {
      const rows = files(path);
      return {
        path,
        exists: rows !== undefined,
        total: rows?.length ?? 0,
        first,
        rows: (rows ?? []).slice(first, first + count),
      };
    },
    fileText: ({ path, first, count }) => {
      const draft = state.saved.get(path.toLowerCase());
      const name = path.split('\\').at(-1);
      const text =
        draft ??
        (name === 'states.json'
          ? JSON.stringify(
              apps.map(([app, id, compliance, enforcement]) => ({ app, id, compliance, enforcement })),
              null,
              2,
            )
          : /\.log$/i.test(name)
            ? logText
                .map(([, component, line]) => `<![LOG[${line}]LOG]!><component="${component}">`)
                .join('\n')
            : undefined);
      const lines = text?.split('\n') ?? [];
      return {
        path,
        exists: text !== undefined,
        text: text !== undefined,
        size: text?.length ?? 0,
        total: lines.length,
        first,
        lines: lines.slice(first, first + count),
      };
    },
    log: ({ path, filter, first, count }) => {
      const exists = /\.log$/i.test(path);
      if (filter) {
        const rows = Array.from({ length: 2000 }, (_, n) => logRow(logTotal - 2000 + n)).filter((row) =>
          row.text.toLowerCase().includes(filter.toLowerCase()),
        );
        const from = first < 0 ? Math.max(0, rows.length + first) : first;
        return { path, exists, total: rows.length, first: from, rows: rows.slice(from, from + count) };
      }
      const from = first < 0 ? logTotal + first : first;
      const rows = [];
      for (let n = from; n < Math.min(logTotal, from + count); n++) rows.push(logRow(n));
      return { path, exists, total: exists ? logTotal : 0, first: from, rows: exists ? rows : [] };
    },
    moments,
    drafts: () => ({ files: state.drafts }),
  };

  const explanation = (event) => ({
    event,
    at: start - 900e6,
    what: 'The agent stored that Contoso VPN 5.2 is not to be tried again before 13 May 10:20.',
    rule: {
      id: 'win32.grs.window',
      says: 'A failed required app is tried again when 24 hours have passed since the stored time.',
      confidence: 'documented',
      sources: ['MicrosoftDocs/memdocs', 'observed on devices'],
      otherwise: null,
    },
    compared: [
      { name: 'stored time', value: '2026-05-12 08:20:11Z' },
      { name: 'now', value: '2026-05-12 08:35:07Z' },
      { name: 'window', value: '24:00:00' },
    ],
    chain: [
      { event: 'e-7', at: start - 900e6, what: 'install.cmd ended with 1603' },
      { event: 'e-6', at: start - 960e6, what: 'content unpacked to IMECache' },
      { event: 'e-5', at: start - 2000e6, what: 'app check-in' },
    ],
    where: `${ime}\\Win32Apps\\${device}\\GRS`,
  });

  const prompt = '\x1b[0mPS C:\\Labs> ';
  const table = `\r\n\x1b[32;1mUser     App               State        Code\r\n\x1b[0m\x1b[32;1m----     ---               -----        ----\x1b[0m\r\nDevice   7-Zip 24.09       Installed    0\r\nDevice   Contoso VPN 5.2   Error        1603\r\nDevice   Notepad++ 8.7     Installed    0\r\nada      Company Fonts     NotInstalled 0\r\nada      Legacy Reader     Cleanup      0\r\n\r\n`;
  const screens = {
    admin: `Windows PowerShell\r\nCopyright (C) Microsoft Corporation. All rights reserved.\r\n\r\n${prompt}\x1b[93mGet-Service\x1b[0m IntuneManagementExtension\r\n\r\nStatus   Name               DisplayName\r\n------   ----               -----------\r\nRunning  IntuneManagemen... Microsoft Intune Management Extension\r\n\r\n${prompt}\x1b[93m.\\Show-AppState.ps1\x1b[0m${table}${prompt}\x1b[93mGet-Item\x1b[0m \x1b[90mHKLM:\\Nope\x1b[0m\r\n\x1b[91mGet-Item : Cannot find path 'HKLM:\\Nope' because it does not exist.\r\nAt line:1 char:1\r\n+ Get-Item HKLM:\\Nope\r\n+ ~~~~~~~~~~~~~~~~~~~\r\n    + CategoryInfo          : ObjectNotFound: (HKLM:\\Nope:String) [Get-Item], ItemNotFoundException\r\n    + FullyQualifiedErrorId : PathNotFound,Microsoft.PowerShell.Commands.GetItemCommand\x1b[0m\r\n${prompt}`,
  };

  function connect(port) {
    const subscriptions = new Map();
    const send = (frame) => port.postMessage(frame);
    const push = (key) => {
      const entry = subscriptions.get(key);
      if (entry) send({ kind: 'view', key, version: ++entry.version, data: views[entry.view](entry.params) });
    };
    const pushAll = (...names) => {
      for (const [key, entry] of subscriptions) if (names.includes(entry.view)) push(key);
    };
    const pass = (to, list) => {
      state.passed = list;
      state.now = to;
      pushAll('clock', 'status');
    };
    const verbs = {
      'clock.next': () =>
        pass(start + 27 * 60e6, [
          { at: start + 5 * 60e6, label: 'AppWorkload.log rolled over' },
          { at: start + 27 * 60e6, label: 'app check-in: 5 policies, none new' },
          { at: start + 27 * 60e6, label: 'Contoso VPN 5.2 skipped: in GRS until 13 May 10:20' },
        ]),
      'clock.advance': ({ to }) => pass(to, [{ at: to, label: 'nothing happened' }]),
      'clock.play': ({ speed }) => {
        state.playing = true;
        state.speed = speed;
        pushAll('clock');
      },
      'clock.pause': () => {
        state.playing = false;
        pushAll('clock');
      },
      'console.open': ({ console }) =>
        send({ kind: 'output', console, text: screens[console] ?? `Windows PowerShell\r\n\r\n${prompt}` }),
      'console.type': ({ console, text }) =>
        send({ kind: 'output', console, text: `${text.replaceAll('\n', '\r\n>> ')}\r\n${prompt}` }),
      'script.run': ({ console, path, text, selection }) => {
        state.saved.set(path.toLowerCase(), text);
        pushAll('fileText', 'files');
        send({ kind: 'output', console, text: `${selection ?? path}${table}${prompt}` });
      },
      'file.save': ({ path, text }) => {
        state.saved.set(path.toLowerCase(), text);
        pushAll('fileText', 'files');
      },
      'draft.save': ({ path, text }) => {
        const known = state.drafts.some((file) => file.path === path);
        state.drafts = known
          ? state.drafts.map((file) => (file.path === path ? { path, text } : file))
          : [...state.drafts, { path, text }];
        pushAll('drafts');
      },
      'editor.diagnose': ({ text }) => {
        const at = text.indexOf('{{');
        return {
          problems:
            at < 0
              ? []
              : [
                  {
                    id: 'MissingEndCurlyBrace',
                    message: "Missing closing '}' in statement block or type definition.",
                    range: { start: at, end: at + 2 },
                    severity: 'error',
                  },
                ],
        };
      },
      'editor.complete': ({ text, offset }) => {
        const word = /[\w-]*$/.exec(text.slice(0, offset))[0];
        return {
          range: { start: offset - word.length, end: offset },
          items: [
            ['Get-ChildItem', 'command'],
            ['Get-Item', 'command'],
            ['Get-ItemProperty', 'command'],
            ['Get-ItemPropertyValue', 'command'],
            ['$PSVersionTable', 'variable'],
          ].map(([label, kind]) => ({ text: label, label, kind, detail: 'Microsoft.PowerShell.Management' })),
        };
      },
      'step.go': ({ step: to }) => {
        state.step = to;
        pushAll('guide');
      },
      'check.run': () => {
        state.checked = true;
        pushAll('guide');
      },
      'hint.take': () => {
        state.hintTaken = true;
        pushAll('guide');
      },
      'prediction.lock': ({ answer }) => {
        state.answer = answer;
        pushAll('guide');
      },
      'attempt.finish': () => {
        state.finished = true;
        pushAll('guide');
      },
      'moment.name': ({ name }) => {
        state.momentName = name;
        pushAll('moments');
      },
      'snapshot.take': ({ name }) => {
        state.snapshots = [...state.snapshots, { name, at: state.now }];
        pushAll('moments');
      },
      explain: ({ event }) => explanation(event),
      'registry.find': ({ text, after }) => {
        const from = sorted.findIndex((key) => key.toLowerCase() === after.toLowerCase()) + 1;
        const path = [...sorted.slice(from), ...sorted.slice(0, from)].find((key) =>
          key.split('\\').at(-1).toLowerCase().includes(text.toLowerCase()),
        );
        return { path: path ?? null, value: null };
      },
    };
    port.onmessage = ({ data: frame }) => {
      if (frame.kind === 'subscribe') {
        subscriptions.set(frame.key, { view: frame.view, params: frame.params, version: 0 });
        push(frame.key);
      } else if (frame.kind === 'unsubscribe') subscriptions.delete(frame.key);
      else if (frame.kind === 'keys')
        send({
          kind: 'output',
          console: frame.console,
          text: frame.data === '\r' ? `\r\n${prompt}` : frame.data === '\x7f' ? '\b \b' : frame.data,
        });
      else if (frame.kind === 'call')
        send({ kind: 'answer', id: frame.id, value: verbs[frame.verb]?.(frame.request) ?? {} });
    };
  }

  const settings = { theme, zoom: 1, screenReader: false, layouts: {} };
  const lab = {
    id: 'registry-state',
    title: 'Registry state decoding',
    summary: 'Five apps in five states: read from the registry which is which and why.',
    minutes: 45,
    objectives: guide().objectives,
  };
  const main = {
    'app.info': () => ({
      version: '0.1.0',
      engine: '3fa85f6457174562',
      runtime: 'Browser',
      notice: query.has('notice')
        ? 'This window runs on Electron 25.1.1 of 2023, a runtime for trying and testing only. npm start uses the current one where it can be downloaded.'
        : null,
    }),
    'labs.list': () => ({
      labs: query.has('empty')
        ? []
        : [
            {
              ...lab,
              attempt: query.has('fresh')
                ? null
                : { id: 'a1', startedAt: '2026-05-11T17:40:00Z', earned: 42, possible: 100, finished: false },
            },
          ],
    }),
    'lab.open': () => {
      const { port1, port2 } = new MessageChannel();
      connect(port1);
      window.postMessage({ sidecar: 'port' }, window.location.origin, [port2]);
      return { attempt: 'a1' };
    },
    'lab.interrupt': () => ({}),
    'lab.close': () => ({}),
    'settings.read': () => settings,
    'settings.write': (value) => {
      Object.assign(settings, value);
      return {};
    },
  };
  window.sidecar = {
    call: async (channel, request) => ({ ok: true, value: main[channel](request) }),
    onHostGone: () => () => undefined,
  };
})();
