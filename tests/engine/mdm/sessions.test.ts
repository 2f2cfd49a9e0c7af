import { expect, test } from 'vitest';
import { syncMlMessages } from '../../../src/views/syncml-messages.ts';
import { TestWorld, testApp, testDevice, testWorldStart } from '../../support/test-world.ts';

const world = (apps = [testApp('Notes')]): TestWorld =>
  new TestWorld(testWorldStart('syncml', [testDevice('BW-W11-5')], apps));

/** Who said what, command by command: names and what each is about. */
function said(of: TestWorld): readonly string[] {
  return (syncMlMessages(of.simulation.events).get(of.device) ?? []).map(({ from, message, text }) => {
    const body = /<SyncBody>([\s\S]*)<\/SyncBody>/.exec(text)?.[1] ?? '';
    const parts = [...body.matchAll(/<(Status|Alert|Add|Exec|Replace|Final)[\s/>](?:[\s\S]*?<\/\1>)?/g)].map(
      ([whole, name = '']) => {
        const field = (element: string): string =>
          new RegExp(`<${element}>([^<]*)</${element}>`).exec(whole)?.[1] ?? '';
        if (name === 'Status') return `Status ${field('Cmd')} ${field('Data')}`;
        return name === 'Alert' ? `Alert ${field('Data')}` : name;
      },
    );
    return `${from} ${message}: ${parts.join(', ')}`;
  });
}

test('a session whose server has nothing to do is one message each way', () => {
  const device = world([]).advance({ seconds: 20 });
  // The enrolment is pushed to the device, so it says that the server asked for the session.
  expect(said(device)).toEqual([
    'device 1: Alert 1200, Alert 1224, Replace, Final',
    'server 1: Status SyncHdr 200, Status Alert 200, Status Alert 200, Status Replace 200, Final',
  ]);
});

test('the agent comes as Add and Exec of an MSI job; the client takes the Exec on and the server ends the session', () => {
  const device = world().advance({ seconds: 20 });
  expect(said(device).slice(1)).toEqual([
    'server 1: Status SyncHdr 200, Status Alert 200, Status Alert 200, Status Replace 200, Add, Exec, Final',
    'device 2: Status SyncHdr 200, Status Add 200, Status Exec 202, Final',
    'server 2: Status SyncHdr 200, Final',
  ]);
});

test('messages are well formed: header in order, each command its own number, who sends is named', () => {
  const device = world().advance({ minutes: 30 });
  const all = syncMlMessages(device.simulation.events).get(device.device) ?? [];
  expect(all.length).toBeGreaterThan(8);
  const id = device.simulation.read(device.device).intuneDeviceId;
  for (const { text, from } of all) {
    const ids = [...text.matchAll(/<CmdID>(\d+)<\/CmdID>/g)].map((match) => Number(match[1]));
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain(0);
    const elements = [
      ...(/<SyncHdr>([\s\S]*)<\/SyncHdr>/.exec(text)?.[1] ?? '').matchAll(
        /<(VerDTD|VerProto|SessionID|MsgID|Target|Source)>/g,
      ),
    ].map((match) => match[1]);
    expect(elements).toEqual(['VerDTD', 'VerProto', 'SessionID', 'MsgID', 'Target', 'Source']);
    const source = /<Source><LocURI>([^<]*)</.exec(text)?.[1];
    if (from === 'device') expect(source).toBe(id);
    else expect(source).toMatch(/^https:\/\/r\.manage\.microsoft\.com\//);
  }
});

test('who is signed in is said in each first message', () => {
  const device = world().advance({ hours: 4 });
  const status = (): string | undefined => {
    const from = (syncMlMessages(device.simulation.events).get(device.device) ?? []).length;
    device.input({ kind: 'device.action', device: device.device, action: 'settings.sync', data: {} });
    device.advance({ seconds: 10 });
    const text = (syncMlMessages(device.simulation.events).get(device.device) ?? [])[from]?.text ?? '';
    return /LoginStatus<\/Type><\/Meta><Data>(\w+)/.exec(text)?.[1];
  };
  const here = status();
  device.input({ kind: 'device.action', device: device.device, action: 'sign-out', data: {} });
  expect([here, status()]).toEqual(['user', 'none']);
});

/** Session ids in the order of their messages, each once for those that follow each other. */
const sessions = (of: TestWorld): readonly string[] =>
  (syncMlMessages(of.simulation.events).get(of.device) ?? []).map(
    ({ session, from }) => `${from} ${session}`,
  );

test('one session at a time: what asks meanwhile gets one more, however many asked', () => {
  const device = world([]).advance({ hours: 4 });
  const before = sessions(device).length;
  for (let asked = 0; asked < 5; asked++)
    device.input({ kind: 'device.action', device: device.device, action: 'settings.sync', data: {} });
  device.advance({ seconds: 30 });
  const after = sessions(device).slice(before);
  const [first = '', , second = ''] = after.map((one) => one.slice(one.indexOf(' ') + 1));
  expect(after).toEqual([`device ${first}`, `server ${first}`, `device ${second}`, `server ${second}`]);
  expect(first).not.toBe(second);
});

test('a session that the network cut does not stand in the way of the next', () => {
  const device = world([]).advance({ hours: 4 });
  const sync = (): void => {
    device.input({ kind: 'device.action', device: device.device, action: 'settings.sync', data: {} });
    device.advance({ minutes: 2 });
  };
  device.input({ kind: 'device.action', device: device.device, action: 'network.disconnect', data: {} });
  const before = sessions(device).length;
  sync();
  device.input({ kind: 'device.action', device: device.device, action: 'network.connect', data: {} });
  sync();
  // What the cut line lost is not among the messages.
  expect(
    sessions(device)
      .slice(before)
      .map((one) => one.split(' ')[0]),
  ).toEqual(['device', 'server']);
});
