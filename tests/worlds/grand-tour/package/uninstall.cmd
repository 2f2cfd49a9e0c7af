@echo off
rmdir /s /q "%ProgramW6432%\%~1"
exit /b 0
