import { programFolder } from '../paths.ts';
import { compareVersions } from '../messages/agent-versions.ts';

export const healthCheckFile = `${programFolder}\\HealthCheck.xml`;

/** A rule of HealthCheck.xml, as far as the evaluation reads it. */
export interface HealthCheck {
  readonly description: string;
  readonly id: string;
  /** What kind of check it is; one that the evaluation does not know fails. */
  readonly type: string;
  /** Versions of Windows and of the agent that it is for; `ALL`: every one. */
  readonly os: string;
  readonly clientVersion: string;
  /** In the order that they name. */
  readonly parameters: readonly string[];
}

/**
 * Rules that the agent's package brings. Shape, first id and the whole last rule are public; the descriptions are
 * observed; the other ids, types and parameters are inferred.
 */
const shipped: readonly (HealthCheck & { readonly since?: string; readonly labels: readonly string[] })[] = [
  {
    description: 'Verify Intune Management Extension service exists.',
    id: 'b862e7a7-fe34-47f3-a648-edd4803f781a',
    type: 'ServiceExists',
    labels: ['Service name'],
    parameters: ['IntuneManagementExtension'],
  },
  {
    description: 'Verify/Remediate Intune Management Extension Service startup type.',
    id: '2ba7f1c4-6c0d-4a52-9d0e-5f5d6f1f6a31',
    type: 'ServiceStartupType',
    labels: ['Service name', 'Expected startup type'],
    parameters: ['IntuneManagementExtension', 'Automatic'],
  },
  {
    description: 'Verify/Remediate Intune Management Extension service status.',
    id: '8d1f3f0e-31f5-4d52-8a6b-0c4b9e7b2d17',
    type: 'ServiceStatus',
    labels: ['Service name', 'Expected status'],
    parameters: ['IntuneManagementExtension', 'Running'],
  },
  {
    description: 'Verify/Remediate Intune Management Extension memory usage.',
    id: 'f0a6c9b2-57d4-4c8f-b1d3-7e2a4c9d5e68',
    type: 'MemoryUsage',
    labels: ['Service name', 'Memory limit in MB'],
    parameters: ['IntuneManagementExtension', '1024'],
  },
  {
    description: 'Collect IME process resource metrics (memory, handles, threads, disk).',
    id: 'd4f7a2c1-8e3b-4f5a-9c6d-2b1e0f8a7d3c',
    type: 'ProcessMonitoring',
    labels: ['Process Monitoring Check'],
    parameters: ['ProcessMonitoring'],
    since: '1.103',
  },
].map((one) => ({ os: 'ALL', clientVersion: 'ALL', ...one }));

/** The file as the package of an agent version has it. */
export function healthCheckXml(version: string): string {
  const checks = shipped
    .filter(({ since }) => since === undefined || compareVersions(version, since) >= 0)
    .map(({ description, id, type, os, clientVersion, labels, parameters }) =>
      [
        `  <HealthCheck Description="${escaped(description)}" ID="${id}" Type="${type}">`,
        `    <Applicability OS="${os}" ClientVersion="${clientVersion}"/>`,
        ...parameters.map(
          (value, i) =>
            `    <PARAM Order="${i + 1}" Description="${escaped(labels[i] ?? '')}">${escaped(value)}</PARAM>`,
        ),
        '  </HealthCheck>',
      ].join('\r\n'),
    );
  return ['<?xml version="1.0" encoding="utf-8"?>', '<HealthChecks>', ...checks, '</HealthChecks>', ''].join(
    '\r\n',
  );
}

/** Rules of a file's text, or what is wrong with it: a learner may have edited it. */
export function readHealthChecks(text: string): readonly HealthCheck[] | { readonly error: string } {
  const checks: Mutable[] = [];
  const open: string[] = [];
  let parameter: { order: number; text: string } | undefined;
  let roots = 0;
  for (const [token] of text
    .replace(/^\uFEFF/, '')
    .matchAll(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<\/?[A-Za-z][^<>]*>|[^<]+|</g)) {
    if (token.startsWith('<!--') || token.startsWith('<?')) continue;
    const current = checks.at(-1);
    const tag = /^<(\/?)([A-Za-z][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>$/.exec(token);
    if (!tag) {
      if (token.startsWith('<')) return { error: `'${token.slice(0, 40)}' is an unexpected token.` };
      if (parameter) parameter.text += unescaped(token);
      else if (open.length === 0 && token.trim() !== '')
        return { error: 'Data at the root level is invalid.' };
      continue;
    }
    const [, closing, name = '', attributes = '', empty] = tag;
    if (closing === '/') {
      const expected = open.pop();
      if (expected !== name)
        return {
          error: `The '${expected ?? ''}' start tag does not match the end tag of '${name}'.`,
        };
      if (name === 'PARAM' && parameter && current) {
        current.found.push(parameter);
        parameter = undefined;
      }
      continue;
    }
    const value = (wanted: string): string =>
      unescaped(
        new RegExp(`\\s${wanted}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes)?.slice(1).join('') ?? '',
      );
    if (open.length === 0 && ++roots > 1) return { error: 'There are multiple root elements.' };
    if (name === 'HealthCheck')
      checks.push({
        description: value('Description'),
        id: value('ID'),
        type: value('Type'),
        os: 'ALL',
        clientVersion: 'ALL',
        found: [],
      });
    else if (name === 'Applicability' && current) {
      current.os = value('OS');
      current.clientVersion = value('ClientVersion');
    } else if (name === 'PARAM' && empty !== '/') parameter = { order: Number(value('Order')), text: '' };
    if (empty !== '/') open.push(name);
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined)
    return {
      error: `Unexpected end of file has occurred. The following elements are not closed: ${unclosed}.`,
    };
  if (roots === 0) return { error: 'Root element is missing.' };
  return checks.map(({ found, ...check }) => ({
    ...check,
    parameters: found.sort((a, b) => a.order - b.order).map((one) => one.text.trim()),
  }));
}

interface Mutable {
  readonly description: string;
  readonly id: string;
  readonly type: string;
  os: string;
  clientVersion: string;
  readonly found: { readonly order: number; readonly text: string }[];
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
