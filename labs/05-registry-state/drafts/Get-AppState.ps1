# Prints one line per app: whose it is, its id, its state in words, and the error where there is one.
$root = 'HKLM:\SOFTWARE\Microsoft\IntuneManagementExtension\Win32Apps'
