import { expect, test } from 'vitest';
import { TestWorld, testDevice, testWorldStart } from '../../support/test-world.ts';

test('a joined device knows the name of its tenant, in the registry and in dsregcmd', () => {
  const device = new TestWorld(testWorldStart('tenant', [testDevice('BW-W11-5')], [])).advance({
    minutes: 5,
  });
  expect(
    device.powershell(
      "(Get-ChildItem HKLM:\\SYSTEM\\CurrentControlSet\\Control\\CloudDomainJoin\\TenantInfo | Get-ItemProperty).DisplayName; (dsregcmd /status | Select-String '^ +TenantName').Line.Trim()",
    ),
  ).toBe('Contoso\r\nTenantName : Contoso\r\n');
});
