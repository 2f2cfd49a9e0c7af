# include checks/common.ps1
# The apps in GRS and when GRS ends for each: 24 hours after the stored time.
$answers = Get-Answers
$waiting = @(Get-Waiting)
foreach ($entry in $waiting) {
    $ends = $entry.Time.AddHours(24)
    $answer = Get-Answer $answers.Grs $entry.Id
    $time = [datetime]::MinValue
    $read = $null -ne $answer -and [datetime]::TryParse("$answer", [cultureinfo]::InvariantCulture, [Globalization.DateTimeStyles]'AssumeUniversal, AdjustToUniversal', [ref] $time)
    $right = $read -and [math]::Abs(($time - $ends).TotalMinutes) -lt 1.5
    $text = $ends.ToString('yyyy-MM-ddTHH:mm:ssZ', [cultureinfo]::InvariantCulture)
    $found = if ($null -eq $answer) { 'not named' } elseif (-not $read) { "$answer, which is no time" } else { "$answer, off by $([math]::Round(($time - $ends).TotalHours, 2)) hours" }
    New-Verdict $right $(if ($right) { $text } else { 'when the wait of this app ends, in UTC' }) $(if ($right) { "$answer" } else { $found }) "$answersFile, Grs, $($entry.Id)" 'The stored time is when the app went into GRS, in UTC. It stays there for 24 hours.'
}
$named = @($answers.Grs.PSObject.Properties | ForEach-Object { $_.Name })
$others = @($named | Where-Object { @($waiting | ForEach-Object { $_.Id }) -notcontains $_ })
if ($named.Count -gt 0) {
    New-Verdict ($others.Count -eq 0) 'no app that is not in GRS' $(if ($others.Count -eq 0) { 'none' } else { $others -join ', ' }) "$answersFile, Grs"
}
