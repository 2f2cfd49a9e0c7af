# The answers as a learner finds them, worked out from registry and log.
$root = 'HKLM:\SOFTWARE\Microsoft\IntuneManagementExtension\Win32Apps'
$device = '00000000-0000-0000-0000-000000000000'
$words = @{ 1 = 'Installed'; 2 = 'NotInstalled'; 4 = 'Error'; 5 = 'Unknown'; 100 = 'Cleanup' }
$answers = [ordered]@{
    Users           = @{}
    States          = @{ Installed = @(); NotInstalled = @(); Error = @(); Unknown = @(); Cleanup = @() }
    InstallerFailed = @{}
    NotDetected     = @()
    NotApplicable   = @{}
    Grs             = @{}
}

# The agent names user id and SID side by side; ProfileList has the account of a SID.
$log = @(Get-Content C:\ProgramData\Microsoft\IntuneManagementExtension\Logs\AppWorkload*.log)
$sids = @{}
foreach ($line in $log) {
    if ($line.Contains('Processing user session') -and $line -match 'Processing user session \d+, userId: ([0-9a-f-]{36}), userSID: (S-1-12-1-[\d-]+)') { $sids[$Matches[1]] = $Matches[2] }
}
$names = @{}
foreach ($line in $log | Where-Object { $_.Contains('Get policies = [{') } | Group-Object Length | ForEach-Object { $_.Group[0] }) {
    foreach ($match in [regex]::Matches($line, '"Id":"([0-9a-f-]{36})","Name":"([^"]+)"')) { $names[$match.Groups[1].Value] = $match.Groups[2].Value }
}

$failed = @()
foreach ($scope in Get-ChildItem $root | Where-Object { $_.PSChildName -match '^[0-9a-f]{8}-' }) {
    $user = $scope.PSChildName
    if ($user -eq $device) { $answers.Users[$user] = 'device' }
    else {
        $profile = Get-ItemProperty "HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList\$($sids[$user])"
        $answers.Users[$user] = Split-Path $profile.ProfileImagePath -Leaf
    }
    $newest = @{}
    foreach ($key in Get-ChildItem $scope.PSPath | Where-Object { $_.PSChildName -match '_\d+$' }) {
        $id, $revision = $key.PSChildName -split '_'
        if (-not $newest[$id] -or [int] $revision -gt $newest[$id].Revision) { $newest[$id] = @{ Revision = [int] $revision; Path = $key.PSPath } }
    }
    foreach ($id in $newest.Keys) {
        $compliance = (Get-ItemProperty "$($newest[$id].Path)\ComplianceStateMessage" -ErrorAction SilentlyContinue).ComplianceStateMessage
        if (-not $compliance) { continue }
        $message = $compliance | ConvertFrom-Json
        $answers.States[$words[[int] $message.ComplianceState]] += $id
        if ($message.Applicability -ne 0 -and $names[$id]) { $answers.NotApplicable[$names[$id]] = $message.Applicability }
        $enforcement = (Get-ItemProperty "$($newest[$id].Path)\EnforcementStateMessage" -ErrorAction SilentlyContinue).EnforcementStateMessage
        if (-not $enforcement) { continue }
        $result = $enforcement | ConvertFrom-Json
        if ($result.EnforcementState -ne 5000) { continue }
        $failed += "$user/$id"
        if (-not $names[$id]) { continue }
        if ($result.ErrorCode -eq 0x87D1041C) { $answers.NotDetected += $names[$id] }
        else { $answers.InstallerFailed[$names[$id]] = $result.ErrorCode -band 0xFFFF }
    }
    foreach ($grs in Get-ChildItem "$root\$user\GRS" -ErrorAction SilentlyContinue) {
        foreach ($id in $grs.GetValueNames() | Where-Object { $_ }) {
            $stored = [datetime]::ParseExact($grs.GetValue($id), 'MM/dd/yyyy HH:mm:ss', [cultureinfo]::InvariantCulture)
            $ends = $stored.AddHours(24)
            if ($failed -contains "$user/$id" -and $ends -gt [datetime]::UtcNow) { $answers.Grs[$id] = $ends.ToString('yyyy-MM-ddTHH:mm:ss') + 'Z' }
        }
    }
}
$answers | ConvertTo-Json -Depth 4 | Set-Content -Path C:\Labs\answers.json -Encoding UTF8
Write-Host 'Saved C:\Labs\answers.json'
