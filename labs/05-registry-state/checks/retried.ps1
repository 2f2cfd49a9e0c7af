# include checks/common.ps1
# The app of the prediction was tried again on another day: two attempts in the log at least 20 hours apart.
$app = Get-NewestFailure
if ($null -eq $app) { return New-Verdict $false 'an app with a GRS value and its attempt in the log' 'none' $logs }
$later = @($app.Attempts | Where-Object { $_ -ge $app.Attempts[0].AddHours(20) })
$found = if ($later.Count -gt 0) { "a new attempt at $($later[0].ToString('yyyy-MM-dd HH:mm:ss', [cultureinfo]::InvariantCulture))" } else { "the first attempt at $($app.Attempts[0].ToString('yyyy-MM-dd HH:mm:ss', [cultureinfo]::InvariantCulture)) and none on another day" }
New-Verdict ($later.Count -gt 0) 'an attempt after the wait is over' $found "AppWorkload.log, SetCurrentDirectory … $($app.Id)" 'Run the clock past the time at which GRS ends, and on to the re-evaluation that follows it.'
