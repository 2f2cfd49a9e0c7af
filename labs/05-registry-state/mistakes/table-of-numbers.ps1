$root = 'HKLM:\SOFTWARE\Microsoft\IntuneManagementExtension\Win32Apps'
Get-ChildItem "$root\*\*\ComplianceStateMessage" | ForEach-Object {
    $message = (Get-ItemProperty $_.PSPath).ComplianceStateMessage | ConvertFrom-Json
    [pscustomobject]@{ App = Split-Path $_.PSParentPath -Leaf; State = $message.ComplianceState }
} | Format-Table -AutoSize
