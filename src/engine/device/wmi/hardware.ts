import type { CimClass } from './cim-value.ts';
import { serialNumber } from './operating-system.ts';
import { uint32, uint64 } from './cim-value.ts';

const namespace = 'root/cimv2';

export const baseBoard: CimClass = {
  name: 'Win32_BaseBoard',
  namespace,
  keys: ['Tag'],
  instances: (device) => [
    [
      ['Tag', 'Base Board'],
      ['Manufacturer', device.start.manufacturer],
      ['Product', device.start.model],
      ['SerialNumber', serialNumber(device.id)],
      ['Status', 'OK'],
      ['Version', 'Hyper-V UEFI Release v4.1'],
    ],
  ],
};

export const diskDrive: CimClass = {
  name: 'Win32_DiskDrive',
  namespace,
  keys: ['DeviceID'],
  instances: (device) => [
    [
      ['DeviceID', '\\\\.\\PHYSICALDRIVE0'],
      ['Caption', 'Microsoft Virtual Disk'],
      ['Index', uint32(0)],
      ['InterfaceType', 'SCSI'],
      ['MediaType', 'Fixed hard disk media'],
      ['Model', 'Microsoft Virtual Disk'],
      ['Partitions', uint32(3)],
      ['SerialNumber', serialNumber(device.id).replaceAll('-', '').slice(0, 16)],
      ['Size', uint64(device.disk.size)],
      ['Status', 'OK'],
      ['SystemName', device.computerName],
    ],
  ],
};

export const videoController: CimClass = {
  name: 'Win32_VideoController',
  namespace,
  keys: ['DeviceID'],
  instances: (device) => [
    [
      ['DeviceID', 'VideoController1'],
      ['Caption', 'Microsoft Hyper-V Video'],
      ['CurrentHorizontalResolution', uint32(1920)],
      ['CurrentVerticalResolution', uint32(1080)],
      ['Description', 'Microsoft Hyper-V Video'],
      ['DriverVersion', device.osVersion],
      ['Name', 'Microsoft Hyper-V Video'],
      ['Status', 'OK'],
    ],
  ],
};

/** A virtual machine has none. */
export const battery: CimClass = {
  name: 'Win32_Battery',
  namespace,
  keys: ['DeviceID'],
  instances: () => [],
};

export const systemInformation: CimClass = {
  name: 'MS_SystemInformation',
  namespace: 'root/WMI',
  keys: ['InstanceName'],
  instances: (device) => [
    [
      ['Active', true],
      ['BaseBoardManufacturer', device.start.manufacturer],
      ['BaseBoardProduct', device.start.model],
      ['BIOSVendor', 'Microsoft Corporation'],
      ['BIOSVersion', 'Hyper-V UEFI Release v4.1'],
      ['BIOSReleaseDate', '11/21/2023'],
      ['InstanceName', 'root\\mssmbios\\0000_0'],
      ['SystemFamily', 'Virtual Machine'],
      ['SystemManufacturer', device.start.manufacturer],
      ['SystemProductName', device.start.model],
      ['SystemSKU', 'None'],
      ['SystemVersion', 'Hyper-V UEFI Release v4.1'],
    ],
  ],
};

export const tpm: CimClass = {
  name: 'Win32_Tpm',
  namespace: 'root/cimv2/Security/MicrosoftTpm',
  keys: [],
  instances: () => [
    [
      ['IsActivated_InitialValue', true],
      ['IsEnabled_InitialValue', true],
      ['IsOwned_InitialValue', true],
      ['ManufacturerId', uint32(1_297_303_124)],
      ['ManufacturerIdTxt', 'MSFT'],
      ['ManufacturerVersion', '8217.4131.22.13878'],
      ['PhysicalPresenceVersionInfo', '1.3'],
      ['SpecVersion', '2.0, 0, 1.38'],
    ],
  ],
};

/** The system volume is not encrypted. */
export const encryptableVolume: CimClass = {
  name: 'Win32_EncryptableVolume',
  namespace: 'root/cimv2/Security/MicrosoftVolumeEncryption',
  keys: ['DeviceID'],
  instances: () => [
    [
      ['ConversionStatus', uint32(0)],
      ['DeviceID', '\\\\?\\Volume{6f2d3c1e-0000-0000-0000-300300000000}\\'],
      ['DriveLetter', 'C:'],
      ['EncryptionMethod', uint32(0)],
      ['IsVolumeInitializedForProtection', false],
      ['ProtectionStatus', uint32(0)],
      ['VolumeType', uint32(0)],
    ],
  ],
};

export const antiVirusProduct: CimClass = {
  name: 'AntiVirusProduct',
  namespace: 'root/SecurityCenter2',
  keys: ['instanceGuid'],
  instances: () => [
    [
      ['displayName', 'Windows Defender'],
      ['instanceGuid', '{D68DDC3A-831F-4fae-9E44-DA132C1ACF46}'],
      ['pathToSignedProductExe', 'windowsdefender://'],
      ['pathToSignedReportingExe', '%ProgramFiles%\\Windows Defender\\MsMpeng.exe'],
      ['productState', uint32(397_568)],
      ['timestamp', 'Tue, 08 Jul 2025 17:00:00 GMT'],
    ],
  ],
};

/** The MDM bridge's view of the hardware; the hash follows from the device's name. */
export const deviceDetail: CimClass = {
  name: 'MDM_DevDetail_Ext01',
  namespace: 'root/cimv2/mdm/dmmap',
  keys: ['InstanceID', 'ParentID'],
  instances: (device) => [
    [
      ['InstanceID', 'Ext'],
      ['ParentID', './DevDetail'],
      ['DeviceHardwareData', hardwareHash(serialNumber(device.id))],
      ['WLANMACAddress', ''],
    ],
  ],
};

function hardwareHash(serial: string): string {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let state = 1;
  for (let i = 0; i < serial.length; i++) state = (Math.imul(state, 33) + serial.charCodeAt(i)) >>> 0;
  let out = 'T0';
  while (out.length < 3998) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    out += digits[state >>> 26] ?? '';
  }
  return `${out}==`;
}
