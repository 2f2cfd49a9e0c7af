import { describe, expect, it } from 'vitest';
import type { DeviceProperties } from '../../../src/engine/cloud/filter-rule.ts';
import { matchesFilter, parseFilterRule } from '../../../src/engine/cloud/filter-rule.ts';

const device: DeviceProperties = {
  deviceName: 'BW-W11-5',
  manufacturer: 'Microsoft Corporation',
  model: 'Virtual Machine',
  osVersion: '10.0.26100.4652',
  operatingSystemVersion: '10.0.26100.4652',
  operatingSystemSKU: 'Enterprise',
  deviceCategory: null,
  deviceOwnership: 'Corporate',
  deviceTrustType: 'Azure AD joined',
  enrollmentProfileName: null,
  cpuArchitecture: 'amd64',
};

const matches = (rule: string) => matchesFilter(parseFilterRule(rule), device);

describe('a filter rule', () => {
  it('matches a device by its properties, without regard to case', () => {
    expect(
      [
        '(device.osVersion -startsWith "10.0.261")',
        '(device.osVersion -startsWith "10.0.22")',
        '(DEVICE.Model -EQ "virtual machine")',
        '(device.model -in ["Surface Book 3", "Virtual Machine"])',
        '(device.model -notIn ["Surface Book 3", "Virtual Machine"])',
        '(device.manufacturer -contains "soft")',
        '(device.manufacturer -notContains "soft")',
        '(device.deviceName -ne "BW-W11-5")',
        'device.deviceTrustType eq "Azure AD joined"',
        '(device.cpuArchitecture -eq "arm64")',
        '(device.operatingSystemSKU -startsWith "Enter")',
      ].map(matches),
    ).toEqual([true, false, true, true, false, true, false, false, true, false, true]);
  });

  it('compares versions as numbers, with or without quotes', () => {
    expect(
      [
        '(device.operatingSystemVersion -gt 10.0.22000.1000)',
        '(device.operatingSystemVersion -le "10.0.9200")',
        '(device.operatingSystemVersion -eq 10.0.26100.4652)',
        '(device.operatingSystemVersion -ge 10.0.26100.5000)',
      ].map(matches),
    ).toEqual([true, false, true, false]);
  });

  it('knows nothing as a value', () => {
    expect(
      [
        '(device.deviceCategory -eq $null)',
        '(device.deviceCategory -ne Null)',
        '(device.enrollmentProfileName -notContains "x")',
      ].map(matches),
    ).toEqual([true, false, true]);
  });

  it('joins with and before or; parentheses decide otherwise', () => {
    const no = '(device.model -eq "x")';
    const yes = '(device.model -ne "x")';
    expect(matches(`${yes} or ${no} and ${no}`)).toBe(true);
    expect(matches(`(${yes} -or ${no}) -and ${no}`)).toBe(false);
    expect(matches(`((${yes}) and ((${yes})))`)).toBe(true);
  });

  it('that is none is refused with the place and what was expected there', () => {
    const refusal = (rule: string) => {
      try {
        parseFilterRule(rule);
        return 'taken';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(refusal('(device.colour -eq "red")')).toMatch(
      /^filter.rule: expected one of device.deviceName, .* at character 2, found device.colour\.$/,
    );
    expect(
      [
        '(device.deviceOwnership -startsWith "C")',
        '(device.model -eq Surface)',
        '(device.model -eq "Surface"',
        '(device.model -in "Surface")',
        '(device.model -eq "Surface") (device.model -eq "x")',
        '(device.model -eq "Surface',
        '(device.model -startsWith $null)',
        '',
      ].map((rule) => refusal(rule).replace('filter.rule: expected ', '')),
    ).toEqual([
      'an operator of deviceOwnership (-eq, -ne) at character 25, found -startsWith.',
      'a value in quotes at character 19, found Surface.',
      '")" at character 28, found the end.',
      '"[" at character 19, found Surface.',
      'and, or or the end at character 30, found (.',
      'a closing quote at character 19, found "Surface.',
      'a text at character 27, found $null.',
      'a property such as device.osVersion at character 1, found the end.',
    ]);
  });
});
