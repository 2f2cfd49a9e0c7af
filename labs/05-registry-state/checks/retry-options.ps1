# include checks/common.ps1
$app = Get-NewestFailure
$names = Get-AppName
$now = [datetime]::UtcNow
function Format-Time([datetime] $Time) { $Time.ToString('yyyy-MM-dd HH:mm', [cultureinfo]::InvariantCulture) }
$ends = $app.Stored.AddHours(24)
$options = @(
    [pscustomobject]@{ Id = "minutes-$(Format-Time $now.AddMinutes(5))"; Text = "$($names[$app.Id]) is tried again in 5 minutes, at $(Format-Time $now.AddMinutes(5)) UTC"; Correct = $false; Explanation = 'Tries 5 minutes apart belong to one processing of an app whose exit code is a retry code. That processing is over.' }
    [pscustomobject]@{ Id = "check-in-$(Format-Time $now.AddMinutes(60))"; Text = "$($names[$app.Id]) is tried again at the next check-in, before $(Format-Time $now.AddMinutes(62)) UTC"; Correct = $false; Explanation = 'The check-in comes every 60 minutes and fetches policy. A failed app in GRS is not tried by it.' }
    [pscustomobject]@{ Id = "re-evaluation-$(Format-Time $app.Stored.AddHours(8))"; Text = "$($names[$app.Id]) is tried again when it is evaluated next, 8 hours after the failure: about $(Format-Time $app.Stored.AddHours(8)) UTC"; Correct = $false; Explanation = 'Every 8 hours the app is detected again and its state reported. Whether it may be tried is for GRS to say.' }
    [pscustomobject]@{ Id = "grs-$(Format-Time $ends)"; Text = "$($names[$app.Id]) is not tried again before $(Format-Time $ends) UTC"; Correct = $true; Explanation = "GRS keeps it for 24 hours after the stored time, $(Format-Time $app.Stored) UTC. The first evaluation after that may try it." }
)
# The right one stands at another place for each app.
$first = [int] "0x$($app.Id.Substring(0, 1))" % 4
0..3 | ForEach-Object { $options[($first + $_) % 4] }
