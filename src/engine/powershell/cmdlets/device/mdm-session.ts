import { method, property, staticMethod } from '../../types/dotnet/define.ts';
import { dotNetError } from '../../types/errors.ts';
import { DotNetObject } from '../../types/objects.ts';
import { defineType } from '../../types/registry.ts';

const actionType = defineType('Windows.Foundation.IAsyncAction', {
  members: [method(['string ToString()', () => 'System.__ComObject'])],
});
const sessionType = defineType('Windows.Management.MdmSession', {
  members: [
    property('State', 'string', () => 'NotStarted'),
    property('Id', 'string', () => ''),
    /** A session with the server, as the enrolment's own task PushLaunch starts one. */
    method([
      'Windows.Foundation.IAsyncAction StartAsync()',
      (_self, _args, { host }) => {
        const task = host.tasks
          .list()
          .find((one) => one.name === 'PushLaunch' && one.path.includes('\\EnterpriseMgmt\\'));
        const started = task && host.tasks.start(task.path, task.name);
        if (!started?.ok)
          throw dotNetError(
            'System.UnauthorizedAccessException',
            'Access is denied. (Exception from HRESULT: 0x80070005 (E_ACCESSDENIED))',
          );
        const action = new DotNetObject(actionType, null);
        action.typeNames = ['System.__ComObject', 'System.MarshalByRefObject', 'System.Object'];
        return action;
      },
    ]),
  ],
});

/**
 * The Windows Runtime class for MDM sessions, which Windows PowerShell projects:
 * https://learn.microsoft.com/uwp/api/windows.management.mdmsessionmanager. Without an enrolment there is no session.
 */
defineType('Windows.Management.MdmSessionManager', {
  assembly:
    'Windows.Management, Version=255.255.255.255, Culture=neutral, PublicKeyToken=null, ContentType=WindowsRuntime',
  members: [
    staticMethod([
      'Windows.Management.MdmSession TryCreateSession()',
      (_self, _args, { host }) =>
        host.tasks.list().some((one) => one.path.includes('\\EnterpriseMgmt\\'))
          ? new DotNetObject(sessionType, null)
          : null,
    ]),
  ],
});
