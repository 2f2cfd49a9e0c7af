import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { toBase64 } from '../../../src/base/base64.ts';
import { fromUint8Array, toUint8Array, utf8Decode, utf8Encode } from '../../../src/base/bytes.ts';
import type { Bytes } from '../../../src/base/bytes.ts';
import type { AppCreate } from '../../../src/engine/cloud/admin-actions.ts';
import type { QueueData } from '../../../src/engine/device/change.ts';
import { openPackage, unpackFolder } from '../../../src/engine/agent/win32/package.ts';
import { AgentStory, deviceScope, testApp } from '../../support/agent-harness.ts';
import { beforeStage } from '../../support/agent-stage.ts';

const good = { compliance: 1, applicability: 0, enforcement: 1000, error: 0, exitCode: 0 };
const invalidRule = {
  compliance: 4,
  applicability: 0,
  enforcement: null,
  error: -2016215036,
  exitCode: null,
};
const unzipFailed = {
  compliance: 2,
  applicability: 0,
  enforcement: 5003,
  error: -2016214937,
  exitCode: null,
};

/** What a stage of the agent is woken with, changed on its way. */
const tamper = (
  story: AgentStory,
  stage: string,
  change: (data: Record<string, QueueData>) => unknown,
): AgentStory =>
  beforeStage(story, stage, ({ data }) => ({ data: change(data as Record<string, QueueData>) as QueueData }));

/** The payload of an answer of the service, changed. */
const payload = (change: (payload: never) => unknown) => (data: Record<string, QueueData>) => {
  const body = JSON.parse(utf8Decode(data['body'] as Bytes)) as Record<string, unknown>;
  const { ResponsePayload, ...rest } = body;
  const changed = change(JSON.parse(String(ResponsePayload)) as never);
  // The payload comes last, as the service writes it.
  return { ...data, body: utf8Encode(JSON.stringify({ ...rest, ResponsePayload: JSON.stringify(changed) })) };
};

const story = (app: AppCreate = testApp('App')): AgentStory => AgentStory.begin().create(app).assign('App');

type Policy = Record<string, unknown>;
const set = (fields: Policy) => payload((list: Policy[]) => list.map((one) => ({ ...one, ...fields })));

describe('an answer with policies that are not what they should be', () => {
  it.each<readonly [string, (data: Record<string, QueueData>) => unknown, unknown]>([
    ['no body', (data) => ({ ...data, body: '' }), null],
    ['broken JSON', (data) => ({ ...data, body: (data['body'] as string).slice(0, -40) }), null],
    ['a list that is none', payload(() => ({ Id: 'x' })), null],
    ['text', payload(() => 'policies'), null],
    ['an empty list', payload(() => []), null],
    ['a status of 500', (data) => ({ ...data, status: 500 }), null],
    ['items that are none', payload((list: Policy[]) => [null, 7, 'x', [], {}, { Id: 4 }, ...list]), good],
    ['no id', payload((list: Policy[]) => list.map(({ Id: _, ...one }) => one)), null],
    ['a revision that is text', set({ Version: 'one' }), null],
    ['the same app twice', payload((list: Policy[]) => [...list, ...list]), good],
    ['broken detection rules', set({ DetectionRule: '[{"DetectionType":' }), invalidRule],
    ['no detection rules', set({ DetectionRule: null }), invalidRule],
    [
      'an unknown kind of detection rule',
      set({ DetectionRule: '[{"DetectionType":9,"DetectionText":"{}"}]' }),
      invalidRule,
    ],
    [
      'a detection rule of nothing',
      set({ DetectionRule: '[{"DetectionType":2,"DetectionText":"{}"}]' }),
      invalidRule,
    ],
    [
      'a script that is no base64',
      set({ DetectionRule: '[{"DetectionType":3,"DetectionText":"{\\"ScriptBody\\":\\"!\\"}"}]' }),
      invalidRule,
    ],
    ['broken requirements', set({ RequirementRules: '{', ExtendedRequirementRules: '[[' }), good],
    [
      'requirements of the wrong types',
      set({ RequirementRules: '{"MinimumMemoryInMB":"many","MinimumWindows10BuildNumer":"ten"}' }),
      good,
    ],
    ['a broken InstallEx', set({ InstallEx: 'x' }), good],
    [
      'no time to install and no retries',
      set({ InstallEx: '{"MaxRunTimeInMinutes":-5,"MaxRetries":-1,"RetryIntervalInMinutes":-1}' }),
      good,
    ],
    ['no return codes', set({ ReturnCodes: null }), good],
    [
      'times that are none',
      set({ StartDeadlineEx: { StartTime: 'soon', Deadline: 5, TimeFormat: [] } }),
      good,
    ],
    ['no relations but text', set({ FlatDependencies: 'none' }), good],
    [
      'a relation to an app that is not there',
      set({ FlatDependencies: [{ AppId: 'x', ChildId: 'y', Action: 10 }] }),
      good,
    ],
    ['a re-evaluation interval below 0', set({ ReevaluationInterval: -480 }), good],
    ['a restart grace period that is text', set({ RebootEx: 'later', ToastState: 'loud' }), good],
    [
      'no install command',
      set({ InstallCommandLine: '' }),
      { ...good, compliance: 2, enforcement: 5000, error: -2147024894, exitCode: 0x80070002 },
    ],
    [
      'an install command of quotes',
      set({ InstallCommandLine: '"""' }),
      { ...good, compliance: 2, enforcement: 5000, error: -2147024894, exitCode: 0x80070002 },
    ],
  ])('%s', (_what, change, state) => {
    const one = tamper(story(), 'win32.policies', change).advance({ minutes: 5 });
    expect(one.state('App')).toEqual(state);
    expect(one.said('check-in.ends')).toHaveLength(1);
    // The next answer is a good one.
    one.advance({ hours: 2 });
    if (state === null) expect(one.state('App')).toEqual(good);
    expect(one.said('check-in.ends')).toHaveLength(3);
  });

  it.each([
    ['wanted', { Intent: 3 }],
    ['wanted only by each other', { Intent: 0 }],
  ])('dependencies in a circle, of apps that are %s', (_what, intent) => {
    const names = ['App', 'One', 'Two'];
    const story = AgentStory.begin();
    for (const name of names) story.create(testApp(name)).assign(name);
    const [app, one, two] = names.map((name) => story.id(name));
    const edge = (parent: unknown, child: unknown) => ({
      Action: 10,
      AppId: parent,
      ChildId: child,
      Type: 0,
      Level: 0,
    });
    const circle = [edge(app, one), edge(one, two), edge(two, one), edge(one, one)];
    const change = payload((list: Policy[]) =>
      list.map((policy) => ({
        ...policy,
        ...(policy['Id'] === app ? {} : intent),
        FlatDependencies: circle,
      })),
    );
    tamper(story, 'win32.policies', change).advance({ minutes: 5 });
    expect(story.said('check-in.ends')).toHaveLength(1);
  });
});

type Info = { ContentInfo: string; DecryptInfo: string };
const decryptInfo = (fields: Record<string, unknown>) =>
  payload((info: Info) => ({
    ...info,
    DecryptInfo: JSON.stringify({ ...(JSON.parse(info.DecryptInfo) as object), ...fields }),
  }));
const body = (change: (content: Uint8Array) => Uint8Array) => (data: Record<string, QueueData>) => ({
  ...data,
  body: fromUint8Array(change(toUint8Array(data['body'] as Bytes))),
});
const zeros = (length: number) => toBase64(new Uint8Array(length));

describe('a package that is not what it should be', () => {
  const infoFailed = { ...unzipFailed, error: -2016214939 };

  it.each<readonly [string, string, (data: Record<string, QueueData>) => unknown, unknown, number]>([
    // What comes, before which stage, the state, GRS values.
    [
      'content information without an address',
      'win32.content-info',
      payload(() => ({ DecryptInfo: '{}' })),
      infoFailed,
      1,
    ],
    ['content information that is none', 'win32.content-info', payload(() => 'nothing'), infoFailed, 1],
    [
      'no answer about the content',
      'win32.content-info',
      (data) => ({ ...data, status: 0, body: '' }),
      infoFailed,
      0,
    ],
    [
      'an address that nobody has',
      'win32.content-info',
      payload((info: Info) => ({
        ...info,
        ContentInfo: '{"UploadLocation":"http://nowhere.invalid/x.bin"}',
      })),
      { ...unzipFailed, error: -2016214936 },
      0,
    ],
    [
      'an answer of 404',
      'win32.downloaded',
      (data) => ({ ...data, status: 404, body: '' }),
      { ...unzipFailed, error: -2016214936 },
      0,
    ],
    [
      'key material that is no JSON',
      'win32.content-info',
      payload((info: Info) => ({ ...info, DecryptInfo: 'keys' })),
      unzipFailed,
      1,
    ],
    [
      'key material that is null',
      'win32.content-info',
      payload((info: Info) => ({ ...info, DecryptInfo: 'null' })),
      unzipFailed,
      1,
    ],
    [
      'a key that is too short',
      'win32.content-info',
      decryptInfo({ EncryptionKey: zeros(16) }),
      unzipFailed,
      1,
    ],
    ['another key', 'win32.content-info', decryptInfo({ EncryptionKey: zeros(32) }), unzipFailed, 1],
    [
      'another code for authentication',
      'win32.content-info',
      decryptInfo({ Mac: zeros(32) }),
      unzipFailed,
      1,
    ],
    [
      'another key for authentication',
      'win32.content-info',
      decryptInfo({ MacKey: zeros(32) }),
      unzipFailed,
      1,
    ],
    ['another hash', 'win32.content-info', decryptInfo({ FileDigest: zeros(32) }), unzipFailed, 1],
    ['an empty file', 'win32.downloaded', body(() => new Uint8Array()), unzipFailed, 1],
    ['a truncated file', 'win32.downloaded', body((content) => content.slice(0, -16)), unzipFailed, 1],
    [
      'a file with one bit changed',
      'win32.downloaded',
      body((content) => content.map((byte, i) => (i === 60 ? byte ^ 1 : byte))),
      unzipFailed,
      1,
    ],
    [
      'a file with a changed header',
      'win32.downloaded',
      body((content) => content.map((byte, i) => (i === 3 ? byte ^ 1 : byte))),
      unzipFailed,
      1,
    ],
  ])('%s', (_what, stage, change, state, grs) => {
    const one = tamper(story(), stage, change).advance({ minutes: 4 });
    expect(one.state('App')).toEqual(state);
    expect([one.attempts('App'), one.grs('App').length]).toEqual([[], grs]);
    expect(
      one.file(
        `C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Content\\Incoming\\${one.id('App')}_1.bin`,
      ),
    ).toBe(false);
    // Without a GRS value the next check-in tries again.
    one.advance({ hours: 1 });
    expect(one.attempts('App')).toHaveLength(grs === 0 ? 1 : 0);
  });

  const zip = (files: Record<string, string>) =>
    zipSync(
      Object.fromEntries(Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)])),
    );

  it.each([
    ['no zip', new Uint8Array([1, 2, 3]), unzipFailed],
    ['a truncated zip', zip({ 'install.cmd': 'exit /b 0' }).slice(0, -30), unzipFailed],
    ['a name that leads out of the folder', zip({ '../../System32/evil.cmd': 'x' }), unzipFailed],
    ['a name with a drive', zip({ 'C:/Windows/evil.cmd': 'x' }), unzipFailed],
    ['an absolute name', zip({ '/Windows/evil.cmd': 'x' }), unzipFailed],
    ['a name of dots and blanks', zip({ '.. /evil.cmd': 'x' }), unzipFailed],
    ['a name with a star', zip({ 'evil*.cmd': 'x' }), unzipFailed],
    // Nothing to run: the install command is not found.
    [
      'an empty zip',
      zip({}),
      { ...unzipFailed, enforcement: 5000, error: -2147024894, exitCode: 0x80070002 },
    ],
  ])('what is staged is %s', (_what, bytes, state) => {
    const one = tamper(story(), 'win32.unzip', (data) => data);
    const path = `C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Content\\Staging\\${one.id('App')}_1\\${one.id('App')}_1.zip`;
    one
      .open('c')
      .type('c', `[IO.File]::WriteAllBytes('${path}', [Convert]::FromBase64String('${toBase64(bytes)}'))`)
      .advance({ minutes: 4 });
    expect(one.state('App')).toEqual(state);
    expect([
      one.file('C:\\Windows\\System32\\evil.cmd'),
      one.file('C:\\Windows\\evil.cmd'),
      one.file('C:\\Windows\\IMECache\\evil.cmd'),
    ]).toEqual([false, false, false]);
  });

  it('a zip that unpacks to more than there is room for is refused before it is unpacked', () => {
    const bomb = zip({ a: 'x'.repeat(100_000), 'b/': '' });
    expect(unpackFolder(fromUint8Array(bomb), 99_999)).toBeUndefined();
    expect(
      unpackFolder(fromUint8Array(bomb), 100_000)?.map(({ name, content }) => [
        name,
        content?.length ?? null,
      ]),
    ).toEqual([
      ['a', 100_000],
      ['b', null],
    ]);
  });

  it('cipher text of a length that no cipher makes', () => {
    const key = new Uint8Array(32);
    const info = {
      encryptionKey: key,
      macKey: key,
      initializationVector: new Uint8Array(16),
      mac: '',
      fileDigest: '',
    };
    for (const length of [0, 1, 47, 48, 49, 63, 64, 65])
      expect(openPackage(fromUint8Array(new Uint8Array(length)), info)).toBeUndefined();
  });
});

describe('registry values of the agent with other types', () => {
  const root = 'HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension';
  const failed = (seed: string) =>
    AgentStory.begin(seed).create(testApp('App', 1603)).assign('App').firstCheckIn();
  // A slash in the hash of the subgraph would end the path of its key.
  const grs = `${root.slice(6)}\\Win32Apps\\${deviceScope}\\GRS`;
  const seed = [...'abcdefgh'].find(
    (one) => !failed(one).read.key('HKLM', grs)?.value.subKeys[0]?.includes('/'),
  ) as string;

  it.each([
    ['a number', '17 -Type DWord'],
    ['a long number', '17 -Type QWord'],
    ['bytes', '([byte[]](1,2,3)) -Type Binary'],
    ['a list', "@('a','b') -Type MultiString"],
    ['no text', "''"],
    ['an empty object', "'{}'"],
    ['JSON null', "'null'"],
    [
      'an object of texts',
      `'{"ComplianceState":"x","EnforcementState":[],"Applicability":{},"ErrorCode":"none"}'`,
    ],
    ['a time that is none', "'99/99/2026 25:61:00'"],
    ['half an object', `'{"ComplianceState":'`],
  ])('%s in all of them', (_what, value) => {
    const one = failed(seed);
    one
      .open('c')
      .type(
        'c',
        `Get-ChildItem '${root}' -Recurse | ForEach-Object { $key = $_; foreach ($name in $key.GetValueNames()) { Set-ItemProperty -LiteralPath $key.PSPath -Name $name -Value ${value} } }`,
      )
      .do('service.restart', { service: 'IntuneManagementExtension' })
      .advance({ hours: 10 });
    // No GRS value that can be read: tried again; then all is as the agent writes it.
    expect(one.attempts('App')).toHaveLength(2);
    expect(one.state('App')).toMatchObject({
      compliance: 2,
      applicability: 0,
      enforcement: 5000,
      error: -2147023293,
    });
    expect(one.grs('App')).toEqual(one.attempts('App').slice(1));
  });
});

describe('files and folders in the way', () => {
  const programs = 'C:\\Program Files (x86)\\Microsoft Intune Management Extension';

  it.each([
    // What is made where, and the state after the first check-in.
    [
      'a file where the cache folder would be',
      (id: string) => `mkdir C:\\Windows\\IMECache -Force; Set-Content 'C:\\Windows\\IMECache\\${id}_1' x`,
      { compliance: 2, enforcement: 5000, error: -2147024894 },
    ],
    [
      'a folder where the package would be',
      (id: string) => `mkdir '${programs}\\Content\\Incoming\\${id}_1.bin'`,
      { compliance: 2, enforcement: 5003 },
    ],
    [
      'a file where packages are staged',
      () => `mkdir '${programs}\\Content' -Force; Set-Content '${programs}\\Content\\Staging' x`,
      { compliance: 2, enforcement: 5003 },
    ],
    [
      'a folder where a log would be',
      () =>
        "Remove-Item 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs\\AppWorkload.log' -Force -ErrorAction SilentlyContinue; mkdir 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs\\AppWorkload.log'",
      { compliance: 1, enforcement: 1000 },
    ],
    [
      'a file where the logs would be',
      () =>
        "Remove-Item 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs' -Recurse -Force; Set-Content 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs' x",
      { compliance: 1, enforcement: 1000 },
    ],
  ] as const)('%s', (_what, command, state) => {
    const one = AgentStory.begin().create(testApp('App')).advance({ minutes: 2 });
    one
      .open('c')
      .type('c', command(one.id('App')))
      .assign('App')
      .advance({ minutes: 10 });
    expect(one.state('App', deviceScope)).toMatchObject(state);
  });
});

describe('a script that never ends', () => {
  const endless = 'while ($true) { Start-Sleep -Seconds 600 }';

  it('in a detection rule is ended after an hour, and the app counts as not detected', () => {
    const app = testApp('App', 0, { detection: [{ kind: 'script', script: endless }] });
    const one = story(app).advance({ minutes: 62 });
    expect(one.attempts('App')).toEqual([]);
    one.advance({ minutes: 4 });
    expect(one.said('executor.timed-out')).toEqual([
      'Error:Powershell script execution timed out. timeout = 3600 seconds',
    ]);
    // Before the install and after it the script takes its hour again.
    one.advance({ hours: 3 });
    expect(one.attempts('App')).toHaveLength(1);
    expect(one.state('App')).toEqual({
      compliance: 2,
      applicability: 0,
      enforcement: 5000,
      error: -2016345060,
      exitCode: 0,
    });
    expect(one.said('check-in.ends')).not.toHaveLength(0);
  });

  it('and never waits is ended after its hour too, in seconds of the host', () => {
    const app = testApp('App', 0, { detection: [{ kind: 'script', script: 'while ($true) { $n++ }' }] });
    // What runs takes the time with it.
    const one = story(app).advance({ minutes: 10 });
    expect(one.said('executor.timed-out')).toEqual([
      'Error:Powershell script execution timed out. timeout = 3600 seconds',
    ]);
  });

  it('and writes without end is ended when nobody can hold what it wrote', () => {
    const script = "$text = 'x' * 100000; while ($true) { $text }";
    const one = story(testApp('App', 0, { detection: [{ kind: 'script', script }] })).advance({
      minutes: 10,
    });
    expect(one.said('executor.exit-code')).toContain('Powershell exit code is -1073741801');
    expect(one.said('check-in.ends')).not.toHaveLength(0);
  });

  it('in a requirement rule is ended after an hour, and the requirement is not met', () => {
    const rules = [
      { kind: 'script', script: endless, dataType: 'string', operator: 'equal', value: 'x' },
    ] as const;
    const one = story(testApp('App', 0, { requirements: { rules } })).advance({ minutes: 66 });
    expect(one.state('App')).toMatchObject({ compliance: 2, applicability: 1008, enforcement: null });
    expect(one.said('check-in.ends')).not.toHaveLength(0);
  });
});
