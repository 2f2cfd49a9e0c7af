import type { Bytes } from '../../../../base/bytes.ts';
import { fromUint8Array, toUint8Array } from '../../../../base/bytes.ts';
import { decodeText, encodingByWebName, utf8NoBom } from '../../providers/encoding.ts';
import { context } from '../ambient.ts';
import { DictionaryValue, SequenceValue } from '../collections.ts';
import type { DotNetMember, DotNetType } from '../dotnet-type.ts';
import { elementsOf } from '../enumerate.ts';
import { ConversionError, DotNetError, dotNetError, runtimeError } from '../errors.ts';
import { DotNetObject, double, EnumValue, PSArray } from '../objects.ts';
import { defineEnum, defineType } from '../registry.ts';
import { toText } from '../text.ts';
import { typeConverters } from '../type-converters.ts';
import type { Value } from '../value.ts';
import { isNull } from '../value.ts';
import { callMethod } from '../member.ts';
import { bits, flag, int, required, state, str } from './arguments.ts';
import { constructors, method, property, staticMethod } from './define.ts';
import { fullPath } from './paths.ts';
import { isStream, readFile, streamOf, writeBytes, writeFile } from './stream.ts';
import { nodeTypeEnum, nodeTypeNumbers, types, XmlNode, xmlnsUri, xmlNodeType } from './xml/nodes.ts';
import { parseXml } from './xml/parse.ts';
import { escapeAttribute, escapeText, writeChildren, writeXml } from './xml/write.ts';
import { evaluateXPath, selectNodes } from './xml/xpath.ts';
import type { XPathValue } from './xml/xpath.ts';

const x = (v: Value | undefined): XmlNode => v as XmlNode;
const documentOf = (v: Value): XmlNode | undefined => (x(v).kind === 'document' ? x(v) : x(v).document);

/** XmlNodeList and the like: what it holds is asked anew each time. */
class NodeList extends SequenceValue {
  readonly list: () => readonly XmlNode[];
  constructor(type: DotNetType, list: () => readonly XmlNode[]) {
    super(type, list);
    this.list = list;
  }
}
const listOf = (v: Value): readonly XmlNode[] => (v as NodeList).list();
const nodeListType = defineType('System.Xml.XmlNodeList', { interfaces: ['System.Collections.IEnumerable'] });
const childNodesType = defineType('System.Xml.XmlChildNodes', {
  baseType: nodeListType,
  interfaces: ['System.Collections.IEnumerable'],
});
const xpathListType = defineType('System.Xml.XPathNodeList', {
  baseType: nodeListType,
  interfaces: ['System.Collections.IEnumerable'],
});
const elementListType = defineType('System.Xml.XmlElementList', {
  baseType: nodeListType,
  interfaces: ['System.Collections.IEnumerable'],
});
const attributesType = defineType('System.Xml.XmlAttributeCollection', {
  interfaces: ['System.Collections.ICollection', 'System.Collections.IEnumerable'],
});
const byIndex = (v: Value, index: number): Value => listOf(v)[index] ?? null;
defineType(nodeListType.fullName, {
  members: [
    property('Count', 'int', (v) => listOf(v).length),
    method(['System.Xml.XmlNode Item(int index)', (v, a) => byIndex(v, int(a[0]))]),
    method(['System.Xml.XmlNode get_ItemOf(int i)', (v, a) => byIndex(v, int(a[0]))]),
  ],
});
const named = (v: Value, name: Value | undefined): Value =>
  listOf(v).find((n) => n.name === str(name)) ?? null;
function appendAttribute(v: Value, given: Value | undefined): Value {
  const owner = (v as AttributeList).owner;
  const attribute = x(given);
  owner.attributeNs(attribute.localName, attribute.namespace)?.detach();
  attribute.detach();
  attribute.parent = owner;
  owner.attributes.push(attribute);
  return attribute;
}
class AttributeList extends NodeList {
  readonly owner: XmlNode;
  constructor(owner: XmlNode) {
    super(attributesType, () => owner.attributes);
    this.owner = owner;
  }
}
defineType(attributesType.fullName, {
  members: [
    property('Count', 'int', (v) => listOf(v).length),
    method(
      ['System.Xml.XmlAttribute get_Item(int i)', (v, a) => byIndex(v, int(a[0]))],
      ['System.Xml.XmlAttribute get_Item(string name)', (v, a) => named(v, a[0])],
    ),
    method(
      ['System.Xml.XmlAttribute get_ItemOf(int i)', (v, a) => byIndex(v, int(a[0]))],
      ['System.Xml.XmlAttribute get_ItemOf(string name)', (v, a) => named(v, a[0])],
    ),
    // A parameterized property is called like a method.
    {
      ...method(
        ['System.Xml.XmlAttribute ItemOf(int i)', (v, a) => byIndex(v, int(a[0]))],
        ['System.Xml.XmlAttribute ItemOf(string name)', (v, a) => named(v, a[0])],
      ),
      hidden: true,
    },
    method(['System.Xml.XmlNode GetNamedItem(string name)', (v, a) => named(v, a[0])]),
    method(['System.Xml.XmlNode Item(int index)', (v, a) => byIndex(v, int(a[0]))]),
    method([
      'System.Xml.XmlAttribute Append(System.Xml.XmlAttribute node)',
      (v, a) => appendAttribute(v, a[0]),
    ]),
    method(['System.Xml.XmlNode SetNamedItem(System.Xml.XmlNode node)', (v, a) => appendAttribute(v, a[0])]),
    method([
      'System.Xml.XmlAttribute Remove(System.Xml.XmlAttribute node)',
      (_v, a) => {
        x(a[0]).detach();
        return a[0] ?? null;
      },
    ]),
    method([
      'System.Xml.XmlNode RemoveNamedItem(string name)',
      (v, a) => {
        const found = named(v, a[0]);
        if (found !== null) x(found).detach();
        return found;
      },
    ]),
    method([
      'void RemoveAll()',
      (v) => {
        (v as AttributeList).owner.attributes.length = 0;
      },
    ]),
  ],
});

interface Namespaces {
  readonly prefixes: Map<string, string>;
}
const managerType = defineType('System.Xml.XmlNamespaceManager', {
  interfaces: ['System.Collections.IEnumerable'],
});
const nameTableType = defineType('System.Xml.NameTable', { baseType: defineType('System.Xml.XmlNameTable') });
const nameTable = new DotNetObject(nameTableType, null);
nameTableType.constructors = constructors(['System.Xml.NameTable new()', () => nameTable]);
const prefixesOf = (v: Value): Map<string, string> => state<Namespaces>(v).prefixes;
defineType(managerType.fullName, {
  constructors: constructors([
    'System.Xml.XmlNamespaceManager new(System.Xml.XmlNameTable nameTable)',
    () =>
      new DotNetObject<Namespaces>(managerType, {
        prefixes: new Map([
          ['xml', 'http://www.w3.org/XML/1998/namespace'],
          ['xmlns', xmlnsUri],
          ['', ''],
        ]),
      }),
  ]),
  members: [
    property('DefaultNamespace', 'string', (v) => prefixesOf(v).get('') ?? ''),
    property('NameTable', 'System.Xml.XmlNameTable', () => nameTable),
    method([
      'void AddNamespace(string prefix, string uri)',
      (v, a) => {
        prefixesOf(v).set(str(a[0]), required(a[1], 'uri'));
      },
    ]),
    method([
      'void RemoveNamespace(string prefix, string uri)',
      (v, a) => {
        prefixesOf(v).delete(str(a[0]));
      },
    ]),
    method(['string LookupNamespace(string prefix)', (v, a) => prefixesOf(v).get(str(a[0])) ?? null]),
    method([
      'string LookupPrefix(string uri)',
      (v, a) => [...prefixesOf(v)].find(([, uri]) => uri === str(a[0]))?.[0] ?? null,
    ]),
    method(['bool HasNamespace(string prefix)', (v, a) => prefixesOf(v).has(str(a[0]))]),
  ],
});
const resolver = (v: Value | undefined): ((prefix: string) => string | undefined) =>
  v instanceof DotNetObject && v.type === managerType
    ? (prefix) => prefixesOf(v).get(prefix)
    : (prefix) => {
        throw dotNetError(
          'System.Xml.XPath.XPathException',
          `Namespace Manager or XsltContext needed. This query has a prefix, variable, or user-defined function.`,
          { Prefix: prefix },
        );
      };
const select = (v: Value, a: readonly Value[]): readonly XmlNode[] =>
  selectNodes(required(a[0], 'xpath'), x(v), resolver(a[1]));

/** Nodes of an XPath expression for Select-Xml; `namespaces` maps prefixes to URIs. Throws XPathException. */
export function selectXml(node: Value, xpath: string, namespaces: Value): readonly Value[] {
  if (!(node instanceof XmlNode)) return [];
  const known =
    namespaces instanceof DictionaryValue
      ? new Map([...namespaces.entries.values()].map((e) => [toText(e.key), toText(e.value)]))
      : undefined;
  return selectNodes(xpath, node, known ? (prefix) => known.get(prefix) : resolver(undefined));
}

function checkChild(parent: XmlNode, child: XmlNode): void {
  if (parent.kind === 'document' && child.kind === 'element' && parent.root && parent.root !== child)
    throw dotNetError(
      'System.InvalidOperationException',
      "This document already has a 'DocumentElement' node.",
    );
  if (parent.kind !== 'element' && parent.kind !== 'document' && parent.kind !== 'fragment')
    throw dotNetError('System.InvalidOperationException', 'The current node cannot contain other nodes.');
  const own = parent.kind === 'document' ? parent : parent.document;
  if (child.document && own && child.document !== own)
    throw dotNetError(
      'System.ArgumentException',
      'The node to be inserted is from a different document context.',
    );
  for (let at: XmlNode | undefined = parent; at; at = at.parent)
    if (at === child)
      throw dotNetError(
        'System.ArgumentException',
        'Cannot insert a node or any ancestor of that node as a child of itself.',
      );
}
/** Puts a node, or the children of a fragment, before `before` (at the end where that is undefined). */
function insert(v: Value, given: Value | undefined, before: XmlNode | undefined): Value {
  const parent = x(v);
  const child = x(given);
  checkChild(parent, child);
  const nodes = child.kind === 'fragment' ? [...child.children] : [child];
  for (const node of nodes) {
    node.detach();
    node.parent = parent;
    const at = before ? parent.children.indexOf(before) : parent.children.length;
    if (at < 0)
      throw dotNetError('System.ArgumentException', 'The reference node is not a child of this node.');
    parent.children.splice(at, 0, node);
  }
  parent.isEmpty = false;
  return child;
}
const nextOf = (v: Value, step: number): XmlNode | undefined => {
  const list = x(v).parent?.children;
  return list?.[list.indexOf(x(v)) + step];
};
const removeChild = (v: Value, child: Value | undefined): Value => {
  if (x(child).parent !== x(v))
    throw dotNetError('System.ArgumentException', 'The node to be removed is not a child of this node.');
  x(child).detach();
  return child ?? null;
};
function setInner(v: Value, text: string): void {
  x(v).removeAll();
  parseFragment(x(v), text);
}
/** The content of a node from text: it may have several elements and text at the top. */
function parseFragment(into: XmlNode, text: string): void {
  const holder = new XmlNode('fragment', '#document-fragment');
  holder.document = into.kind === 'document' ? into : into.document;
  holder.parent = into.kind === 'element' ? into : undefined;
  parseXml(text, true, holder);
  holder.parent = undefined;
  for (const child of [...holder.children]) {
    child.parent = into;
    into.children.push(child);
  }
  into.isEmpty = false;
}
const descendants = (node: XmlNode, name: string, namespace?: string): XmlNode[] =>
  node.children.flatMap((c) => [
    ...(c.kind === 'element' &&
    (namespace === undefined
      ? name === '*' || c.name === name
      : (name === '*' || c.localName === name) && (namespace === '*' || c.namespace === namespace))
      ? [c]
      : []),
    ...descendants(c, name, namespace),
  ]);
const hasValue = (node: XmlNode): boolean => !['element', 'document', 'fragment'].includes(node.kind);

defineType(xmlNodeType.fullName, {
  members: [
    // PowerShell's own: .NET would give the type's name.
    method(['string ToString()', (v) => x(v).localName]),
    property('Name', 'string', (v) => x(v).name),
    property('LocalName', 'string', (v) => x(v).localName),
    property('NamespaceURI', 'string', (v) => x(v).namespace),
    property(
      'Prefix',
      'string',
      (v) => x(v).prefix,
      (v, value) => {
        x(v).prefix = toText(value);
      },
    ),
    property(
      'NodeType',
      'System.Xml.XmlNodeType',
      (v) => new EnumValue(nodeTypeEnum, nodeTypeNumbers[x(v).kind]),
    ),
    property('ParentNode', 'System.Xml.XmlNode', (v) =>
      x(v).kind === 'attribute' ? null : (x(v).parent ?? null),
    ),
    property('OwnerElement', 'System.Xml.XmlElement', (v) =>
      x(v).kind === 'attribute' ? (x(v).parent ?? null) : null,
    ),
    property('OwnerDocument', 'System.Xml.XmlDocument', (v) =>
      x(v).kind === 'document' ? null : (x(v).document ?? null),
    ),
    property('HasChildNodes', 'bool', (v) => x(v).children.length > 0),
    property(
      'ChildNodes',
      'System.Xml.XmlNodeList',
      (v) => new NodeList(childNodesType, () => x(v).children),
    ),
    property('FirstChild', 'System.Xml.XmlNode', (v) => x(v).children[0] ?? null),
    property('LastChild', 'System.Xml.XmlNode', (v) => x(v).children.at(-1) ?? null),
    property('NextSibling', 'System.Xml.XmlNode', (v) => nextOf(v, 1) ?? null),
    property('PreviousSibling', 'System.Xml.XmlNode', (v) =>
      x(v).parent?.children[0] === x(v) ? null : (nextOf(v, -1) ?? null),
    ),
    property('Attributes', 'System.Xml.XmlAttributeCollection', (v) =>
      x(v).kind === 'element' ? new AttributeList(x(v)) : null,
    ),
    property(
      'Value',
      'string',
      (v) => (hasValue(x(v)) ? x(v).value : null),
      (v, value) => {
        if (!hasValue(x(v)))
          throw dotNetError(
            'System.InvalidOperationException',
            `Cannot set a value on node type '${x(v).kind === 'element' ? 'Element' : 'Document'}'.`,
          );
        x(v).value = toText(value);
      },
    ),
    property(
      'InnerText',
      'string',
      (v) => x(v).innerText,
      (v, value) => {
        x(v).innerText = toText(value);
      },
    ),
    property(
      'InnerXml',
      'string',
      (v) => (hasValue(x(v)) ? escapeText(x(v).kind === 'attribute' ? x(v).value : '') : writeChildren(x(v))),
      (v, value) => {
        if (x(v).kind === 'document') load(x(v), toText(value));
        else setInner(v, toText(value));
      },
    ),
    property('OuterXml', 'string', (v) => writeXml(x(v))),
    property('IsReadOnly', 'bool', () => false),
    property('BaseURI', 'string', () => ''),
    method([
      'System.Xml.XmlNode AppendChild(System.Xml.XmlNode newChild)',
      (v, a) => insert(v, a[0], undefined),
    ]),
    method([
      'System.Xml.XmlNode PrependChild(System.Xml.XmlNode newChild)',
      (v, a) => insert(v, a[0], x(v).children[0]),
    ]),
    method([
      'System.Xml.XmlNode InsertBefore(System.Xml.XmlNode newChild, System.Xml.XmlNode refChild)',
      (v, a) => insert(v, a[0], isNull(a[1] ?? null) ? undefined : x(a[1])),
    ]),
    method([
      'System.Xml.XmlNode InsertAfter(System.Xml.XmlNode newChild, System.Xml.XmlNode refChild)',
      (v, a) => insert(v, a[0], isNull(a[1] ?? null) ? x(v).children[0] : nextOf(a[1] as Value, 1)),
    ]),
    method(['System.Xml.XmlNode RemoveChild(System.Xml.XmlNode oldChild)', (v, a) => removeChild(v, a[0])]),
    method([
      'System.Xml.XmlNode ReplaceChild(System.Xml.XmlNode newChild, System.Xml.XmlNode oldChild)',
      (v, a) => {
        const after = nextOf(a[1] as Value, 1);
        removeChild(v, a[1]);
        insert(v, a[0], after);
        return a[1] ?? null;
      },
    ]),
    method([
      'void RemoveAll()',
      (v) => {
        x(v).removeAll();
        x(v).attributes.length = 0;
      },
    ]),
    method(['System.Xml.XmlNode CloneNode(bool deep)', (v, a) => x(v).copy(flag(a[0]))]),
    method(['System.Xml.XmlNode Clone()', (v) => x(v).copy(true)]),
    method(['void Normalize()', () => undefined]),
    method(['string GetNamespaceOfPrefix(string prefix)', (v, a) => x(v).lookup(str(a[0])) ?? '']),
    method(
      ['System.Xml.XmlNodeList SelectNodes(string xpath)', (v, a) => nodeList(select(v, a))],
      [
        'System.Xml.XmlNodeList SelectNodes(string xpath, System.Xml.XmlNamespaceManager nsmgr)',
        (v, a) => nodeList(select(v, a)),
      ],
    ),
    method(
      ['System.Xml.XmlNode SelectSingleNode(string xpath)', (v, a) => select(v, a)[0] ?? null],
      [
        'System.Xml.XmlNode SelectSingleNode(string xpath, System.Xml.XmlNamespaceManager nsmgr)',
        (v, a) => select(v, a)[0] ?? null,
      ],
    ),
    method([
      'void WriteTo(System.Xml.XmlWriter w)',
      (v, a) => void callMethod(a[0] as Value, 'WriteRaw', [writeXml(x(v))]),
    ]),
    method([
      'System.Collections.IEnumerator GetEnumerator()',
      (v) => new NodeList(childNodesType, () => x(v).children),
    ]),
  ],
});
const nodeList = (nodes: readonly XmlNode[]): Value => new NodeList(xpathListType, () => nodes);

const attributeValue = (v: Value, a: readonly Value[]): string =>
  (a.length > 1 ? x(v).attributeNs(str(a[0]), str(a[1])) : x(v).attribute(str(a[0])))?.value ?? '';
defineType(types.element.fullName, {
  members: [
    property(
      'IsEmpty',
      'bool',
      (v) => x(v).isEmpty,
      (v, value) => {
        x(v).isEmpty = value === true;
        if (value === true) x(v).removeAll();
      },
    ),
    property('HasAttributes', 'bool', (v) => x(v).attributes.length > 0),
    method(
      ['string GetAttribute(string name)', attributeValue],
      ['string GetAttribute(string localName, string namespaceURI)', attributeValue],
    ),
    method(
      [
        'void SetAttribute(string name, string value)',
        (v, a) => void x(v).setAttribute(required(a[0], 'name'), str(a[1])),
      ],
      [
        'string SetAttribute(string localName, string namespaceURI, string value)',
        (v, a) => x(v).setAttribute(str(a[0]), str(a[2]), str(a[1])).value,
      ],
    ),
    method(
      ['bool HasAttribute(string name)', (v, a) => x(v).attribute(str(a[0])) !== undefined],
      [
        'bool HasAttribute(string localName, string namespaceURI)',
        (v, a) => x(v).attributeNs(str(a[0]), str(a[1])) !== undefined,
      ],
    ),
    method(
      ['void RemoveAttribute(string name)', (v, a) => x(v).attribute(str(a[0]))?.detach()],
      [
        'void RemoveAttribute(string localName, string namespaceURI)',
        (v, a) => x(v).attributeNs(str(a[0]), str(a[1]))?.detach(),
      ],
    ),
    method([
      'System.Xml.XmlAttribute GetAttributeNode(string name)',
      (v, a) => x(v).attribute(str(a[0])) ?? null,
    ]),
    method([
      'System.Xml.XmlAttribute SetAttributeNode(System.Xml.XmlAttribute newAttr)',
      (v, a) => appendAttribute(new AttributeList(x(v)), a[0]),
    ]),
    method([
      'System.Xml.XmlAttribute RemoveAttributeNode(System.Xml.XmlAttribute oldAttr)',
      (_v, a) => {
        x(a[0]).detach();
        return a[0] ?? null;
      },
    ]),
    method([
      'void RemoveAllAttributes()',
      (v) => {
        x(v).attributes.length = 0;
      },
    ]),
    ...elementSearch(),
  ],
});
function elementSearch(): DotNetMember[] {
  return [
    method(
      [
        'System.Xml.XmlNodeList GetElementsByTagName(string name)',
        (v, a) => new NodeList(elementListType, () => descendants(x(v), str(a[0]))),
      ],
      [
        'System.Xml.XmlNodeList GetElementsByTagName(string localName, string namespaceURI)',
        (v, a) => new NodeList(elementListType, () => descendants(x(v), str(a[0]), str(a[1]))),
      ],
    ),
  ];
}
for (const kind of ['text', 'cdata', 'comment'] as const)
  defineType(types[kind].fullName, {
    members: [
      property(
        'Data',
        'string',
        (v) => x(v).value,
        (v, value) => {
          x(v).value = toText(value);
        },
      ),
      property('Length', 'int', (v) => x(v).value.length),
    ],
  });
const pseudo = (v: Value, name: string): string =>
  new RegExp(`\\b${name}\\s*=\\s*(["'])(.*?)\\1`).exec(x(v).value)?.[2] ?? '';
defineType(types.declaration.fullName, {
  members: [
    property('Version', 'string', (v) => pseudo(v, 'version')),
    property(
      'Encoding',
      'string',
      (v) => pseudo(v, 'encoding'),
      (v, value) => {
        x(v).value = declarationText(pseudo(v, 'version'), toText(value), pseudo(v, 'standalone'));
      },
    ),
    property('Standalone', 'string', (v) => pseudo(v, 'standalone')),
  ],
});
defineType(types.instruction.fullName, {
  members: [property('Target', 'string', (v) => x(v).name), property('Data', 'string', (v) => x(v).value)],
});
defineType(types.attribute.fullName, {
  members: [property('Specified', 'bool', () => true)],
});
const declarationText = (version: string, encoding: string, standalone: string): string =>
  `version="${version}"${encoding === '' ? '' : ` encoding="${encoding}"`}${standalone === '' ? '' : ` standalone="${standalone}"`}`;

function load(document: XmlNode, text: string): void {
  const fresh = parseXml(text, document.preserveWhitespace);
  document.removeAll();
  for (const child of fresh.children) {
    child.parent = document;
    document.children.push(child);
  }
  const adopt = (node: XmlNode): void => {
    node.document = document;
    for (const a of node.attributes) a.document = document;
    for (const child of node.children) adopt(child);
  };
  for (const child of document.children) adopt(child);
}
/** Text of a file or stream: its mark decides, else what the declaration names. */
function textOfBytes(content: Bytes): string {
  const declared = /^<\?xml[^>]*encoding=["']([^"']+)["']/.exec(content.slice(0, 200))?.[1];
  const named =
    declared === undefined || /^utf-16/i.test(declared) ? undefined : encodingByWebName(declared, false);
  return decodeText(content, named ?? utf8NoBom);
}
function loadFrom(v: Value, source: Value | undefined): void {
  if (isStream(source)) {
    const s = streamOf(source);
    load(x(v), textOfBytes(fromUint8Array(s.bytes.slice(s.position, s.length))));
    s.position = s.length;
  } else if (source instanceof DotNetObject) load(x(v), toText(callMethod(source, 'ReadToEnd', [])));
  else load(x(v), textOfBytes(readFile(fullPath(required(source, 'filename').replace(/^file:\/+/, '')))));
}
function save(v: Value, target: Value | undefined): void {
  const document = x(v);
  const { newline } = context().host;
  const options = { indent: !document.preserveWhitespace, newline };
  const declaration = document.children.find((c) => c.kind === 'declaration');
  const named = declaration && pseudo(declaration, 'encoding');
  if (target instanceof DotNetObject && !isStream(target)) {
    const isXmlWriter = target.type.fullName.startsWith('System.Xml.');
    if (isXmlWriter) callMethod(target, 'WriteRaw', [writeXml(document)]);
    else {
      const webName = /StringWriter/.test(target.type.fullName) ? 'utf-16' : 'utf-8';
      callMethod(target, 'Write', [writeXml(document, { ...options, encoding: webName })]);
    }
    return;
  }
  const encoding = encodingByWebName(named || 'utf-8', Boolean(named)) ?? utf8NoBom;
  const content = (encoding.bom + encoding.encode(writeXml(document, options))) as Bytes;
  if (isStream(target)) writeBytes(streamOf(target), toUint8Array(content));
  else writeFile(fullPath(required(target, 'filename')), content);
}
const make = (v: Value, kind: XmlNode['kind'], name: string, value = '', namespace = ''): XmlNode => {
  const node = new XmlNode(kind, name, value, namespace);
  node.document = documentOf(v);
  if (kind === 'element') node.isEmpty = true;
  return node;
};
function checkName(name: string): string {
  if (name === '')
    throw dotNetError(
      'System.ArgumentException',
      'The local name for elements or attributes cannot be null or an empty string.',
    );
  if (/[\s<>&"'=/]/.test(name) || /^[\d.-]/.test(name)) {
    const at = name.search(/^[\d.-]|[\s<>&"'=/]/);
    const c = name[at] as string;
    const hex = c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
    throw dotNetError(
      'System.Xml.XmlException',
      at === 0
        ? `Name cannot begin with the '${c}' character, hexadecimal value 0x${hex}.`
        : `The '${c}' character, hexadecimal value 0x${hex}, cannot be included in a name.`,
    );
  }
  return name;
}
defineType(types.document.fullName, {
  constructors: constructors(['xml new()', () => new XmlNode('document', '#document')]),
  members: [
    property('DocumentElement', 'System.Xml.XmlElement', (v) => x(v).root ?? null),
    property('NameTable', 'System.Xml.XmlNameTable', () => nameTable),
    property(
      'PreserveWhitespace',
      'bool',
      (v) => x(v).preserveWhitespace,
      (v, value) => {
        x(v).preserveWhitespace = value === true;
      },
    ),
    property(
      'XmlResolver',
      'System.Object',
      () => null,
      () => undefined,
    ),
    property(
      'DocumentType',
      'System.Xml.XmlDocumentType',
      (v) => x(v).children.find((c) => c.kind === 'doctype') ?? null,
    ),
    method(['void LoadXml(string xml)', (v, a) => load(x(v), required(a[0], 'xml'))]),
    method(
      ['void Load(string filename)', (v, a) => loadFrom(v, a[0])],
      ['void Load(System.IO.Stream inStream)', (v, a) => loadFrom(v, a[0])],
      ['void Load(System.IO.TextReader txtReader)', (v, a) => loadFrom(v, a[0])],
    ),
    method(
      ['void Save(string filename)', (v, a) => save(v, a[0])],
      ['void Save(System.IO.Stream outStream)', (v, a) => save(v, a[0])],
      ['void Save(System.IO.TextWriter writer)', (v, a) => save(v, a[0])],
      ['void Save(System.Xml.XmlWriter w)', (v, a) => save(v, a[0])],
    ),
    method(
      [
        'System.Xml.XmlElement CreateElement(string name)',
        (v, a) => make(v, 'element', checkName(required(a[0], 'name'))),
      ],
      [
        'System.Xml.XmlElement CreateElement(string qualifiedName, string namespaceURI)',
        (v, a) => make(v, 'element', checkName(str(a[0])), '', str(a[1])),
      ],
      [
        'System.Xml.XmlElement CreateElement(string prefix, string localName, string namespaceURI)',
        (v, a) =>
          make(
            v,
            'element',
            str(a[0]) === '' ? checkName(str(a[1])) : `${str(a[0])}:${checkName(str(a[1]))}`,
            '',
            str(a[2]),
          ),
      ],
    ),
    method(
      [
        'System.Xml.XmlAttribute CreateAttribute(string name)',
        (v, a) => make(v, 'attribute', checkName(str(a[0]))),
      ],
      [
        'System.Xml.XmlAttribute CreateAttribute(string qualifiedName, string namespaceURI)',
        (v, a) => make(v, 'attribute', checkName(str(a[0])), '', str(a[1])),
      ],
      [
        'System.Xml.XmlAttribute CreateAttribute(string prefix, string localName, string namespaceURI)',
        (v, a) => make(v, 'attribute', `${str(a[0])}:${str(a[1])}`.replace(/^:/, ''), '', str(a[2])),
      ],
    ),
    method([
      'System.Xml.XmlNode CreateNode(System.Xml.XmlNodeType type, string name, string namespaceURI)',
      (v, a) => {
        const n = bits(a[0]);
        const kind =
          (Object.keys(nodeTypeNumbers) as XmlNode['kind'][]).find((k) => nodeTypeNumbers[k] === n) ??
          'element';
        return make(
          v,
          kind,
          kind === 'element' || kind === 'attribute' ? str(a[1]) : `#${kind}`,
          '',
          str(a[2]),
        );
      },
    ]),
    method(['System.Xml.XmlText CreateTextNode(string text)', (v, a) => make(v, 'text', '#text', str(a[0]))]),
    method([
      'System.Xml.XmlCDataSection CreateCDataSection(string data)',
      (v, a) => make(v, 'cdata', '#cdata-section', str(a[0])),
    ]),
    method([
      'System.Xml.XmlComment CreateComment(string data)',
      (v, a) => make(v, 'comment', '#comment', str(a[0])),
    ]),
    method([
      'System.Xml.XmlWhitespace CreateWhitespace(string text)',
      (v, a) => make(v, 'whitespace', '#whitespace', str(a[0])),
    ]),
    method([
      'System.Xml.XmlDocumentFragment CreateDocumentFragment()',
      (v) => make(v, 'fragment', '#document-fragment'),
    ]),
    method([
      'System.Xml.XmlProcessingInstruction CreateProcessingInstruction(string target, string data)',
      (v, a) => make(v, 'instruction', str(a[0]), str(a[1])),
    ]),
    method([
      'System.Xml.XmlDeclaration CreateXmlDeclaration(string version, string encoding, string standalone)',
      (v, a) => make(v, 'declaration', 'xml', declarationText(str(a[0]), str(a[1]), str(a[2]))),
    ]),
    method([
      'System.Xml.XmlNode ImportNode(System.Xml.XmlNode node, bool deep)',
      (v, a) => x(a[0]).copy(flag(a[1]), x(v)),
    ]),
    method([
      'System.Xml.XmlElement GetElementById(string elementId)',
      (v, a) => descendants(x(v), '*').find((e) => e.attribute('id')?.value === str(a[0])) ?? null,
    ]),
    ...elementSearch(),
  ],
});

/** XPathNavigator: a node to evaluate expressions at. */
const navigatorType = defineType('System.Xml.XPath.XPathNavigator');
const at = (v: Value): XmlNode => state<XmlNode>(v);
const navigator = (node: XmlNode): Value => new DotNetObject(navigatorType, node);
const result = (value: XPathValue): Value =>
  typeof value === 'object'
    ? new PSArray(value.map(navigator))
    : typeof value === 'number'
      ? double(value)
      : value;
defineType(navigatorType.fullName, {
  members: [
    property('Name', 'string', (v) => at(v).name),
    property('LocalName', 'string', (v) => at(v).localName),
    property('Value', 'string', (v) => at(v).innerText),
    property('OuterXml', 'string', (v) => writeXml(at(v))),
    property('InnerXml', 'string', (v) => writeChildren(at(v))),
    property('UnderlyingObject', 'System.Object', (v) => at(v)),
    method(
      [
        'System.Object Evaluate(string xpath)',
        (v, a) => result(evaluateXPath(str(a[0]), at(v), resolver(undefined))),
      ],
      [
        'System.Object Evaluate(string xpath, System.Object resolver)',
        (v, a) => result(evaluateXPath(str(a[0]), at(v), resolver(a[1]))),
      ],
    ),
    method(
      [
        'System.Object Select(string xpath)',
        (v, a) => result(selectNodes(str(a[0]), at(v), resolver(undefined))),
      ],
      [
        'System.Object Select(string xpath, System.Object resolver)',
        (v, a) => result(selectNodes(str(a[0]), at(v), resolver(a[1]))),
      ],
    ),
    method([
      'System.Xml.XPath.XPathNavigator SelectSingleNode(string xpath)',
      (v, a) => {
        const [first] = selectNodes(str(a[0]), at(v), resolver(undefined));
        return first ? navigator(first) : null;
      },
    ]),
    method([
      'string GetAttribute(string localName, string namespaceURI)',
      (v, a) => at(v).attributeNs(str(a[0]), str(a[1]))?.value ?? '',
    ]),
    method(['string ToString()', (v) => at(v).innerText]),
  ],
});
defineType(xmlNodeType.fullName, {
  members: [
    method(['System.Xml.XPath.XPathNavigator CreateNavigator()', (v) => navigator(x(v))]),
    // The indexer, which a script reaches by its name.
    {
      ...method(
        ['System.Xml.XmlElement Item(string name)', (v, a) => childElement(x(v), str(a[0]), undefined)],
        [
          'System.Xml.XmlElement Item(string localname, string ns)',
          (v, a) => childElement(x(v), str(a[0]), str(a[1])),
        ],
      ),
      hidden: true,
    },
  ],
});

function childElement(node: XmlNode, name: string, namespace: string | undefined): Value {
  return (
    node.children.find(
      (c) =>
        c.kind === 'element' &&
        (namespace === undefined ? c.name === name : c.localName === name && c.namespace === namespace),
    ) ?? null
  );
}

/* What PowerShell shows of a node: its attributes and child nodes as properties. */
function nodesNamed(node: XmlNode, name: string): XmlNode[] {
  const lower = name.toLowerCase();
  return [
    ...node.attributes.filter((a) => a.localName.toLowerCase() === lower),
    ...node.children.filter((c) => c.kind !== 'whitespace' && c.localName.toLowerCase() === lower),
  ];
}
/** A node without attributes and with text only is shown as that text. */
function simple(node: XmlNode): Value {
  if (node.kind === 'text') return node.value;
  if (node.attributes.length > 0) return node;
  if (node.children.length === 0) return node.innerText;
  return node.children.length === 1 && node.children[0]?.kind === 'text' ? node.innerText : node;
}
const adapter: NonNullable<DotNetType['adapter']> = {
  hidesMembers: true,
  get(self, name) {
    const found = nodesNamed(x(self), name);
    if (found.length === 0) return undefined;
    return found.length === 1 ? simple(found[0] as XmlNode) : new PSArray(found.map(simple));
  },
  set(self, name, value) {
    const found = nodesNamed(x(self), name);
    const [node] = found;
    if (!node) return false;
    const refuse = (message: string): never => {
      throw runtimeError(
        'ExceptionWhenSetting',
        `Exception setting "${name}": "${message}"`,
        'NotSpecified',
        null,
        'System.Management.Automation.SetValueInvocationException',
      );
    };
    if (typeof value !== 'string')
      refuse(`Cannot set "${name}" because only strings can be used as values to set XmlNode properties.`);
    if (found.length > 1) refuse(`Cannot set "${name}" because there is more than one node with this name.`);
    const text = toText(value);
    if (node.kind === 'attribute') node.value = text;
    else if (
      node.attributes.length > 0 ||
      node.children.length > 1 ||
      (node.children[0] && node.children[0].kind !== 'text')
    )
      refuse(`Cannot set "${name}" because it is not a text node.`);
    else node.innerText = text;
    return true;
  },
  names(self) {
    const names = new Map<string, string>();
    for (const node of [...x(self).attributes, ...x(self).children])
      if (node.kind !== 'whitespace' && !names.has(node.localName.toLowerCase()))
        names.set(node.localName.toLowerCase(), node.localName);
    return [...names.values()];
  },
};
for (const kind of Object.values(types)) kind.adapter = adapter;
typeConverters.set(types.document.fullName, (value, type) => {
  if (value === null || value instanceof XmlNode)
    return value instanceof XmlNode && value.kind === 'document' ? value : undefined;
  const list = elementsOf(value);
  const text = list ? list.map((item) => toText(item)).join('\n') : toText(value);
  const document = new XmlNode('document', '#document');
  if (text === '') return document;
  try {
    load(document, text);
  } catch (error) {
    if (!(error instanceof DotNetError)) throw error;
    throw new ConversionError(
      'InvalidCastToXmlDocument',
      `Cannot convert value "${toText(value)}" to type "${type.displayName}". Error: "${error.message}"`,
      error.exception,
    );
  }
  return document;
});

/** XmlWriter and XmlTextWriter: text put together, handed on when it is flushed or closed. */
interface WriterState {
  out: string;
  /** Open elements: name, whether something was written inside, whether text was. */
  readonly open: { name: string; content: boolean; mixed: boolean }[];
  inTag: boolean;
  attribute: { name: string; value: string } | undefined;
  indent: boolean;
  readonly indentText: string;
  readonly target: Value;
  readonly omitDeclaration: boolean;
  sent: number;
}
const writerType = defineType('System.Xml.XmlWriter', {
  isAbstract: true,
  interfaces: ['System.IDisposable'],
});
const textWriterType = defineType('System.Xml.XmlTextWriter', {
  baseType: writerType,
  interfaces: ['System.IDisposable'],
});
const settingsType = defineType('System.Xml.XmlWriterSettings');
interface Settings {
  Indent: boolean;
  IndentChars: string;
  OmitXmlDeclaration: boolean;
  NewLineOnAttributes: boolean;
  Encoding: Value;
}
const setting = (name: 'Indent' | 'OmitXmlDeclaration' | 'NewLineOnAttributes'): DotNetMember =>
  property(
    name,
    'bool',
    (v) => state<Settings>(v)[name],
    (v, value) => {
      state<Settings>(v)[name] = value === true;
    },
  );
defineType(settingsType.fullName, {
  constructors: constructors([
    'System.Xml.XmlWriterSettings new()',
    () =>
      new DotNetObject<Settings>(settingsType, {
        Indent: false,
        IndentChars: '  ',
        OmitXmlDeclaration: false,
        NewLineOnAttributes: false,
        Encoding: null,
      }),
  ]),
  members: [
    setting('Indent'),
    setting('OmitXmlDeclaration'),
    setting('NewLineOnAttributes'),
    property(
      'IndentChars',
      'string',
      (v) => state<Settings>(v).IndentChars,
      (v, value) => {
        state<Settings>(v).IndentChars = toText(value);
      },
    ),
    property(
      'Encoding',
      'System.Text.Encoding',
      (v) => state<Settings>(v).Encoding,
      (v, value) => {
        state<Settings>(v).Encoding = value;
      },
    ),
  ],
});
const formattingType = defineEnum('System.Xml.Formatting', 'None,Indented');
const w = (v: Value): WriterState => state<WriterState>(v);
const newWriter = (
  type: DotNetType,
  target: Value,
  indent: boolean,
  indentText: string,
  omit: boolean,
): Value =>
  new DotNetObject<WriterState>(type, {
    out: '',
    open: [],
    inTag: false,
    attribute: undefined,
    indent,
    indentText,
    target,
    omitDeclaration: omit,
    sent: 0,
  });
function closeTag(s: WriterState): void {
  if (s.attribute) endAttribute(s);
  if (s.inTag) s.out += '>';
  s.inTag = false;
}
function endAttribute(s: WriterState): void {
  if (s.attribute) s.out += ` ${s.attribute.name}="${escapeAttribute(s.attribute.value)}"`;
  s.attribute = undefined;
}
function content(s: WriterState, isText: boolean): void {
  closeTag(s);
  const top = s.open.at(-1);
  if (top) {
    if (isText) top.mixed = true;
    else if (s.indent && !top.mixed) s.out += context().host.newline + s.indentText.repeat(s.open.length);
    top.content = true;
  } else if (s.indent && s.out !== '') s.out += context().host.newline;
}
function startElement(v: Value, name: string): void {
  const s = w(v);
  content(s, false);
  s.out += `<${name}`;
  s.inTag = true;
  s.open.push({ name, content: false, mixed: false });
}
function endElement(v: Value, full: boolean): void {
  const s = w(v);
  const top = s.open.pop();
  if (!top) throw dotNetError('System.InvalidOperationException', 'There was no XML start tag open.');
  if (s.attribute) endAttribute(s);
  if (!top.content && !full) {
    s.out += ' />';
    s.inTag = false;
    return;
  }
  closeTag(s);
  if (s.indent && top.content && !top.mixed)
    s.out += context().host.newline + s.indentText.repeat(s.open.length);
  s.out += `</${top.name}>`;
}
function writeString(v: Value, text: string): void {
  const s = w(v);
  if (s.attribute) s.attribute.value += text;
  else {
    content(s, true);
    s.out += escapeText(text);
  }
}
function flushWriter(v: Value): void {
  const s = w(v);
  if (s.open.length > 0 && s.inTag) return;
  const text = s.out.slice(s.sent);
  s.sent = s.out.length;
  if (text === '') return;
  if (isStream(s.target)) writeBytes(streamOf(s.target), toUint8Array(utf8NoBom.encode(text)));
  else if (s.target instanceof DotNetObject)
    callMethod(s.target, s.target.type.fullName === 'System.Text.StringBuilder' ? 'Append' : 'Write', [text]);
  else if (typeof s.target === 'string') writeFile(fullPath(s.target), utf8NoBom.encode(s.out));
}
function closeWriter(v: Value): void {
  while (w(v).open.length > 0) endElement(v, false);
  flushWriter(v);
  const { target } = w(v);
  if (target instanceof DotNetObject && target.type.findMember('close')) callMethod(target, 'Close', []);
}
const tag = (a: readonly Value[]): string =>
  a.length === 3 ? `${str(a[0]) === '' ? '' : `${str(a[0])}:`}${str(a[1])}` : str(a[0]);
function declaration(v: Value): void {
  const s = w(v);
  if (s.omitDeclaration || s.out !== '') return;
  const encoding =
    s.target instanceof DotNetObject && /String/.test(s.target.type.fullName) ? 'utf-16' : 'utf-8';
  s.out += `<?xml version="1.0" encoding="${encoding}"?>`;
}
function create(target: Value | undefined, options: Value | undefined): Value {
  const settings =
    options instanceof DotNetObject && options.type === settingsType
      ? (options.state as Settings)
      : undefined;
  const made = newWriter(
    writerType,
    target ?? null,
    settings?.Indent ?? false,
    settings?.IndentChars ?? '  ',
    settings?.OmitXmlDeclaration ?? false,
  );
  declaration(made);
  return made;
}
defineType(writerType.fullName, {
  members: [
    staticMethod(
      ['System.Xml.XmlWriter Create(System.Object output)', (_v, a) => create(a[0], undefined)],
      [
        'System.Xml.XmlWriter Create(System.Object output, System.Xml.XmlWriterSettings settings)',
        (_v, a) => create(a[0], a[1]),
      ],
    ),
    method(['void WriteStartDocument()', declaration]),
    method([
      'void WriteEndDocument()',
      (v) => {
        while (w(v).open.length > 0) endElement(v, false);
      },
    ]),
    method(
      ['void WriteStartElement(string localName)', (v, a) => startElement(v, tag(a))],
      [
        'void WriteStartElement(string localName, string ns)',
        (v, a) => {
          startElement(v, str(a[0]));
          w(v).out += ` xmlns="${escapeAttribute(str(a[1]))}"`;
        },
      ],
      [
        'void WriteStartElement(string prefix, string localName, string ns)',
        (v, a) => startElement(v, tag(a)),
      ],
    ),
    method(['void WriteEndElement()', (v) => endElement(v, false)]),
    method(['void WriteFullEndElement()', (v) => endElement(v, true)]),
    method([
      'void WriteElementString(string localName, string value)',
      (v, a) => {
        startElement(v, str(a[0]));
        if (str(a[1]) !== '') writeString(v, str(a[1]));
        endElement(v, false);
      },
    ]),
    method(
      [
        'void WriteAttributeString(string localName, string value)',
        (v, a) => {
          w(v).out += ` ${str(a[0])}="${escapeAttribute(str(a[1]))}"`;
        },
      ],
      [
        'void WriteAttributeString(string prefix, string localName, string ns, string value)',
        (v, a) => {
          w(v).out += ` ${tag(a.slice(0, 3))}="${escapeAttribute(str(a[3]))}"`;
        },
      ],
    ),
    method([
      'void WriteStartAttribute(string localName)',
      (v, a) => {
        w(v).attribute = { name: str(a[0]), value: '' };
      },
    ]),
    method(['void WriteEndAttribute()', (v) => endAttribute(w(v))]),
    method(['void WriteString(string text)', (v, a) => writeString(v, str(a[0]))]),
    method(['void WriteValue(System.Object value)', (v, a) => writeString(v, toText(a[0] ?? null))]),
    method([
      'void WriteCData(string text)',
      (v, a) => {
        content(w(v), true);
        w(v).out += `<![CDATA[${str(a[0])}]]>`;
      },
    ]),
    method([
      'void WriteComment(string text)',
      (v, a) => {
        content(w(v), false);
        w(v).out += `<!--${str(a[0])}-->`;
      },
    ]),
    method([
      'void WriteRaw(string data)',
      (v, a) => {
        content(w(v), true);
        w(v).out += str(a[0]);
      },
    ]),
    method([
      'void WriteProcessingInstruction(string name, string text)',
      (v, a) => {
        content(w(v), false);
        w(v).out += `<?${str(a[0])} ${str(a[1])}?>`;
      },
    ]),
    method(['void Flush()', flushWriter]),
    method(['void Close()', closeWriter]),
    method(['void Dispose()', closeWriter]),
  ],
});
defineType(textWriterType.fullName, {
  constructors: constructors(
    [
      'System.Xml.XmlTextWriter new(System.IO.TextWriter w)',
      (_v, a) => newWriter(textWriterType, a[0] ?? null, false, '  ', false),
    ],
    [
      'System.Xml.XmlTextWriter new(string filename, System.Text.Encoding encoding)',
      (_v, a) => newWriter(textWriterType, fullPath(str(a[0])), false, '  ', false),
    ],
    [
      'System.Xml.XmlTextWriter new(System.IO.Stream w, System.Text.Encoding encoding)',
      (_v, a) => newWriter(textWriterType, a[0] ?? null, false, '  ', false),
    ],
  ),
  members: [
    property(
      'Formatting',
      'System.Xml.Formatting',
      (v) => new EnumValue(formattingType, w(v).indent ? 1 : 0),
      (v, value) => {
        w(v).indent = bits(value) === 1;
      },
    ),
    property(
      'Indentation',
      'int',
      () => 2,
      () => undefined,
    ),
  ],
});
