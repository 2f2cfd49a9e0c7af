# include checks/common.ps1
# Which apps failed in the installer and with which exit code, which afterwards, which do not apply.
$answers = Get-Answers
$names = Get-AppName
$apps = @(Get-CurrentApp)
$failed = @($apps | Where-Object { $_.EnforcementStateMessage.EnforcementState -eq 5000 })
foreach ($app in $failed) {
    $name = $names[$app.Id]
    if (-not $name) { continue }
    $code = [int] $app.EnforcementStateMessage.ErrorCode
    $where = "EnforcementStateMessage of $($app.Key)"
    if ($code -eq -2016345060) {
        $right = @($answers.NotDetected) -contains $name
        New-Verdict $right $(if ($right) { "$name, 0x87D1041C" } else { 'this app''s name, in the list that its ErrorCode asks for' }) $(if ($right) { $name } elseif ($null -ne (Get-Answer $answers.InstallerFailed $name)) { 'in InstallerFailed' } else { 'not named' }) $where 'Write the ErrorCode as eight hex digits. Only some of these codes hold an exit code.'
        continue
    }
    # 0x8007nnnn: the exit code nnnn as HRESULT.
    $exit = $code -band 0xFFFF
    $answer = Get-Answer $answers.InstallerFailed $name
    $right = "$answer" -eq "$exit"
    New-Verdict $right $(if ($right) { "$exit" } else { 'the exit code that this app''s installer returned' }) $(if ($null -eq $answer) { 'not named' } else { "$answer" }) $where 'The last four hex digits of 0x8007nnnn are the exit code. The log names the app of an id.'
}
foreach ($app in $apps | Where-Object { $_.ComplianceStateMessage -and $_.ComplianceStateMessage.Applicability -ne 0 }) {
    $name = $names[$app.Id]
    if (-not $name) { continue }
    $number = $app.ComplianceStateMessage.Applicability
    $answer = Get-Answer $answers.NotApplicable $name
    $right = "$answer" -eq "$number"
    New-Verdict $right $(if ($right) { "$number" } else { 'the number that says which requirement is not met' }) $(if ($null -eq $answer) { 'not named' } else { "$answer" }) "ComplianceStateMessage of $($app.Key)"
}
