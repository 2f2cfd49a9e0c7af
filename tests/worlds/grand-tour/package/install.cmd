@echo off
rem install.cmd NAME CODE: puts NAME on the device where the code is one of success, and ends with it.
if "%2"=="0" goto good
if "%2"=="3010" goto good
if "%2"=="1641" goto good
exit /b %2
:good
mkdir "%ProgramW6432%\%~1" 2>nul
echo %~1> "%ProgramW6432%\%~1\about.txt"
exit /b %2
