/** Numbers of the state messages and their names. Checks of labs compute from these tables. */
export const complianceStates = {
  1: 'Installed',
  2: 'NotInstalled',
  4: 'Error',
  5: 'Unknown',
  100: 'Cleanup',
} as const;

export const desiredStates = {
  0: 'None',
  1: 'NotPresent',
  2: 'Present',
  3: 'Unknown',
  4: 'Available',
} as const;

export const applicabilityStates = {
  0: 'Applicable',
  1: 'RequirementsNotMet',
  3: 'HostPlatformNotApplicable',
  1000: 'ProcessorArchitectureNotApplicable',
  1001: 'MinimumDiskSpaceNotMet',
  1002: 'MinimumOSVersionNotMet',
  1003: 'MinimumPhysicalMemoryNotMet',
  1004: 'MinimumLogicalProcessorCountNotMet',
  1005: 'MinimumCPUSpeedNotMet',
  1006: 'FileSystemRequirementRuleNotMet',
  1007: 'RegistryRequirementRuleNotMet',
  1008: 'ScriptRequirementRuleNotMet',
  1009: 'NotTargetedAndSupersedingAppsNotApplicable',
  1010: 'AssignmentFiltersCriteriaNotMet',
  1011: 'AppUnsupportedDueToUnknownReason',
  1012: 'UserContextAppNotSupportedDuringDeviceOnlyCheckin',
} as const;

export const enforcementStates = {
  1000: 'Success',
  1003: 'SuccessFastNotify',
  1004: 'SuccessButDependencyFailedToInstall',
  1005: 'SuccessButDependencyWithRequirementsNotMet',
  1006: 'SuccessButDependencyPendingReboot',
  1007: 'SuccessButDependencyWithAutoInstallOff',
  1011: 'SuccessUninstallPendingReboot',
  1012: 'SuccessSupersededAppUninstallFailed',
  1013: 'SuccessSupersededAppUninstallPendingReboot',
  1014: 'SuccessSupersedingAppsDetected',
  1015: 'SuccessSupersededAppsDetected',
  1016: 'SuccessAppRemovedBySupersedence',
  1017: 'SuccessButDependencyBlockedByManagedInstallerPolicy',
  1018: 'SuccessUninstallingSupersededApps',
  2000: 'InProgress',
  2007: 'InProgressDependencyInstalling',
  2008: 'InProgressPendingReboot',
  2009: 'InProgressDownloadCompleted',
  2010: 'InProgressPendingUninstallOfSupersededApps',
  2011: 'InProgressUninstallPendingReboot',
  2012: 'InProgressPendingManagedInstaller',
  3000: 'RequirementsNotMet',
  4000: 'Unknown',
  5000: 'Error',
  5003: 'ErrorDownloadingContent',
  5006: 'ErrorConflictsPreventInstallation',
  5015: 'ErrorManagedInstallerAppLockerPolicyNotApplied',
  5999: 'ErrorWithImmediateRetry',
  6000: 'NotAttempted',
  6001: 'NotAttemptedDependencyWithFailure',
  6002: 'NotAttemptedPendingReboot',
  6003: 'NotAttemptedDependencyWithRequirementsNotMet',
  6004: 'NotAttemptedAutoInstallOff',
  6005: 'NotAttemptedDependencyWithAutoInstallOff',
  6006: 'NotAttemptedWithManagedAppNoLongerPresent',
  6009: 'NotAttemptedSupersededAppUninstallFailed',
  6010: 'NotAttemptedSupersededAppUninstallPendingReboot',
  6011: 'NotAttemptedUntargetedSupersedingAppsDetected',
  6012: 'NotAttemptedDependencyBlockedByManagedInstallerPolicy',
  6013: 'NotAttemptedUnsupportedOrIndeterminateSupersededApp',
} as const;

export type ApplicabilityState = keyof typeof applicabilityStates;
export type EnforcementState = keyof typeof enforcementStates;

/** Signed 32-bit error codes of state messages and what the admin centre says of them. */
export const errorCodes = {
  [-2016345060]: 'The application was not detected after installation completed successfully (0x87D1041C)',
  [-2016215040]: 'Unknown: the last step gave no result (0x87D30000)',
  [-2016215036]: 'Invalid detection rule (0x87D30004)',
  [-2016214939]: 'Failed to retrieve content information (0x87D30065)',
  [-2016214937]: 'Error unzipping content (0x87D30067)',
  [-2016214936]: 'Error downloading content (0x87D30068)',
  [-2016214934]: 'Content download timed out (0x87D3006A)',
  [-2016214835]: 'The user signed out while the app was processed (0x87D300CD)',
  [-2016214839]: 'The process is still running and may time out (0x87D300C9)',
  [-2147024895]: 'Incorrect function: installer exit code 1 (0x80070001)',
  [-2147024894]: 'The system cannot find the file specified (0x80070002)',
  [-2147024891]: 'Access is denied (0x80070005)',
  [-2147023293]: 'Fatal error during installation: 1603 (0x80070643)',
  [-2147023278]: 'Another installation is already in progress: 1618 (0x80070652)',
} as const;

export const notDetectedAfterInstall = -2016345060;
export const invalidDetectionRule = -2016215036;
export const contentInfoFailed = -2016214939;
export const unzipFailed = -2016214937;
export const downloadFailed = -2016214936;
export const installStillRunning = -2016214839;
export const userSignedOut = -2016214835;

/** HRESULT_FROM_WIN32: what the agent stores for an exit code; 0 and negative numbers stay. */
export const hresultFromWin32 = (exitCode: number): number =>
  exitCode <= 0 ? exitCode : (exitCode & 0xffff) | 0x80070000 | 0;

/** Values of `StatusServiceReports`, which Company Portal shows. */
export const companyPortalStates = {
  1000: 'Installed',
  1001: 'Installing',
  1003: 'InstallingPendingReboot',
  2000: 'NotApplicable',
  3000: 'Failed',
} as const;
