import { differences } from '../../dialects/index.ts';
import type { Steps } from '../../run/steps.ts';
import type { CmdletContext } from '../cmdlet.ts';

export type Answer = 'yes' | 'no' | 'yes-to-all' | 'no-to-all';

/** PowerShell's question with its six choices; where nobody can answer, the command ends as real PowerShell ends it. */
export function* askToContinue(context: CmdletContext, caption: string, message: string): Steps<Answer> {
  const { session } = context;
  session.console('');
  session.console(caption);
  session.console(message);
  for (;;) {
    const answer = yield {
      kind: 'line',
      prompt: '[Y] Yes  [A] Yes to All  [N] No  [L] No to All  [S] Suspend  [?] Help (default is "Y"): ',
      secret: false,
    };
    if (answer.kind !== 'line' || answer.text === undefined)
      return context.fail({
        id: 'InvalidOperation',
        category: 'InvalidOperation',
        message: differences.errors.nonInteractive.desktopIn(context.dialect)
          ? 'Windows PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.'
          : 'PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.',
        exception: 'System.Management.Automation.PSInvalidOperationException',
      });
    switch (answer.text.trim().toLowerCase()) {
      case '':
      case 'y':
      case 'yes':
        return 'yes';
      case 'a':
      case 'yes to all':
        return 'yes-to-all';
      case 'n':
      case 'no':
        return 'no';
      case 'l':
      case 'no to all':
        return 'no-to-all';
    }
  }
}
