# What several checks need. It reads what a real device has: registry, logs, and the learner's files.
$win32Apps = 'HKLM:\SOFTWARE\Microsoft\IntuneManagementExtension\Win32Apps'
$logs = 'C:\ProgramData\Microsoft\IntuneManagementExtension\Logs'
$answersFile = 'C:\Labs\answers.json'
$guid = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
$deviceScope = '00000000-0000-0000-0000-000000000000'

function New-Verdict([bool] $Passed, [string] $Expected, [string] $Found, [string] $Where, [string] $Hint) {
    $verdict = [ordered]@{ Passed = $Passed; Expected = $Expected; Found = $Found; Where = $Where }
    if ($Hint) { $verdict.Hint = $Hint }
    [pscustomobject] $verdict
}

# The learner's answers, or $null where there are none that can be read.
function Get-Answers {
    if (-not (Test-Path -LiteralPath $answersFile)) { return $null }
    try { Get-Content -LiteralPath $answersFile -Raw | ConvertFrom-Json } catch { $null }
}

function Get-Scope {
    Get-ChildItem -LiteralPath $win32Apps | ForEach-Object { $_.PSChildName } | Where-Object { $_ -match $guid }
}

# One object per app key: scope, id, revision and both messages, decoded.
function Get-App {
    foreach ($scope in Get-Scope) {
        foreach ($key in Get-ChildItem -LiteralPath "$win32Apps\$scope") {
            if ($key.PSChildName -notmatch '^([0-9a-f-]{36})_(\d+)$') { continue }
            $app = [ordered]@{ Scope = $scope; Id = $Matches[1]; Revision = [int] $Matches[2]; Key = $key.PSChildName }
            foreach ($message in 'ComplianceStateMessage', 'EnforcementStateMessage') {
                $app[$message] = $null
                $path = "$win32Apps\$scope\$($key.PSChildName)\$message"
                if (-not (Test-Path -LiteralPath $path)) { continue }
                $text = (Get-ItemProperty -LiteralPath $path).$message
                if ($text) { $app[$message] = $text | ConvertFrom-Json }
            }
            [pscustomobject] $app
        }
    }
}

# Only the newest revision of an app counts.
function Get-CurrentApp {
    Get-App | Group-Object Scope, Id | ForEach-Object { $_.Group | Sort-Object Revision | Select-Object -Last 1 }
}

# Name of each app by id, from the policies in the agent's logs.
function Get-AppName {
    $names = @{}
    foreach ($file in Get-ChildItem -Path "$logs\*.log" | Where-Object { $_.Name -match '^(AppWorkload|IntuneManagementExtension)' } | Sort-Object LastWriteTime) {
        # Policies repeat from check-in to check-in: a line as long as one before says the same.
        $lengths = @{}
        foreach ($line in Get-Content -LiteralPath $file.FullName) {
            if (-not $line.Contains('Get policies = [{') -or $lengths[$line.Length]) { continue }
            $lengths[$line.Length] = $true
            foreach ($match in [regex]::Matches($line, '"Id":"([0-9a-f-]{36})","Name":"([^"]+)"')) {
                $names[$match.Groups[1].Value] = $match.Groups[2].Value
            }
        }
    }
    $names
}

# Account name of an Entra object id: the id gives the SID, the SID the profile.
function Get-AccountOf([string] $ObjectId) {
    if ($ObjectId -eq $deviceScope) { return 'device' }
    # The 16 bytes of the id, as four numbers with the lowest byte first.
    $bytes = ([guid] $ObjectId).ToByteArray()
    $parts = 3, 7, 11, 15 | ForEach-Object { (([uint32] $bytes[$_] * 256 + $bytes[$_ - 1]) * 256 + $bytes[$_ - 2]) * 256 + $bytes[$_ - 3] }
    $sid = 'S-1-12-1-' + ($parts -join '-')
    $profileKey = "HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList\$sid"
    if (-not (Test-Path -LiteralPath $profileKey)) { return $null }
    Split-Path (Get-ItemProperty -LiteralPath $profileKey).ProfileImagePath -Leaf
}

# GRS values: scope, app id and the stored time in UTC.
function Get-Grs {
    foreach ($scope in Get-Scope) {
        $grs = "$win32Apps\$scope\GRS"
        if (-not (Test-Path -LiteralPath $grs)) { continue }
        foreach ($key in Get-ChildItem -LiteralPath $grs) {
            foreach ($name in $key.GetValueNames()) {
                if ($name -notmatch $guid) { continue }
                $text = $key.GetValue($name)
                $time = [datetime]::ParseExact($text, 'MM/dd/yyyy HH:mm:ss', [cultureinfo]::InvariantCulture, [Globalization.DateTimeStyles]'AssumeUniversal, AdjustToUniversal')
                [pscustomobject]@{ Scope = $scope; Id = $name; Time = $time }
            }
        }
    }
}

# Apps that failed and whose 24 hours are not over. The value is set by every attempt, so an installed app has one too.
function Get-Waiting {
    $failed = @(Get-CurrentApp | Where-Object { $_.EnforcementStateMessage.EnforcementState -eq 5000 })
    Get-Grs | Where-Object { $_.Time.AddHours(24) -gt [datetime]::UtcNow } | Where-Object {
        $entry = $_
        @($failed | Where-Object { $_.Scope -eq $entry.Scope -and $_.Id -eq $entry.Id }).Count -gt 0
    }
}

# What an answer maps a name to; names compare without case. $null where it has none.
function Get-Answer($Map, [string] $Name) {
    if ($null -eq $Map) { return $null }
    foreach ($property in $Map.PSObject.Properties) { if ($property.Name -eq $Name) { return $property.Value } }
    $null
}

# Start times of the installer of an app, oldest first, in local time, from the agent's logs.
function Get-Attempt([string] $Id) {
    $pattern = "SetCurrentDirectory: .*\\$($Id)_\d+\]LOG\]!><time=""(\d+:\d+:\d+)\.\d+"" date=""(\d+)-(\d+)-(\d+)"""
    foreach ($file in Get-ChildItem -Path "$logs\*.log" | Where-Object { $_.Name -match '^(AppWorkload|IntuneManagementExtension)' } | Sort-Object LastWriteTime) {
        foreach ($line in Get-Content -LiteralPath $file.FullName) {
            if (-not $line.Contains('SetCurrentDirectory') -or $line -notmatch $pattern) { continue }
            [datetime]::ParseExact("$($Matches[4])-$($Matches[2].PadLeft(2, '0'))-$($Matches[3].PadLeft(2, '0')) $($Matches[1])", 'yyyy-MM-dd HH:mm:ss', [cultureinfo]::InvariantCulture)
        }
    }
}

# Of the apps in GRS, the one whose first attempt is the newest.
function Get-NewestFailure {
    $newest = $null
    foreach ($entry in Get-Waiting) {
        $attempts = @(Get-Attempt $entry.Id | Sort-Object)
        if ($attempts.Count -eq 0) { continue }
        if ($null -eq $newest -or $attempts[0] -gt $newest.Attempts[0]) {
            $newest = [pscustomobject]@{ Id = $entry.Id; Stored = $entry.Time; Attempts = $attempts }
        }
    }
    $newest
}
