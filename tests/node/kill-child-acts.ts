import { advanced, openAdmin, saved, typed } from './journal-driver.ts';
import type { Act } from './journal-driver.ts';

/** Work of some seconds: scripts, files, hours of the device. */
export const childActs: readonly Act[] = [
  openAdmin,
  typed('$sum = 0; foreach ($n in 1..60000) { $sum += $n }'),
  saved('C:\\Labs\\loop.ps1', 'foreach ($n in 1..300) { Set-Content "C:\\Labs\\f$n.txt" $n }'),
  typed('C:\\Labs\\loop.ps1'),
  advanced(30),
  typed('Get-ChildItem C:\\Labs | Measure-Object Length -Sum | Out-File C:\\Labs\\sum.txt'),
  typed('foreach ($n in 1..150) { New-Item "HKCU:\\Software\\K$n" | Out-Null }'),
  advanced(30),
  typed('$sum | Set-Content C:\\Labs\\total.txt'),
];
