@echo off
rem install.cmd "name" version: the setup asks for a share that is not there.
if exist "%ProgramData%\Contoso\share.txt" exit /b 0
exit /b 1620
