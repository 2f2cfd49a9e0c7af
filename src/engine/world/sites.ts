import type { CloudResponse } from '../cloud/cloud.ts';

/**
 * A page of the simulated internet besides the service's own hosts: what a lab's author says a host answers. Part of
 * where a world comes from, never changed after.
 */
export interface Site {
  /** Without a query every query fits; the end `*` stands for any rest. */
  readonly url: string;
  /** Default: any. */
  readonly method?: string;
  /** Default 200. */
  readonly status?: number;
  readonly headers?: readonly (readonly [string, string])[];
  /** Text in UTF-8. */
  readonly body: string;
}

/** The host of an address, in lower case. */
export const hostOf = (url: string): string =>
  (/^[a-z]+:\/\/([^/:?#]+)/i.exec(url)?.[1] ?? url).toLowerCase();

/** True where one of the sites is on that host. */
export const hasSite = (sites: readonly Site[], host: string): boolean =>
  sites.some((site) => hostOf(site.url) === host.toLowerCase());

function fits(site: Site, method: string, url: string): boolean {
  if (site.method !== undefined && site.method.toUpperCase() !== method.toUpperCase()) return false;
  const asked = url.toLowerCase();
  const own = site.url.toLowerCase();
  if (own.endsWith('*')) return asked.startsWith(own.slice(0, -1));
  return asked === own || (!own.includes('?') && asked.replace(/[?#].*$/, '') === own);
}

/** What the first site that fits answers; 404 from a host that has others. */
export function siteAnswer(sites: readonly Site[], method: string, url: string): CloudResponse {
  const site = sites.find((one) => fits(one, method, url));
  if (!site) return { status: 404, headers: [], body: '' };
  return { status: site.status ?? 200, headers: site.headers ?? [], body: site.body };
}
