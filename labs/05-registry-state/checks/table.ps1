# include checks/common.ps1
# The learner's script prints a line per app: id, account, state in a word, error code where there is one.
$script = 'C:\Labs\Get-AppState.ps1'
if (-not (Test-Path -LiteralPath $script)) {
    return New-Verdict $false 'your script' 'no such file' $script 'Run the script from the editor: that saves it on the device.'
}
$words = @{ 1 = 'Installed'; 2 = 'NotInstalled'; 4 = 'Error'; 5 = 'Unknown'; 100 = 'Cleanup' }
$output = try { & $script *>&1 | Out-String -Width 400 } catch { "$_" }
$lines = @($output -split '\r?\n')
$apps = @(Get-CurrentApp | Where-Object { $null -ne $_.ComplianceStateMessage })
$named = 0; $stated = 0; $owned = 0; $coded = 0; $failing = 0
$firstUnnamed = $null; $firstUnstated = $null; $firstUnowned = $null; $firstUncoded = $null
foreach ($app in $apps) {
    # The same app can be there for several users: their line counts, if there is one.
    $owner = "(^|\s)$([regex]::Escape((Get-AccountOf $app.Scope)))(\s|$)"
    $line = $lines | Where-Object { $_ -match [regex]::Escape($app.Id) } | Sort-Object { $_ -notmatch $owner } | Select-Object -First 1
    if (-not $line) { if (-not $firstUnnamed) { $firstUnnamed = $app.Id }; continue }
    $named++
    if ($line -match "(^|\s)$($words[[int] $app.ComplianceStateMessage.ComplianceState])(\s|$)") { $stated++ } elseif (-not $firstUnstated) { $firstUnstated = $line.Trim() }
    if ($line -match $owner) { $owned++ } elseif (-not $firstUnowned) { $firstUnowned = $line.Trim() }
    $code = $app.EnforcementStateMessage.ErrorCode
    if ($code) {
        $failing++
        $hex = '{0:X8}' -f [int] $code
        if ($line -match $hex) { $coded++ } elseif (-not $firstUncoded) { $firstUncoded = $line.Trim() }
    }
}
$total = $apps.Count
New-Verdict ($named -eq $total) "a line for each of the $total apps" $(if ($named -eq $total) { "$named" } else { "$named; none for $firstUnnamed" }) $script 'Print the id of each app, of the device and of every user. Format-Table cuts columns that do not fit; -AutoSize helps.'
New-Verdict ($total -gt 0 -and $stated -eq $total) 'the state as a word in each line' $(if ($stated -eq $total) { "$stated lines" } else { "$stated of $total; first without: $firstUnstated" }) $script 'A hashtable from number to word turns the state into something readable.'
New-Verdict ($total -gt 0 -and $owned -eq $total) 'whose app it is in each line: an account name, or device' $(if ($owned -eq $total) { "$owned lines" } else { "$owned of $total; first without: $firstUnowned" }) $script
if ($failing -gt 0) {
    New-Verdict ($coded -eq $failing) 'the error as eight hex digits where there is one' $(if ($coded -eq $failing) { "$coded lines" } else { "$coded of $failing; first without: $firstUncoded" }) $script "'{0:X8}' -f writes a number in hex."
}
