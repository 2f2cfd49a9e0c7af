# include checks/common.ps1
# The apps of each compliance state are named by id, all of them and no other.
$answers = Get-Answers
$words = @{ 1 = 'Installed'; 2 = 'NotInstalled'; 4 = 'Error'; 5 = 'Unknown'; 100 = 'Cleanup' }
$apps = @(Get-CurrentApp | Where-Object { $null -ne $_.ComplianceStateMessage })
foreach ($number in 1, 2, 4, 5, 100) {
    $ids = @($apps | Where-Object { $_.ComplianceStateMessage.ComplianceState -eq $number } | ForEach-Object { $_.Id } | Sort-Object -Unique)
    $named = @(Get-Answer $answers.States $words[$number] | Where-Object { $_ } | ForEach-Object { "$_".ToLower() } | Sort-Object -Unique)
    if ($ids.Count -eq 0 -and $named.Count -eq 0) { continue }
    $missing = @($ids | Where-Object { $named -notcontains $_ })
    $wrong = @($named | Where-Object { $ids -notcontains $_ })
    $right = $missing.Count -eq 0 -and $wrong.Count -eq 0
    $expected = if ($right) { "$($ids.Count) apps" } else { "each app whose ComplianceState is $number, and no other" }
    $found = "$($ids.Count - $missing.Count) of them, and $($wrong.Count) others"
    New-Verdict $right $expected $found "$answersFile, States, $($words[$number])" 'Read the keys of the device and of each user. An app with two revisions counts with the newer.'
}
