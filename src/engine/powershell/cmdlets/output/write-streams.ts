import type { Frame } from '../../run/frame.ts';
import type { Session } from '../../run/session.ts';
import { CommandInfo } from '../../run/command-info.ts';
import { ErrorRecord, ExceptionValue } from '../../types/error-record.ts';
import { exception } from '../../types/errors.ts';
import type { ErrorCategory } from '../../types/error-record.ts';
import { enumValue } from '../../types/enum-text.ts';
import { defineEnum } from '../../types/registry.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { makeRecord, recordType } from '../objects/record-type.ts';
import type { Cmdlet, CmdletContext, CmdletParameter } from '../cmdlet.ts';

const utility = 'Microsoft.PowerShell.Utility';

/** What `$MyInvocation` means here: errors carry the name and place of the function, script or block they stand in. */
function callerOf(
  context: CmdletContext,
): { readonly commandId: string; readonly invocation: ErrorRecord['invocation'] } | undefined {
  const { session } = context;
  for (let frame: Frame | undefined = session.frame; frame; frame = frame.caller) {
    // Blocks of loops and dot-sourced code have no invocation of their own.
    if (!frame.call || frame.scope === frame.caller?.scope) continue;
    const { command } = frame;
    const named =
      command instanceof CommandInfo && ['Function', 'Filter', 'ExternalScript'].includes(command.kind);
    return { commandId: named ? command.name : '', invocation: frame.call.invocation };
  }
  return undefined;
}

export const writeError: Cmdlet = {
  name: 'Write-Error',
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.WriteErrorCommand',
  defaultSet: 'NoException',
  parameters: [
    {
      name: 'Message',
      type: 'string',
      aliases: ['Msg'],
      allowNull: true,
      allowEmptyString: true,
      sets: [{ set: 'NoException', position: 0, mandatory: true, pipeline: true }, { set: 'WithException' }],
    },
    {
      name: 'Exception',
      type: 'System.Exception',
      sets: [{ set: 'WithException', position: 0, mandatory: true }],
    },
    {
      name: 'ErrorRecord',
      type: 'System.Management.Automation.ErrorRecord',
      sets: [{ set: 'ErrorRecord', position: 0, mandatory: true }],
    },
    {
      name: 'Category',
      type: 'System.Management.Automation.ErrorCategory',
      sets: ['NoException', 'WithException'],
    },
    { name: 'ErrorId', type: 'string', sets: ['NoException', 'WithException'] },
    { name: 'TargetObject', type: 'object', sets: ['NoException', 'WithException'] },
    { name: 'RecommendedAction', type: 'string' },
    { name: 'CategoryActivity', type: 'string', aliases: ['Activity'] },
    { name: 'CategoryReason', type: 'string', aliases: ['Reason'] },
    { name: 'CategoryTargetName', type: 'string', aliases: ['TargetName'] },
    { name: 'CategoryTargetType', type: 'string', aliases: ['TargetType'] },
  ],
  start: (context) => ({
    process() {
      const message = context.string('Message');
      const given = context.get('ErrorRecord');
      let record: ErrorRecord;
      if (given instanceof ErrorRecord) {
        record = new ErrorRecord(given.exception, given.errorId, given.category, given.target);
        record.details = given.details;
        record.commandId = given.commandId;
      } else {
        const thrown = context.get('Exception');
        const value =
          thrown instanceof ExceptionValue
            ? thrown
            : exception('Microsoft.PowerShell.Commands.WriteErrorException', message);
        const id = context.string('ErrorId') || value.type.fullName;
        const category = (
          context.has('Category') ? toText(context.get('Category')) : 'NotSpecified'
        ) as ErrorCategory;
        record = new ErrorRecord(value, id, category, context.get('TargetObject'));
        if (thrown instanceof ExceptionValue && context.has('Message'))
          record.details = { message, recommendedAction: '' };
      }
      if (context.has('RecommendedAction'))
        record.details = {
          message: record.details?.message ?? record.exception.message,
          recommendedAction: context.string('RecommendedAction'),
        };
      const caller = callerOf(context);
      record.activity = context.has('CategoryActivity') ? context.string('CategoryActivity') : 'Write-Error';
      if (context.has('CategoryReason')) record.reason = context.string('CategoryReason');
      if (context.has('CategoryTargetName')) record.targetName = context.string('CategoryTargetName');
      if (context.has('CategoryTargetType')) record.targetTypeName = context.string('CategoryTargetType');
      record.invocation = caller?.invocation ?? context.invocation;
      writeRecord(context, record, caller?.commandId ?? '');
      return undefined;
    },
  }),
};

/** The id of Write-Error's own records does not name the cmdlet, but a function that called it. */
function writeRecord(context: CmdletContext, record: ErrorRecord, commandId: string): void {
  if (record.commandId === '') record.commandId = commandId;
  const { session } = context as unknown as { readonly session: Session };
  const action = (
    context as unknown as { errorAction?: () => Parameters<Session['writeError']>[2] }
  ).errorAction?.();
  const frame = (context as unknown as { readonly frame?: Session['frame'] }).frame ?? session.frame;
  session.writeError(record, frame, action);
}

const messageParameter: CmdletParameter = {
  name: 'Message',
  type: 'string',
  position: 0,
  mandatory: true,
  pipeline: true,
  aliases: ['Msg'],
  allowEmptyString: true,
};
const messageCmdlet = (stream: 'Warning' | 'Verbose' | 'Debug'): Cmdlet => ({
  name: `Write-${stream}`,
  module: utility,
  typeName: `Microsoft.PowerShell.Commands.Write${stream}Command`,
  parameters: [messageParameter],
  start: (context) => ({
    process() {
      const message = context.string('Message');
      if (stream === 'Warning') context.warning(message);
      else if (stream === 'Verbose') context.verbose(message);
      else context.debug(message);
      return undefined;
    },
  }),
});
export const writeWarning: Cmdlet = messageCmdlet('Warning');
export const writeVerbose: Cmdlet = messageCmdlet('Verbose');
export const writeDebug: Cmdlet = messageCmdlet('Debug');

export const writeInformation: Cmdlet = {
  name: 'Write-Information',
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.WriteInformationCommand',
  parameters: [
    {
      name: 'MessageData',
      type: 'object',
      position: 0,
      mandatory: true,
      pipeline: true,
      aliases: ['Msg', 'Message'],
    },
    { name: 'Tags', type: 'string[]', position: 1 },
  ],
  start: (context) => ({
    process() {
      context.information(context.get('MessageData'), context.strings('Tags'));
      return undefined;
    },
  }),
};

const progressKind = defineEnum('System.Management.Automation.ProgressRecordType', 'Processing,Completed');
const progressType = recordType(
  'System.Management.Automation.ProgressRecord',
  'ActivityId:int ParentActivityId:int! Activity:string! StatusDescription:string! CurrentOperation:string! PercentComplete:int! SecondsRemaining:int! RecordType:System.Management.Automation.ProgressRecordType!',
);
export const writeProgress: Cmdlet = {
  name: 'Write-Progress',
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.WriteProgressCommand',
  parameters: [
    { name: 'Activity', type: 'string', position: 0 },
    { name: 'Status', type: 'string', position: 1 },
    { name: 'Id', type: 'int', position: 2 },
    { name: 'PercentComplete', type: 'int' },
    { name: 'SecondsRemaining', type: 'int' },
    { name: 'CurrentOperation', type: 'string' },
    { name: 'ParentId', type: 'int' },
    { name: 'Completed', type: 'switch' },
    { name: 'SourceId', type: 'int' },
  ],
  start: (context) => ({
    process() {
      const given = (name: string, otherwise: Value): Value =>
        context.has(name) ? context.get(name) : otherwise;
      context.progress(
        makeRecord(progressType, {
          ActivityId: given('Id', 0),
          ParentActivityId: given('ParentId', -1),
          Activity: given('Activity', null),
          StatusDescription: given('Status', 'Processing'),
          CurrentOperation: given('CurrentOperation', null),
          PercentComplete: given('PercentComplete', -1),
          SecondsRemaining: given('SecondsRemaining', -1),
          RecordType: enumValue(progressKind, context.switch('Completed') ? 'Completed' : 'Processing'),
        }),
      );
      return undefined;
    },
  }),
};
