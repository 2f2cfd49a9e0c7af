@echo off
rem install.cmd "name" version: refuses where the removal of an older version was never confirmed.
if exist "%ProgramW6432%\%~1\removed.txt" exit /b 0
exit /b 1638
