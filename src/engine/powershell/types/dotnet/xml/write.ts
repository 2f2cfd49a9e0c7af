import type { XmlNode } from './nodes.ts';
import { xmlnsUri } from './nodes.ts';

export interface WriteOptions {
  readonly indent: boolean;
  readonly indentText?: string;
  readonly newline: string;
  /** Replaces the encoding an XML declaration names. */
  readonly encoding?: string;
  readonly omitDeclaration?: boolean;
}
const plain: WriteOptions = { indent: false, newline: '\n' };

export const escapeText = (text: string): string =>
  text.replace(/[&<>\r]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' })[c] as string);
export const escapeAttribute = (text: string): string =>
  text.replace(
    /[&<>"\r\n\t]/g,
    (c) =>
      ({
        '&': '&amp;',
        '<': '&lt;',
        '>': '&gt;',
        '"': '&quot;',
        '\r': '&#xD;',
        '\n': '&#xA;',
        '\t': '&#x9;',
      })[c] as string,
  );

type Scope = ReadonlyMap<string, string>;
const emptyScope: Scope = new Map([
  ['', ''],
  ['xml', 'http://www.w3.org/XML/1998/namespace'],
]);

/** Text of a node as OuterXml and Save give it. */
export function writeXml(node: XmlNode, options: WriteOptions = plain): string {
  return new Writer(options).node(node, emptyScope, 0);
}
export const writeChildren = (node: XmlNode, options: WriteOptions = plain): string => {
  const writer = new Writer(options);
  const scope = node.kind === 'element' ? scopeOf(node, emptyScope) : emptyScope;
  return node.children.map((c) => writer.node(c, scope, 0)).join('');
};
/** Prefixes an element's attributes declare, on top of `outer`. */
function scopeOf(element: XmlNode, outer: Scope): Scope {
  const scope = new Map(outer);
  for (const a of element.attributes)
    if (a.namespace === xmlnsUri) scope.set(a.name === 'xmlns' ? '' : a.localName, a.value);
  return scope;
}

class Writer {
  private readonly options: WriteOptions;
  constructor(options: WriteOptions) {
    this.options = options;
  }
  node(node: XmlNode, scope: Scope, depth: number): string {
    switch (node.kind) {
      case 'document':
      case 'fragment': {
        const parts = node.children
          .filter((c) => !(c.kind === 'declaration' && this.options.omitDeclaration))
          .map((c) => this.node(c, scope, 0));
        return parts.join(this.options.indent ? this.options.newline : '');
      }
      case 'element':
        return this.element(node, scope, depth);
      case 'attribute':
        return `${node.name}="${escapeAttribute(node.value)}"`;
      case 'text':
        return escapeText(node.value);
      case 'whitespace':
      case 'significantWhitespace':
        return node.value;
      case 'cdata':
        return `<![CDATA[${node.value}]]>`;
      case 'comment':
        return `<!--${node.value}-->`;
      case 'instruction':
        return `<?${node.name}${node.value === '' ? '' : ` ${node.value}`}?>`;
      case 'declaration': {
        const { encoding } = this.options;
        const value =
          encoding === undefined
            ? node.value
            : /encoding=/.test(node.value)
              ? node.value.replace(/encoding=(["']).*?\1/, `encoding="${encoding}"`)
              : node.value.replace(/^(version=(["']).*?\2)/, `$1 encoding="${encoding}"`);
        return `<?xml ${value}?>`;
      }
      case 'doctype':
        return node.value;
    }
  }
  private element(node: XmlNode, outer: Scope, depth: number): string {
    const scope = new Map(scopeOf(node, outer));
    let start = `<${node.name}`;
    const declared = (prefix: string): boolean => scope.get(prefix) !== undefined;
    const extra: string[] = [];
    if (
      (scope.get(node.prefix) ?? '') !== node.namespace &&
      !(node.prefix === '' && !declared('') && node.namespace === '')
    ) {
      scope.set(node.prefix, node.namespace);
      extra.push(
        `${node.prefix === '' ? 'xmlns' : `xmlns:${node.prefix}`}="${escapeAttribute(node.namespace)}"`,
      );
    }
    for (const a of node.attributes) {
      if (a.prefix !== '' && a.namespace !== xmlnsUri && scope.get(a.prefix) !== a.namespace) {
        scope.set(a.prefix, a.namespace);
        extra.push(`xmlns:${a.prefix}="${escapeAttribute(a.namespace)}"`);
      }
      start += ` ${a.name}="${escapeAttribute(a.value)}"`;
    }
    for (const one of extra) start += ` ${one}`;
    if (node.children.length === 0) return node.isEmpty ? `${start} />` : `${start}></${node.name}>`;
    const { indent, newline, indentText = '  ' } = this.options;
    const mixed = node.children.some((c) =>
      ['text', 'cdata', 'whitespace', 'significantWhitespace'].includes(c.kind),
    );
    if (!indent || mixed) {
      const inner = mixed && indent ? new Writer({ ...this.options, indent: false }) : this;
      return `${start}>${node.children.map((c) => inner.node(c, scope, depth + 1)).join('')}</${node.name}>`;
    }
    const pad = newline + indentText.repeat(depth + 1);
    const body = node.children.map((c) => pad + this.node(c, scope, depth + 1)).join('');
    return `${start}>${body}${newline}${indentText.repeat(depth)}</${node.name}>`;
  }
}
