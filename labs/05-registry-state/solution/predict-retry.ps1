# What a learner works out: the newest failure, and 24 hours after its GRS value.
$root = 'HKLM:\SOFTWARE\Microsoft\IntuneManagementExtension\Win32Apps'
$log = @(Get-Content C:\ProgramData\Microsoft\IntuneManagementExtension\Logs\AppWorkload*.log | Where-Object { $_.Contains('SetCurrentDirectory') })
$newest = ''
$ends = $null
foreach ($key in Get-ChildItem "$root\*\GRS\*") {
    foreach ($id in $key.GetValueNames() | Where-Object { $_ }) {
        # Only what failed waits.
        $scope = ($key.Name -split '\\')[5]
        $state = (Get-ItemProperty "$root\$scope\$($id)_*\EnforcementStateMessage").EnforcementStateMessage
        if (@($state)[-1] -notmatch '"EnforcementState":5000') { continue }
        $first = $log | Where-Object { $_ -match "$($id)_\d+\].*time=""([\d:]+)\.\d+"" date=""(\d+)-(\d+)-(\d+)""" } | ForEach-Object { '{0}-{1:00}-{2:00} {3}' -f $Matches[4], [int] $Matches[2], [int] $Matches[3], $Matches[1] } | Sort-Object | Select-Object -First 1
        if ($first -gt $newest) {
            $newest = $first
            $ends = [datetime]::ParseExact($key.GetValue($id), 'MM/dd/yyyy HH:mm:ss', [cultureinfo]::InvariantCulture).AddHours(24)
        }
    }
}
'grs-' + $ends.ToString('yyyy-MM-dd HH:mm', [cultureinfo]::InvariantCulture)
