export const paneNames = ['registry', 'script', 'logs', 'files', 'moments'] as const;
export type PaneName = (typeof paneNames)[number];
