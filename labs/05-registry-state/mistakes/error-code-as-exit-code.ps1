$answers = Get-Content C:\Labs\answers.json -Raw | ConvertFrom-Json
foreach ($app in $answers.InstallerFailed.PSObject.Properties) { $app.Value = -2147024896 + $app.Value }
$answers | ConvertTo-Json -Depth 4 | Set-Content C:\Labs\answers.json -Encoding UTF8
