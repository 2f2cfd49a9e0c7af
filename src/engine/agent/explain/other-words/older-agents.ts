/** IntuneManagementExtension.log of 2019 to 2022: steps of the older chain that mean nothing of their own. */
export const olderAgentsWords: readonly string[] = [
  // Public: an interpreter of such logs in Python, notes of administrators.
  '[Win32App] No ExtendedRequirementRules for this App. Skipping Check Extended requirement rule{rest}',
  'JobError callback (Context: {context}; ErrorCode: {code}) for job {job}',
  'Job {job} ({state}) failed to complete, cancelling...',
  'Exception occurs when downloading content using DO, the file id is {file}, exception is {exception}',
  '[StatusService] Unable to get error code and hence returning unknown.',
  '[StatusService] Returning AppInstallStatus as {status} since Compliance State is {n}.',
  '[StatusService] Saved AppInstallStatusReport for user {userId} for app {appId} in the StatusServiceReports registry.',
  '[StatusService] No subscribers to SendUpdate.',
  '[Win32App] CDN mode, content raw URL is {url}',
  '[Win32App] Start unzipping.{rest}',
  '[Win32App] Start unzipping.',
  '[ExternalCDN] ExternalCDN App Content downloaded and verified{rest}',
  '[Win32App] Trying to get elevated token for user.',
  '[Win32App] Admin did NOT set any return codes for app{rest}',
  '[Win32App] app result (id = {rest}',
  '[Win32App] intent is to un-install, skip applicability check{rest}',
  'removing content from cache {path}',
];
