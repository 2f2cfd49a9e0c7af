import type { DotNetType } from '../../dotnet-type.ts';
import { defineEnum, defineType } from '../../registry.ts';
import { PSReference } from '../../value.ts';

export const nodeTypeEnum = defineEnum(
  'System.Xml.XmlNodeType',
  'None,Element,Attribute,Text,CDATA,EntityReference,Entity,ProcessingInstruction,Comment,Document,DocumentType,DocumentFragment,Notation,Whitespace,SignificantWhitespace,EndElement,EndEntity,XmlDeclaration',
);
export type NodeKind =
  | 'element'
  | 'attribute'
  | 'text'
  | 'cdata'
  | 'comment'
  | 'instruction'
  | 'document'
  | 'fragment'
  | 'doctype'
  | 'whitespace'
  | 'significantWhitespace'
  | 'declaration';

export const xmlNodeType = defineType('System.Xml.XmlNode', {
  isAbstract: true,
  interfaces: ['System.Collections.IEnumerable', 'System.ICloneable'],
});
const linked = defineType('System.Xml.XmlLinkedNode', { baseType: xmlNodeType, isAbstract: true });
const characterData = defineType('System.Xml.XmlCharacterData', { baseType: linked, isAbstract: true });
const type = (name: string, baseType: DotNetType): DotNetType =>
  defineType(`System.Xml.${name}`, { baseType });
export const types: Readonly<Record<NodeKind, DotNetType>> = {
  element: type('XmlElement', linked),
  attribute: type('XmlAttribute', xmlNodeType),
  text: type('XmlText', characterData),
  cdata: type('XmlCDataSection', characterData),
  comment: type('XmlComment', characterData),
  instruction: type('XmlProcessingInstruction', linked),
  document: type('XmlDocument', xmlNodeType),
  fragment: type('XmlDocumentFragment', xmlNodeType),
  doctype: type('XmlDocumentType', linked),
  whitespace: type('XmlWhitespace', characterData),
  significantWhitespace: type('XmlSignificantWhitespace', characterData),
  declaration: type('XmlDeclaration', linked),
};
/** XmlNodeType of each kind. */
export const nodeTypeNumbers: Readonly<Record<NodeKind, number>> = {
  element: 1,
  attribute: 2,
  text: 3,
  cdata: 4,
  instruction: 7,
  comment: 8,
  document: 9,
  doctype: 10,
  fragment: 11,
  whitespace: 13,
  significantWhitespace: 14,
  declaration: 17,
};

export const xmlnsUri = 'http://www.w3.org/2000/xmlns/';
export const xmlUri = 'http://www.w3.org/XML/1998/namespace';

/** A node of a document: name and value as far as its kind has them. */
export class XmlNode extends PSReference {
  readonly kind: NodeKind;
  document: XmlNode | undefined;
  parent: XmlNode | undefined = undefined;
  prefix: string;
  localName: string;
  namespace: string;
  /** Of attributes, texts, comments and the like. */
  value: string;
  readonly children: XmlNode[] = [];
  readonly attributes: XmlNode[] = [];
  /** An element written as `<a />`. */
  isEmpty = false;
  /** Of a document. */
  preserveWhitespace = false;
  constructor(kind: NodeKind, name: string, value = '', namespace = '') {
    super();
    this.kind = kind;
    const colon = kind === 'element' || kind === 'attribute' ? name.indexOf(':') : -1;
    this.prefix = colon < 0 ? '' : name.slice(0, colon);
    this.localName = name.slice(colon + 1);
    this.namespace = namespace;
    this.value = value;
  }
  get dotNetType(): DotNetType {
    return types[this.kind];
  }
  get name(): string {
    return this.prefix === '' ? this.localName : `${this.prefix}:${this.localName}`;
  }
  get root(): XmlNode | undefined {
    return this.children.find((c) => c.kind === 'element');
  }
  append(child: XmlNode): void {
    child.parent = this;
    this.children.push(child);
    this.isEmpty = false;
  }
  attribute(name: string): XmlNode | undefined {
    return this.attributes.find((a) => a.name === name);
  }
  attributeNs(localName: string, namespace: string): XmlNode | undefined {
    return this.attributes.find((a) => a.localName === localName && a.namespace === namespace);
  }
  setAttribute(name: string, value: string, namespace = ''): XmlNode {
    const found =
      namespace === '' ? this.attribute(name) : this.attributeNs(name.replace(/^.*:/, ''), namespace);
    if (found) {
      found.value = value;
      return found;
    }
    const made = new XmlNode('attribute', name, value, /^xmlns(:|$)/.test(name) ? xmlnsUri : namespace);
    made.parent = this;
    made.document = this.document;
    this.attributes.push(made);
    return made;
  }
  /** Concatenated text of the node and what is below it. */
  get innerText(): string {
    switch (this.kind) {
      case 'element':
      case 'fragment':
      case 'document':
        return this.children
          .filter((c) => c.kind !== 'comment' && c.kind !== 'instruction' && c.kind !== 'declaration')
          .map((c) => c.innerText)
          .join('');
      default:
        return this.value;
    }
  }
  set innerText(text: string) {
    if (this.kind !== 'element' && this.kind !== 'fragment') {
      this.value = text;
      return;
    }
    this.removeAll();
    if (text !== '') {
      const node = new XmlNode('text', '#text', text);
      node.document = this.document;
      this.append(node);
    }
    this.isEmpty = false;
  }
  removeAll(): void {
    for (const child of this.children) child.parent = undefined;
    this.children.length = 0;
  }
  detach(): void {
    if (!this.parent) return;
    const list = this.kind === 'attribute' ? this.parent.attributes : this.parent.children;
    const at = list.indexOf(this);
    if (at >= 0) list.splice(at, 1);
    this.parent = undefined;
  }
  /** URI a prefix stands for here; undefined where it is not declared. */
  lookup(prefix: string): string | undefined {
    if (prefix === 'xml') return xmlUri;
    if (prefix === 'xmlns') return xmlnsUri;
    const declared = this.attribute(prefix === '' ? 'xmlns' : `xmlns:${prefix}`);
    if (declared) return declared.value;
    if (this.kind === 'element' && this.prefix === prefix && this.namespace !== '') return this.namespace;
    return this.parent ? this.parent.lookup(prefix) : prefix === '' ? '' : undefined;
  }
  /** A copy that belongs to `document`. */
  copy(deep: boolean, document = this.document): XmlNode {
    const made = new XmlNode(this.kind, this.name, this.value, this.namespace);
    made.document = document;
    made.isEmpty = this.isEmpty;
    made.preserveWhitespace = this.preserveWhitespace;
    const owner = this.kind === 'document' ? made : document;
    for (const a of this.attributes) {
      const attribute = a.copy(true, owner);
      attribute.parent = made;
      made.attributes.push(attribute);
    }
    if (deep)
      for (const child of this.children) {
        const copied = child.copy(true, owner);
        copied.parent = made;
        made.children.push(copied);
      }
    return made;
  }
}
