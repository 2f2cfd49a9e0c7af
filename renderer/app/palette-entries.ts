import { agentCache, agentLogs } from '../state/agent-places.ts';
import type { Command } from '../state/command.ts';
import type { LabSession } from '../state/lab-session.svelte.ts';
import { placeOf } from '../state/place.ts';
import { spanText, typedDuration } from '../state/time-text.ts';

export interface PaletteEntry {
  readonly id: string;
  readonly text: string;
  readonly detail?: string;
  readonly keys?: string | undefined;
  readonly run: () => void;
}

/** Every word typed must occur; a match at the start of a word ranks first. */
function rank(text: string, typed: string): number | null {
  const low = text.toLowerCase();
  let score = 0;
  for (const word of typed.toLowerCase().split(/\s+/).filter(Boolean)) {
    const at = low.indexOf(word);
    if (at < 0) return null;
    score += at === 0 ? 0 : low[at - 1] === ' ' || low[at - 1] === '\\' ? 1 : 2;
  }
  return score;
}

function matching(entries: readonly PaletteEntry[], typed: string): PaletteEntry[] {
  return entries
    .flatMap((entry, index) => {
      const score = rank(`${entry.text} ${entry.detail ?? ''}`, typed);
      return score === null ? [] : [{ entry, score, index }];
    })
    .sort((a, b) => a.score - b.score || a.index - b.index)
    .map(({ entry }) => entry);
}

export function commandEntries(commands: readonly Command[], typed: string): PaletteEntry[] {
  const usable = commands.filter((command) => command.id !== 'palette' && (command.enabled?.() ?? true));
  return matching(
    usable.map(({ id, title, group, keys, run }) => ({ id, text: title, detail: group, keys, run })),
    typed,
  );
}

const ime = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\IntuneManagementExtension';

/** Where the agent and the management client keep things; each pane says when a place is not there on this device. */
const known: readonly string[] = [
  ime,
  `${ime}\\Win32Apps`,
  `${ime}\\Policies`,
  `${ime}\\SideCarPolicies`,
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Enrollments',
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\EnterpriseDesktopAppManagement',
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall',
  'HKEY_CURRENT_USER\\SOFTWARE',
  `${agentLogs}\\IntuneManagementExtension.log`,
  `${agentLogs}\\AppWorkload.log`,
  `${agentLogs}\\AgentExecutor.log`,
  `${agentLogs}\\HealthScripts.log`,
  agentLogs,
  agentCache,
];

export function goEntries(session: LabSession, typed: string): PaletteEntry[] {
  const entries: PaletteEntry[] = [];
  const by = typedDuration(typed);
  if (by !== null) {
    entries.push({
      id: 'time',
      text: `Move the clock by ${spanText(by)}`,
      detail: 'Clock',
      run: () => session.advance(by),
    });
  }
  const place = placeOf(typed);
  if (place) {
    entries.push({
      id: 'typed',
      text: place.target,
      detail: place.pane,
      run: () => session.workspace.open(place.pane, place.target),
    });
  }
  const drafts = (session.drafts.data?.files ?? []).map(({ path }) => path);
  const places = [...drafts, ...known].flatMap((path): PaletteEntry[] => {
    const to = placeOf(path);
    if (!to) return [];
    return [{ id: path, text: path, detail: to.pane, run: () => session.workspace.open(to.pane, to.target) }];
  });
  const steps = (session.guide.data?.steps ?? [])
    .filter((step) => step.state !== 'locked')
    .map((step, index): PaletteEntry => ({
      id: `step-${step.id}`,
      text: `Step ${index + 1}: ${step.title}`,
      detail: 'guide',
      run: () => void session.ask('step.go', { step: step.id }),
    }));
  return [...entries, ...matching([...places, ...steps], place || by !== null ? '' : typed)].filter(
    (entry, index, all) => all.findIndex(({ text }) => text === entry.text) === index,
  );
}
