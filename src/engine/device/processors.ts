/** The processor of every simulated device: what WMI says of it and requirements compare with. */
export const processor = {
  cores: 2,
  logical: 4,
  /** MHz. */
  speed: 2611,
} as const;
