# include checks/common.ps1
# Every key under Win32Apps that stands for the device or a user is named, and none that stands for neither.
$answers = Get-Answers
if ($null -eq $answers) {
    return New-Verdict $false 'your answers as JSON' 'no file that can be read' $answersFile 'Run Answers.ps1: it writes the file.'
}
$named = @($answers.Users.PSObject.Properties | ForEach-Object { $_.Name })
$scopes = @(Get-Scope)
$missing = @($scopes | Where-Object { $named -notcontains $_ })
New-Verdict ($missing.Count -eq 0) "an entry for each of the $($scopes.Count) keys" "entries for $($scopes.Count - $missing.Count) of them" "$answersFile, Users" 'Win32Apps has keys that stand for neither the device nor a user. The others are GUIDs.'
$foreign = @($named | Where-Object { $scopes -notcontains $_ })
if ($named.Count -gt 0) {
    New-Verdict ($foreign.Count -eq 0) 'no other entry' $(if ($foreign.Count -eq 0) { 'none' } else { $foreign -join ', ' }) "$answersFile, Users"
}
