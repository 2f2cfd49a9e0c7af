@echo off
rem install.cmd "name" version: fails as a setup does that lacks a runtime.
if exist "%ProgramData%\Contoso\ready.txt" goto good
exit /b 1603
:good
mkdir "%ProgramW6432%\%~1"
echo %~1 %~2> "%ProgramW6432%\%~1\about.txt"
exit /b 0
