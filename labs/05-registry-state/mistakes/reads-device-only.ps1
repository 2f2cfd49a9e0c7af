$root = 'HKLM:\SOFTWARE\Microsoft\IntuneManagementExtension\Win32Apps\00000000-0000-0000-0000-000000000000'
$mine = @(Get-ChildItem $root | ForEach-Object { ($_.PSChildName -split '_')[0] })
$answers = Get-Content C:\Labs\answers.json -Raw | ConvertFrom-Json
foreach ($state in $answers.States.PSObject.Properties) { $state.Value = @($state.Value | Where-Object { $mine -contains $_ }) }
$answers | ConvertTo-Json -Depth 4 | Set-Content C:\Labs\answers.json -Encoding UTF8
