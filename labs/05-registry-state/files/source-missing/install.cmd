@echo off
rem install.cmd "name" version: the package was made without the folder that the setup reads from.
if exist "%~dp0media\setup.dat" exit /b 0
exit /b 1612
