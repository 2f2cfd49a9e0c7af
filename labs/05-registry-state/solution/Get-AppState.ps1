# Prints one line per app: whose it is, its id, its state in words, and the error where there is one.
$root = 'HKLM:\SOFTWARE\Microsoft\IntuneManagementExtension\Win32Apps'
$device = '00000000-0000-0000-0000-000000000000'
$states = @{ 1 = 'Installed'; 2 = 'NotInstalled'; 4 = 'Error'; 5 = 'Unknown'; 100 = 'Cleanup' }

function Get-Account([string] $ObjectId) {
    if ($ObjectId -eq $device) { return 'device' }
    # The 16 bytes of the id, as four numbers with the lowest byte first.
    $bytes = ([guid] $ObjectId).ToByteArray()
    $parts = 3, 7, 11, 15 | ForEach-Object { (([uint32] $bytes[$_] * 256 + $bytes[$_ - 1]) * 256 + $bytes[$_ - 2]) * 256 + $bytes[$_ - 3] }
    $sid = 'S-1-12-1-' + ($parts -join '-')
    $key = "HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList\$sid"
    if (Test-Path $key) { Split-Path (Get-ItemProperty $key).ProfileImagePath -Leaf } else { $ObjectId }
}

$rows = foreach ($scope in Get-ChildItem $root | Where-Object { $_.PSChildName -match '^[0-9a-f]{8}-' }) {
    foreach ($app in Get-ChildItem $scope.PSPath | Where-Object { $_.PSChildName -match '_\d+$' }) {
        $compliance = (Get-ItemProperty "$($app.PSPath)\ComplianceStateMessage" -ErrorAction SilentlyContinue).ComplianceStateMessage
        if (-not $compliance) { continue }
        $message = $compliance | ConvertFrom-Json
        $enforcement = (Get-ItemProperty "$($app.PSPath)\EnforcementStateMessage" -ErrorAction SilentlyContinue).EnforcementStateMessage
        $code = if ($enforcement) { ($enforcement | ConvertFrom-Json).ErrorCode }
        [pscustomobject]@{
            Owner    = Get-Account $scope.PSChildName
            App      = $app.PSChildName -replace '_\d+$'
            Revision = [int] ($app.PSChildName -replace '^.*_')
            State    = $states[[int] $message.ComplianceState]
            Error    = if ($code) { '0x{0:X8}' -f $code } else { '' }
        }
    }
}
$rows | Group-Object Owner, App | ForEach-Object { $_.Group | Sort-Object Revision | Select-Object -Last 1 } |
    Sort-Object Owner, State, App | Format-Table Owner, App, State, Error -AutoSize
