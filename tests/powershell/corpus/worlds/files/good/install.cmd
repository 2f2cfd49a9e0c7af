@echo off
rem install.cmd "name" version: a folder with the program, and an entry under Uninstall.
set TARGET=%ProgramW6432%\%~1
if not exist "%TARGET%" mkdir "%TARGET%"
echo %~1 %~2> "%TARGET%\about.txt"
reg add "HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\%~1" /v DisplayName /t REG_SZ /d "%~1" /f /reg:64 >nul
reg add "HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\%~1" /v DisplayVersion /t REG_SZ /d "%~2" /f /reg:64 >nul
exit /b 0
