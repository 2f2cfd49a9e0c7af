import { describe, expect, it } from 'vitest';
import {
  compareVersions,
  logFileOf,
  messageOfVersion,
  messages,
  messageText,
  versionedMessages,
} from '../../../src/engine/agent/messages/index.ts';
import { define } from '../../../src/engine/agent/messages/message.ts';
import { messageId } from '../../../src/base/ids.ts';

const text = (id: string, version: string, ...parameters: readonly string[]): string | undefined => {
  const message = messageOfVersion(messageId(id), version);
  return message && messageText(message, parameters);
};

describe('a message and the agent versions it belongs to', () => {
  it('has the words of its version', () => {
    const ids = (version: string) => text('service.ids', version, 'A', 'D');
    expect(ids('1.95.102.0')).toBe(
      'Populating AccountId and DeviceId gloabally. Account ID is : A Device Id is : D',
    );
    expect(ids('1.98.100.0')).toBe(
      'Populating AccountId and DeviceId globally. Account ID is : A Device Id is : D',
    );
    // No agent any more: what is written last.
    expect(ids('')).toBe(ids('1.105.152.0'));
  });

  it('is not written by versions that do not have it', () => {
    expect(text('start.telemetry-metadata', '1.97.104.0')).toBe(
      '[Telemetry] Telemetry metadata registry values initialized.',
    );
    expect(text('start.telemetry-metadata', '1.101.109.0')).toBeUndefined();
    expect(text('health.probe-starts', '1.97.104.0')).toBeUndefined();
    expect(text('health.probe-starts', '1.101.109.0')).toBe('Starting TCP probe after heartbeat call');
  });

  it('goes to the file that was its then, and names that as its component', () => {
    const place = (id: string, version: string) => {
      const message = messageOfVersion(messageId(id), version);
      return [logFileOf(messageId(id), version), message?.component];
    };
    expect(place('inventory.starts', '1.82.105.0')).toEqual([
      'IntuneManagementExtension',
      'IntuneManagementExtension',
    ]);
    expect(place('inventory.starts', '1.83.107.0')).toEqual(['Win32AppInventory', 'Win32AppInventory']);
    // One file, two components.
    expect(place('health.telemetry', '1.101.109.0')).toEqual(['ClientHealth', 'IntuneManagementExtension']);
    expect(place('health.starts', '1.101.109.0')).toEqual(['ClientHealth', 'ClientHealth']);
  });

  it('takes the same parameters in all words', () => {
    const message = define('AppWorkload', 'x', 'now {b} {a}', 'observed', 1, {
      earlier: [
        { until: '1.2', words: 'first {a}' },
        { until: '1.10', words: 'then {a} and {b}' },
      ],
    });
    expect(message.earlier.map((one) => [one.id, messageText(one, ['B', 'A'])])).toEqual([
      ['x@1.2', 'first A'],
      ['x@1.10', 'then A and B'],
    ]);
  });

  it('is found by every id that a record may carry', () => {
    for (const id of messages.keys())
      for (const version of ['1.58.103.0', '1.80.133.0', '1.97.104.0', '1.101.109.0', '1.105.152.0']) {
        const written = messageOfVersion(id, version);
        if (written) expect(versionedMessages.get(written.id)).toBe(written);
      }
  });

  it('compares versions by their numbers', () => {
    expect(compareVersions('1.9', '1.10')).toBeLessThan(0);
    expect(compareVersions('1.103', '1.103.0.0')).toBe(0);
    expect(compareVersions('2.0', '1.105.152')).toBeGreaterThan(0);
  });
});
