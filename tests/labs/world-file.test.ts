import { expect, test } from 'vitest';
import { deviceId } from '../../src/base/ids.ts';
import { firstWorld } from '../../src/engine/world/first-world.ts';
import { expandWorld } from '../../src/labs/world-file.ts';
import { entraSid } from '../../src/labs/entra-sid.ts';
import { problemText } from '../../src/labs/problem.ts';
import { draw, drawGuid } from '../../src/labs/vary.ts';

const text = `
vary:
  names: { shuffle: [Alpha, Beta, Gamma, Delta] }
  code: { oneOf: [1603, 1612, 1638] }
  hours: { between: [1, 5] }
start: '2026-05-05T06:00:00Z'
tenant: { name: Contoso }
users:
  - { name: AdeleVance, displayName: Adele Vance, upn: adele@contoso.com }
groups:
  - { name: Laptops, devices: [PC-1] }
devices:
  - id: PC-1
    os: windows-11-24h2
    zone: W. Europe Standard Time
    users: [AdeleVance]
    primaryUser: AdeleVance
    agentVersion: 1.101.109.0
    disk: { size: 128, free: 80 }
    memory: 8192
    manufacturer: Contoso
    model: Virtual Machine
    files: [{ path: 'C:\\Labs\\notes.txt', text: hello }]
apps:
  - name: '{{names.0}}'
    publisher: Contoso
    content: { folder: files/fails, setupFile: install.cmd }
    installCommand: 'install.cmd {{code}}'
timeline:
  - enrol: PC-1
  - advance: 'PT{{hours}}H'
  - assign: { app: '{{names.0}}', intent: required, target: { group: Laptops } }
`;
const source = {
  file: 'world.yaml',
  text,
  files: new Map([
    ['files/fails/install.cmd', '@exit /b %1'],
    ['files/other/x.cmd', ''],
  ]),
};

test('the seed chooses names, codes and times; the same seed the same', () => {
  const one = expandWorld(source, 'one');
  expect(one).toEqual(expandWorld(source, 'one'));
  const results = new Set(
    ['1', '2', '3', '4', '5', '6'].map((seed) => JSON.stringify(expandWorld(source, seed))),
  );
  expect(results.size).toBe(6);
});

test('a world file becomes bare devices and inputs', () => {
  const world = expandWorld(source, 'one');
  if (!world.ok) throw new Error(world.error.map(problemText).join('\n'));
  const entraId = drawGuid('one', 'user AdeleVance');
  const app = world.value.inputs.find(
    (input) => input.kind === 'admin' && input.action === 'app.create',
  ) as unknown as { data: { name: string; installCommand: string } };
  expect(world.value.inputs).toEqual([
    { kind: 'admin', action: 'tenant.create', data: { name: 'Contoso', seed: 'one' } },
    {
      kind: 'admin',
      action: 'user.create',
      data: { id: entraId, upn: 'adele@contoso.com', displayName: 'Adele Vance' },
    },
    { kind: 'admin', action: 'group.create', data: { name: 'Laptops' } },
    {
      kind: 'admin',
      action: 'app.create',
      data: {
        name: app.data.name,
        publisher: 'Contoso',
        installCommand: app.data.installCommand,
        content: { setupFile: 'install.cmd', files: [{ name: 'install.cmd', text: '@exit /b %1' }] },
      },
    },
    {
      kind: 'admin',
      action: 'device.enrol',
      data: {
        device: 'PC-1',
        entraDeviceId: drawGuid('one', 'device PC-1 entra'),
        intuneDeviceId: drawGuid('one', 'device PC-1 intune'),
        primaryUser: 'adele@contoso.com',
        agentVersion: '1.101.109.0',
      },
    },
    { kind: 'admin', action: 'group.add-member', data: { group: 'Laptops', device: 'PC-1' } },
    {
      kind: 'advance',
      to: Date.parse('2026-05-05T06:00:00Z') * 1000 + (1 + (draw('one', 'vary hours') % 5)) * 3600e6,
    },
    {
      kind: 'admin',
      action: 'app.assign',
      data: { app: app.data.name, intent: 'required', target: { group: 'Laptops' } },
    },
  ]);
  expect(['Alpha', 'Beta', 'Gamma', 'Delta']).toContain(app.data.name);
  expect(app.data.installCommand).toMatch(/^install\.cmd 16(03|12|38)$/);
  expect(world.value.devices[0]?.users[0]).toEqual({
    name: 'AdeleVance',
    displayName: 'Adele Vance',
    upn: 'adele@contoso.com',
    administrator: false,
    entraId,
    sid: entraSid(entraId),
  });
});

test('a SID follows from the object id as Windows derives it', () => {
  expect(entraSid('73d664e4-0886-4a73-b745-c694da45ddb4')).toBe(
    'S-1-12-1-1943430372-1249052806-2496021943-3034400218',
  );
});

test.each([
  [
    "path: 'C:\\Labs\\notes.txt'",
    "path: 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\x'",
    /23: .*their rules/,
  ],
  ["app: '{{names.0}}', intent", "app: '{{nobody}}', intent", /there is no nobody/],
  ['tenant:', 'registry: {}\ntenant:', /registry/],
  ['enrol: PC-1', 'enrol: PC-2', /expected a device of the file, found PC-2/],
  ['setupFile: install.cmd', 'setupFile: setup.exe', /expected setup.exe in files\/fails/],
  ["advance: 'PT{{hours}}H'", 'advance: an hour', /timeline/],
])('%s as %s is refused', (from, to, message) => {
  const result = expandWorld({ ...source, text: text.replace(from, to) }, 'one');
  expect(result.ok ? 'accepted' : result.error.map(problemText).join('\n')).toMatch(message);
});

test('a world chooses sides where sources disagree, for all devices or for one', () => {
  const chosen = text
    .replace('tenant:', 'disputes: { failed-code: retry }\ntenant:')
    .replace('    memory: 8192', "    memory: 8192\n    disputes: { log-size: '2-mb' }");
  const world = expandWorld({ ...source, text: chosen }, 'one');
  if (!world.ok) throw new Error(world.error.map(problemText).join('\n'));
  expect(world.value.disputes).toEqual({ 'failed-code': 'retry' });
  expect(firstWorld(world.value).devices.get(deviceId('PC-1'))?.start.disputes).toEqual({
    'failed-code': 'retry',
    'log-size': '2-mb',
  });
  const refused = expandWorld({ ...source, text: chosen.replace('retry', 'maybe') }, 'one');
  expect(refused.ok ? 'accepted' : refused.error.map(problemText).join('\n')).toMatch(/failed-code/);
});

test('a tenant may stand in another region', () => {
  const elsewhere = text.replace('{ name: Contoso }', '{ name: Contoso, region: asia-pacific }');
  const world = expandWorld({ ...source, text: elsewhere }, 'one');
  if (!world.ok) throw new Error(world.error.map(problemText).join('\n'));
  expect(world.value.inputs[0]).toEqual({
    kind: 'admin',
    action: 'tenant.create',
    data: { name: 'Contoso', seed: 'one', region: 'asia-pacific' },
  });
  const nowhere = expandWorld({ ...source, text: elsewhere.replace('asia-pacific', 'moon') }, 'one');
  expect(nowhere.ok ? 'accepted' : nowhere.error.map(problemText).join('\n')).toMatch(/region/);
});
