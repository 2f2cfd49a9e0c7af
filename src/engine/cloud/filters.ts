import type { Assignment, CloudDevice, CloudState } from './cloud-state.ts';
import type { FilterRule } from './filter-rule.ts';
import type { DeviceProperties } from './filter-rule.ts';
import { matchesFilter, parseFilterRule } from './filter-rule.ts';

/** What the service knows of a device that rules of filters may ask. */
export function propertiesOf(device: CloudDevice): DeviceProperties {
  return {
    deviceName: device.id,
    manufacturer: device.manufacturer,
    model: device.model,
    osVersion: device.osVersion,
    operatingSystemVersion: device.osVersion,
    // The simulated devices are company-owned, joined to Entra and run Windows Enterprise on x64.
    operatingSystemSKU: 'Enterprise',
    deviceCategory: null,
    deviceOwnership: 'Corporate',
    deviceTrustType: 'Azure AD joined',
    enrollmentProfileName: null,
    cpuArchitecture: 'amd64',
  };
}

const parsed = new Map<string, FilterRule>();

function ruleOf(text: string): FilterRule {
  let rule = parsed.get(text);
  if (rule === undefined) {
    if (parsed.size >= 256) parsed.clear();
    parsed.set(text, (rule = parseFilterRule(text)));
  }
  return rule;
}

/** Outcome of the filters of the assignments that decided an app's intent. */
export interface FilterOutcome {
  /** Whether the app reaches the device. */
  readonly applies: boolean;
  /** Filters that were evaluated, in the order of the assignments. */
  readonly evaluated: readonly {
    readonly filter: string;
    readonly mode: 'include' | 'exclude';
    readonly matches: boolean;
  }[];
}

/**
 * Exclude goes before no filter, no filter before include; filters of one mode are joined by "or". Null where no filter
 * was asked.
 */
export function filterOutcome(
  state: CloudState,
  device: CloudDevice | undefined,
  assignments: readonly Assignment[],
): FilterOutcome | null {
  if (device === undefined || assignments.every(({ filter }) => filter === null)) return null;
  const excluding = assignments.filter(({ filter }) => filter?.mode === 'exclude');
  if (excluding.length === 0 && assignments.some(({ filter }) => filter === null)) return null;
  const asked = excluding.length > 0 ? excluding : assignments;
  const properties = propertiesOf(device);
  const evaluated = asked.flatMap(({ filter }) => {
    const found = filter && state.appService.filters[filter.id];
    return found
      ? [{ filter: found.id, mode: filter.mode, matches: matchesFilter(ruleOf(found.rule), properties) }]
      : [];
  });
  const matches = evaluated.some((one) => one.matches);
  return { applies: excluding.length > 0 ? !matches : matches, evaluated };
}
