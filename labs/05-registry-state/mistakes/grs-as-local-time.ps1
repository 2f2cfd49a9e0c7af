$answers = Get-Content C:\Labs\answers.json -Raw | ConvertFrom-Json
$culture = [cultureinfo]::InvariantCulture
foreach ($app in $answers.Grs.PSObject.Properties) {
    $local = [datetime]::ParseExact($app.Value.Substring(0, 19), 'yyyy-MM-ddTHH:mm:ss', $culture)
    $app.Value = $local.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss', $culture) + 'Z'
}
$answers | ConvertTo-Json -Depth 4 | Set-Content C:\Labs\answers.json -Encoding UTF8
