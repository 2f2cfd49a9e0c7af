@echo off
rem install.cmd "name" version: another installation always seems to run.
if exist "%ProgramData%\Contoso\installer-free.txt" exit /b 0
exit /b 1618
