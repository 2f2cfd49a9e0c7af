import { differences } from '../../dialects/index.ts';
import { customObject } from '../../types/objects.ts';
import { wildcard } from '../../types/wildcard.ts';
import type { Cmdlet } from '../cmdlet.ts';

/** Approved verbs by group, each with its alias prefix. */
const groups: readonly (readonly [string, string])[] = [
  [
    'Common',
    'Add:a Clear:cl Close:cs Copy:cp Enter:et Exit:ex Find:fd Format:f Get:g Hide:h Join:j Lock:lk Move:m New:n Open:op Optimize:om Pop:pop Push:pu Redo:re Remove:r Rename:rn Reset:rs Resize:rz Search:sr Select:sc Set:s Show:sh Skip:sk Split:sl Step:st Switch:sw Undo:un Unlock:uk Watch:wc',
  ],
  [
    'Data',
    'Backup:ba Checkpoint:ch Compare:cr Compress:cm Convert:cv ConvertFrom:cf ConvertTo:ct Dismount:dm Edit:ed Expand:en Export:ep Group:gp Import:ip Initialize:in Limit:l Merge:mg Mount:mt Out:o Publish:pb Restore:rr Save:sv Sync:sy Unpublish:ub Update:ud',
  ],
  [
    'Lifecycle',
    'Approve:ap Assert:as Build:bd Complete:cmp Confirm:cn Deny:dn Deploy:dp Disable:d Enable:e Install:is Invoke:i Register:rg Request:rq Restart:rt Resume:ru Start:sa Stop:sp Submit:sb Suspend:ss Uninstall:us Unregister:ur Wait:w',
  ],
  ['Diagnostic', 'Debug:db Measure:ms Ping:pi Repair:rp Resolve:rv Test:t Trace:tr'],
  ['Communications', 'Connect:cc Disconnect:dc Read:rd Receive:rc Send:sd Write:wr'],
  ['Security', 'Block:bl Grant:gr Protect:pt Revoke:rk Unblock:ul Unprotect:up'],
  ['Other', 'Use:u'],
];

/** Verbs that a command may have, in lower case. */
export const approvedVerbs: ReadonlySet<string> = new Set(
  groups.flatMap(([, verbs]) => verbs.split(' ').map((entry) => entry.replace(/:.*$/, '').toLowerCase())),
);

export const getVerb: Cmdlet = {
  name: 'Get-Verb',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.GetVerbCommand',
  parameters: [
    { name: 'Verb', type: 'string[]', position: 0, pipeline: true, pipelineByName: true },
    { name: 'Group', type: 'string[]', position: 1, pipelineByName: true },
  ],
  start: (context) => ({
    process() {
      const verbs = context.strings('Verb').map((v) => wildcard(v));
      const wanted = context.strings('Group').map((g) => g.toLowerCase());
      for (const [group, list] of groups) {
        if (wanted.length > 0 && !wanted.includes(group.toLowerCase())) continue;
        for (const entry of list.split(' ')) {
          const [verb, prefix] = entry.split(':') as [string, string];
          if (verbs.length > 0 && !verbs.some((t) => t(verb))) continue;
          context.write(
            customObject(
              [
                ['Verb', verb],
                ...(!differences.commands.verbs.desktopIn(context.dialect)
                  ? ([['AliasPrefix', prefix]] as const)
                  : []),
                ['Group', group],
              ],
              'System.Management.Automation.VerbInfo',
            ),
          );
        }
      }
      return undefined;
    },
  }),
};
