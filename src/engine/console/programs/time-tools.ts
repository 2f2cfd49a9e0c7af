import { program } from './simple.ts';

/** tzutil.exe: /g shows the zone, /s sets it. */
export const tzutil = program('tzutil.exe', (call) => {
  const [verb = '/?', zone = ''] = call.args;
  switch (verb.toLowerCase()) {
    case '/g':
      call.text(call.host.clock.zone.windowsId);
      return 0;
    case '/s': {
      const done = call.host.clock.setZone?.(zone.replace(/_dstoff$/i, ''));
      if (done?.ok) return 0;
      call.fail('The time zone ID was not recognized.  Use /l to list the available time zones.');
      return 1;
    }
    default:
      call.line(
        'Windows Time Zone Utility',
        '',
        'Usage:',
        'TZUTIL </? | /g | /s TimeZoneID[_dstoff] | /l>',
        '',
      );
      return verb === '/?' ? 0 : 1;
  }
});

/** w32tm.exe: /resync brings the clock to the true time. */
export const w32tm = program('w32tm.exe', (call) => {
  const [verb = '/?'] = call.args;
  if (verb.toLowerCase() !== '/resync') {
    call.line('w32tm [/? | /register | /unregister | /monitor | /ntte | /resync | /query | /stripchart ]');
    return verb === '/?' ? 0 : 1;
  }
  const service = call.host.services.get('W32Time');
  if (!service.ok || service.value.status !== 'Running') {
    call.line('The following error occurred: The service has not been started. (0x80070426)');
    return 1;
  }
  call.line('Sending resync command to local computer');
  const done = call.host.clock.synchronise?.();
  if (done?.ok) {
    call.line('The command completed successfully.');
    return 0;
  }
  call.line(
    done?.error.code === 'access-denied'
      ? 'The following error occurred: Access is denied. (0x80070005)'
      : 'The computer did not resync because no time data was available.',
  );
  return 1;
});
