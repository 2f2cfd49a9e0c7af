# install.ps1 -Name name -Version version: into the profile of the user who runs it.
param([string] $Name, [string] $Version)
$target = Join-Path $env:LOCALAPPDATA "Programs\$Name"
New-Item -Path $target -ItemType Directory -Force | Out-Null
Set-Content -Path (Join-Path $target 'about.txt') -Value "$Name $Version"
$key = "HKCU:\Software\Microsoft\Windows\CurrentVersion\Uninstall\$Name"
New-Item -Path $key -Force | Out-Null
Set-ItemProperty -Path $key -Name DisplayName -Value $Name
Set-ItemProperty -Path $key -Name DisplayVersion -Value $Version
exit 0
