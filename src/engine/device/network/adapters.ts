import { codeOf } from '../keyed-map.ts';

export interface NetworkAdapter {
  readonly name: string;
  /** '' while the network is down. */
  readonly address: string;
  /** `00-15-5D-0A-1B-2C` */
  readonly mac: string;
  readonly up: boolean;
}

/** Address and MAC follow from the device's name: the same in every run, different between devices. */
export function networkAdapters(device: {
  readonly id: string;
  readonly networkUp: boolean;
}): readonly NetworkAdapter[] {
  const code = codeOf(device.id);
  const byte = (shift: number): number => (code >>> shift) & 0xff;
  const hex = (value: number): string => value.toString(16).toUpperCase().padStart(2, '0');
  return [
    {
      name: 'Ethernet',
      address: device.networkUp ? `10.${byte(0) % 200}.${byte(8)}.${2 + (byte(16) % 250)}` : '',
      mac: `00-15-5D-${hex(byte(0))}-${hex(byte(8))}-${hex(byte(16))}`,
      up: device.networkUp,
    },
  ];
}
