import { dotNetError } from '../../errors.ts';
import { XmlNode, xmlUri, xmlnsUri } from './nodes.ts';

const nameStart = /[\p{L}_:]/u;
const namePart = /[\p{L}\p{Nd}\p{M}_:.\-·]/u;
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Reads a document; throws XmlException with .NET's words and places. With `into` it reads the content of that node. */
export function parseXml(text: string, preserveWhitespace: boolean, into?: XmlNode): XmlNode {
  return new Reader(text, preserveWhitespace).read(into ?? new XmlNode('document', '#document'));
}

class Reader {
  private readonly text: string;
  private readonly preserve: boolean;
  private at = 0;
  constructor(text: string, preserve: boolean) {
    this.text = text;
    this.preserve = preserve;
  }
  private place(at: number): [number, number] {
    let line = 1;
    let start = 0;
    for (let i = 0; i < at; i++)
      if (this.text[i] === '\n' || (this.text[i] === '\r' && this.text[i + 1] !== '\n')) {
        line++;
        start = i + 1;
      }
    return [line, at - start + 1];
  }
  private fail(message: string, at = this.at): never {
    const [line, column] = this.place(at);
    throw dotNetError('System.Xml.XmlException', `${message} Line ${line}, position ${column}.`, {
      LineNumber: line,
      LinePosition: column,
    });
  }
  private unexpected(): never {
    const c = this.text[this.at];
    if (c === undefined) return this.fail('Unexpected end of file has occurred.');
    const hex = c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
    return this.fail(`'${c}', hexadecimal value 0x${hex}, is an unexpected token.`);
  }

  read(into: XmlNode): XmlNode {
    const isDocument = into.kind === 'document';
    into.preserveWhitespace = this.preserve;
    const document = isDocument ? into : into.document;
    const stack: { node: XmlNode; at: number }[] = [{ node: into, at: 0 }];
    const add = (node: XmlNode): void => {
      node.document = document;
      (stack.at(-1) as { node: XmlNode }).node.append(node);
    };
    if (this.text.startsWith('\ufeff')) this.at = 1;
    while (this.at < this.text.length) {
      const start = this.at;
      const outside = isDocument && stack.length === 1;
      if (this.text[this.at] !== '<') {
        const value = this.characters(outside);
        if (outside) {
          if (value.trim() !== '') {
            this.fail('Data at the root level is invalid.', start + value.length - value.trimStart().length);
          }
          if (this.preserve && value !== '') add(new XmlNode('whitespace', '#whitespace', value));
        } else if (value.trim() === '' && !/&/.test(this.text.slice(start, this.at))) {
          const kept = (stack.at(-1) as { node: XmlNode }).node.attribute('xml:space')?.value === 'preserve';
          if (this.preserve || kept)
            add(
              kept
                ? new XmlNode('significantWhitespace', '#significant-whitespace', value)
                : new XmlNode('whitespace', '#whitespace', value),
            );
        } else add(new XmlNode('text', '#text', value));
        continue;
      }
      if (this.text.startsWith('<!--', this.at)) {
        const end = this.text.indexOf('-->', this.at + 4);
        if (end < 0)
          this.fail('Unexpected end of file while parsing Comment has occurred.', this.text.length);
        add(new XmlNode('comment', '#comment', this.text.slice(this.at + 4, end).replace(/\r\n?/g, '\n')));
        this.at = end + 3;
      } else if (this.text.startsWith('<![CDATA[', this.at)) {
        if (outside) this.fail('Data at the root level is invalid.', this.at + 3);
        const end = this.text.indexOf(']]>', this.at + 9);
        if (end < 0) this.fail('Unexpected end of file while parsing CDATA has occurred.', this.text.length);
        add(
          new XmlNode('cdata', '#cdata-section', this.text.slice(this.at + 9, end).replace(/\r\n?/g, '\n')),
        );
        this.at = end + 3;
      } else if (this.text.startsWith('<?', this.at)) this.instruction(add, start);
      else if (this.text.startsWith('<!DOCTYPE', this.at)) {
        const end = this.docTypeEnd();
        const name = /^<!DOCTYPE\s+([^\s[>]+)/.exec(this.text.slice(this.at, end))?.[1] ?? '';
        add(new XmlNode('doctype', name, this.text.slice(this.at, end)));
        this.at = end;
      } else if (this.text.startsWith('</', this.at)) {
        this.at += 2;
        const nameAt = this.at;
        const name = this.name();
        const open = stack.at(-1) as { node: XmlNode; at: number };
        if (stack.length === 1) this.fail('Unexpected end tag.', nameAt);
        if (open.node.name !== name) {
          const [line, column] = this.place(open.at);
          this.fail(
            `The '${open.node.name}' start tag on line ${line} position ${column} does not match the end tag of '${name}'.`,
            nameAt,
          );
        }
        this.blanks();
        if (this.text[this.at] !== '>') this.unexpected();
        this.at++;
        stack.pop();
      } else {
        this.at++;
        const nameAt = this.at;
        const name = this.name();
        if (outside && into.root) this.fail('There are multiple root elements.', nameAt);
        // A start tag that is never closed: what there is counts as no document at all.
        if (outside && !this.text.includes('>', this.at)) this.fail('Data at the root level is invalid.', 0);
        const element = new XmlNode('element', name);
        this.attributes(element);
        element.parent = (stack.at(-1) as { node: XmlNode }).node;
        element.document = document;
        this.namespaces(element, nameAt);
        add(element);
        if (this.text[this.at] === '/') {
          this.at++;
          if (this.text[this.at] !== '>') this.unexpected();
          element.isEmpty = true;
        } else stack.push({ node: element, at: nameAt });
        this.at++;
      }
    }
    if (stack.length > 1) {
      const names = stack
        .slice(1)
        .map((s) => s.node.name)
        .reverse()
        .join(', ');
      this.fail(
        `Unexpected end of file has occurred. The following elements are not closed: ${names}.`,
        this.text.length,
      );
    }
    if (isDocument && !into.root)
      throw dotNetError('System.Xml.XmlException', 'Root element is missing.', {
        LineNumber: 0,
        LinePosition: 0,
      });
    return into;
  }

  private instruction(add: (node: XmlNode) => void, start: number): void {
    const end = this.text.indexOf('?>', this.at);
    if (end < 0) this.fail('Unexpected end of file while parsing PI has occurred.', this.text.length);
    const body = this.text.slice(this.at + 2, end);
    const found = /^(\S+)\s*(.*)$/s.exec(body);
    const target = found?.[1] ?? '';
    if (target === 'xml') {
      if (start !== 0 && !(start === 1 && this.text[0] === '\ufeff'))
        this.fail(
          'Unexpected XML declaration. The XML declaration must be the first node in the document, and no whitespace characters are allowed to appear before it.',
          start + 2,
        );
      add(new XmlNode('declaration', 'xml', (found?.[2] ?? '').trim()));
    } else add(new XmlNode('instruction', target, found?.[2] ?? ''));
    this.at = end + 2;
  }
  private docTypeEnd(): number {
    let depth = 0;
    for (let i = this.at; i < this.text.length; i++) {
      const c = this.text[i];
      if (c === '[') depth++;
      else if (c === ']') depth--;
      else if (c === '>' && depth === 0) return i + 1;
    }
    return this.fail('Unexpected end of file has occurred.', this.text.length);
  }
  private name(): string {
    const start = this.at;
    const first = this.text[this.at];
    if (first === undefined) this.unexpected();
    if (!nameStart.test(first as string)) {
      const hex = (first as string).charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
      this.fail(`Name cannot begin with the '${first}' character, hexadecimal value 0x${hex}.`);
    }
    while (this.at < this.text.length && namePart.test(this.text[this.at] as string)) this.at++;
    return this.text.slice(start, this.at);
  }
  private blanks(): boolean {
    const start = this.at;
    while (/[ \t\r\n]/.test(this.text[this.at] ?? '')) this.at++;
    return this.at > start;
  }
  private attributes(element: XmlNode): void {
    for (;;) {
      const spaced = this.blanks();
      const c = this.text[this.at];
      if (c === '>' || c === '/') return;
      if (c === undefined)
        this.fail(
          `Unexpected end of file has occurred. The following elements are not closed: ${element.name}.`,
        );
      if (!spaced) this.unexpected();
      const nameAt = this.at;
      const name = this.name();
      this.blanks();
      if (this.text[this.at] !== '=') {
        const found = this.text[this.at] ?? '';
        this.fail(`'${found}' is an unexpected token. The expected token is '='.`);
      }
      this.at++;
      this.blanks();
      const quote = this.text[this.at];
      if (quote !== '"' && quote !== "'")
        this.fail(`'${quote ?? ''}' is an unexpected token. The expected token is '"' or '''.`);
      this.at++;
      let value = '';
      while (this.text[this.at] !== quote) {
        const one = this.text[this.at];
        if (one === undefined)
          this.fail(`Unexpected end of file while parsing Attribute Value has occurred.`);
        if (one === '<') this.fail("'<', hexadecimal value 0x3C, is an invalid attribute character.");
        if (one === '&') value += this.entity();
        else {
          value += /[\t\r\n]/.test(one as string) ? ' ' : one;
          this.at++;
          if (one === '\r' && this.text[this.at] === '\n') this.at++;
        }
      }
      this.at++;
      if (element.attribute(name)) this.fail(`'${name}' is a duplicate attribute name.`, nameAt);
      const attribute = new XmlNode('attribute', name, value);
      attribute.parent = element;
      element.attributes.push(attribute);
    }
  }
  private namespaces(element: XmlNode, at: number): void {
    for (const a of element.attributes) {
      a.document = element.document;
      if (a.name === 'xmlns' || a.prefix === 'xmlns') a.namespace = xmlnsUri;
      else if (a.prefix === 'xml') a.namespace = xmlUri;
      else if (a.prefix !== '') {
        const uri = element.lookup(a.prefix);
        if (uri === undefined) this.fail(`'${a.prefix}' is an undeclared prefix.`, at);
        a.namespace = uri as string;
      }
    }
    const uri = element.lookup(element.prefix);
    if (uri === undefined) this.fail(`'${element.prefix}' is an undeclared prefix.`, at);
    element.namespace = uri as string;
  }
  private characters(outside: boolean): string {
    let out = '';
    while (this.at < this.text.length && this.text[this.at] !== '<') {
      const c = this.text[this.at] as string;
      if (c === '&' && !outside) out += this.entity();
      else {
        if (c === ']' && this.text.startsWith(']]>', this.at))
          this.fail("']]>' is not allowed in character data.");
        const code = c.charCodeAt(0);
        if (code < 32 && code !== 9 && code !== 10 && code !== 13) {
          const hex = code.toString(16).toUpperCase().padStart(2, '0');
          this.fail(`'${c}', hexadecimal value 0x${hex}, is an invalid character.`);
        }
        this.at++;
        if (c === '\r') {
          out += '\n';
          if (this.text[this.at] === '\n') this.at++;
        } else out += c;
      }
    }
    return out;
  }
  private entity(): string {
    const reference = /&(?:#(\d+)|#x([0-9a-fA-F]+)|([\p{L}_][\p{L}\p{Nd}_.-]*));/uy;
    reference.lastIndex = this.at;
    const found = reference.exec(this.text);
    if (!found) return this.fail('An error occurred while parsing EntityName.', this.at + 1);
    if (found[3] !== undefined) {
      const value = entities[found[3]];
      if (value === undefined) this.fail(`Reference to undeclared entity '${found[3]}'.`, this.at + 1);
      this.at += found[0].length;
      return value as string;
    }
    const code = found[1] !== undefined ? Number(found[1]) : parseInt(found[2] as string, 16);
    this.at += found[0].length;
    return String.fromCodePoint(code);
  }
}
