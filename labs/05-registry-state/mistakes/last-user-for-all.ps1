$answers = Get-Content C:\Labs\answers.json -Raw | ConvertFrom-Json
$last = @($answers.Users.PSObject.Properties | Where-Object { $_.Value -ne 'device' })[0].Value
foreach ($user in $answers.Users.PSObject.Properties) { if ($user.Value -ne 'device') { $user.Value = $last } }
$answers | ConvertTo-Json -Depth 4 | Set-Content C:\Labs\answers.json -Encoding UTF8
