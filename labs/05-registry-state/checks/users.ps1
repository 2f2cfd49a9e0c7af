# include checks/common.ps1
# Each user key is mapped to the account it belongs to.
$answers = Get-Answers
foreach ($scope in Get-Scope) {
    $account = Get-AccountOf $scope
    $answer = Get-Answer $answers.Users $scope
    $right = $null -ne $answer -and "$answer" -eq $account
    $expected = if ($right) { $account } elseif ($scope -eq $deviceScope) { "what this GUID stands for" } else { 'the account whose SID comes from this object id' }
    $found = if (-not $answer) { 'no answer' } else { "$answer" }
    New-Verdict $right $expected $found "$answersFile, Users, $scope" $(if ($scope -ne $deviceScope) { 'ProfileList knows accounts by SID, and an Entra account''s SID is its object id in other clothes. The agent''s log names both side by side.' })
}
