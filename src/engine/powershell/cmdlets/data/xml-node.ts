/** An element being written. Text and children do not mix. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly text?: string;
  readonly children?: readonly XmlElement[];
}

export const escapeText = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const escapeAttribute = (text: string): string => escapeText(text).replace(/"/g, '&quot;');

/** Indented as .NET's XmlWriter does, two blanks a level; `newline` undefined: on one line. */
export function xmlText(node: XmlElement, newline: string | undefined, indent = ''): string {
  const attributes = node.attributes.map(([n, v]) => ` ${n}="${escapeAttribute(v)}"`).join('');
  const open = `${indent}<${node.name}${attributes}`;
  if (node.children && node.children.length > 0) {
    const inner = node.children.map((c) => xmlText(c, newline, newline === undefined ? '' : `${indent}  `));
    return newline === undefined
      ? `${open}>${inner.join('')}</${node.name}>`
      : `${open}>${newline}${inner.join(newline)}${newline}${indent}</${node.name}>`;
  }
  if (node.text !== undefined && node.text !== '') return `${open}>${escapeText(node.text)}</${node.name}>`;
  return node.text === '' ? `${open}></${node.name}>` : `${open} />`;
}

export interface XmlRead {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlRead[];
  /** All text directly inside. */
  readonly text: string;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const unescapeXml = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
    hex !== undefined
      ? String.fromCodePoint(parseInt(hex, 16))
      : decimal !== undefined
        ? String.fromCodePoint(Number(decimal))
        : (entities[name] ?? whole),
  );

/** The root element of a document; undefined where it is not well formed. Namespaces are left in the names. */
export function readXml(source: string): XmlRead | undefined {
  const token =
    /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<!DOCTYPE[^>]*>|<\/([^\s>]+)\s*>|<([^\s/>]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/g;
  interface Open {
    name: string;
    attributes: Map<string, string>;
    children: XmlRead[];
    text: string;
  }
  const stack: Open[] = [];
  let root: XmlRead | undefined;
  const close = (node: Open): void => {
    const parent = stack.at(-1);
    if (parent) parent.children.push(node);
    else root = node;
  };
  let at = 0;
  for (let match = token.exec(source); match; match = token.exec(source)) {
    if (match.index !== at) return undefined;
    at = token.lastIndex;
    const [, data, closing, name, attributes, selfClosing, text] = match;
    const top = stack.at(-1);
    if (data !== undefined) {
      if (top) top.text += data;
    } else if (closing !== undefined) {
      const node = stack.pop();
      if (!node || node.name !== closing) return undefined;
      close(node);
    } else if (name !== undefined) {
      const map = new Map<string, string>();
      for (const [, key, double, single] of (attributes ?? '').matchAll(
        /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g,
      ))
        map.set(key as string, unescapeXml(double ?? single ?? ''));
      const node: Open = { name, attributes: map, children: [], text: '' };
      if (selfClosing) close(node);
      else stack.push(node);
    } else if (text !== undefined && top) top.text += unescapeXml(text);
  }
  return at === source.length && stack.length === 0 ? root : undefined;
}
