@echo off
rem uninstall.cmd "name"
rmdir /s /q "%ProgramW6432%\%~1"
reg delete "HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\%~1" /f /reg:64 >nul
exit /b 0
