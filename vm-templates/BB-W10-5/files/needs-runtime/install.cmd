@echo off
rem install.cmd "name" version: a setup that needs a runtime which this device has not.
if exist "%ProgramW6432%\Contoso Runtime\runtime.txt" exit /b 0
exit /b 1603
