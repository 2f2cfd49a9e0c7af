import { hooks } from '../types/hooks.ts';
import type { XmlNode } from '../types/dotnet/xml/nodes.ts';
import type { Value } from '../types/value.ts';
import { automationNull } from '../types/value.ts';
import type { ColumnSpec, Getter, GroupSpec, View } from './view.ts';

/* Views of a `.format.ps1xml` file: tables, lists and wide listings. Of several entries of a view the one without
   EntrySelectedBy counts. */

/** Makes a script block of a text. */
export type MakeBlock = (text: string) => Value;

export const childrenNamed = (node: XmlNode | undefined, name: string): readonly XmlNode[] =>
  node ? node.children.filter((c) => c.kind === 'element' && c.localName === name) : [];
/** The first element down a path of names. */
export const childAt = (node: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined =>
  path.reduce<XmlNode | undefined>((at, name) => childrenNamed(at, name)[0], node);
/** Text of a child element without the blanks around it; undefined where there is none. */
export const textAt = (node: XmlNode | undefined, name: string): string | undefined =>
  childAt(node, name)?.innerText.trim();

function getterOf(node: XmlNode | undefined, make: MakeBlock): Getter {
  const script = textAt(node, 'ScriptBlock');
  if (script === undefined) return textAt(node, 'PropertyName') ?? '';
  const block = make(script);
  return (value) => {
    const result = hooks.invokeWithItem(block, value, []);
    return result === automationNull ? null : result;
  };
}

function specOf(item: XmlNode | undefined, header: XmlNode | undefined, make: MakeBlock): ColumnSpec {
  const label = textAt(header, 'Label') ?? textAt(item, 'PropertyName') ?? textAt(item, 'ScriptBlock') ?? '';
  const width = Number(textAt(header, 'Width') ?? 0);
  const align = (textAt(item, 'Alignment') ?? textAt(header, 'Alignment'))?.toLowerCase();
  const format = textAt(item, 'FormatString');
  return {
    label,
    get: getterOf(item, make),
    ...(width > 0 ? { width } : {}),
    ...(align === 'left' || align === 'center' || align === 'right' ? { align } : {}),
    ...(format === undefined ? {} : { format }),
  };
}

const usual = (entries: readonly XmlNode[]): XmlNode | undefined =>
  entries.find((e) => !childAt(e, 'EntrySelectedBy')) ?? entries[0];

function groupOf(view: XmlNode, make: MakeBlock): GroupSpec | undefined {
  const group = childAt(view, 'GroupBy');
  if (!group) return undefined;
  const label = textAt(group, 'Label');
  return { get: getterOf(group, make), ...(label === undefined ? {} : { label }) };
}

function viewOf(
  node: XmlNode,
  sets: ReadonlyMap<string, readonly string[]>,
  make: MakeBlock,
): View | undefined {
  const selected = childAt(node, 'ViewSelectedBy');
  const groupBy = groupOf(node, make);
  const base = {
    name: textAt(node, 'Name') ?? '',
    types: [
      ...childrenNamed(selected, 'TypeName').map((t) => t.innerText.trim()),
      ...childrenNamed(selected, 'SelectionSetName').flatMap((s) => sets.get(s.innerText.trim()) ?? []),
    ],
    ...(groupBy ? { groupBy } : {}),
  };
  const table = childAt(node, 'TableControl');
  if (table) {
    const headers = childrenNamed(childAt(table, 'TableHeaders'), 'TableColumnHeader');
    const entry = usual(childrenNamed(childAt(table, 'TableRowEntries'), 'TableRowEntry'));
    const items = childrenNamed(childAt(entry, 'TableColumnItems'), 'TableColumnItem');
    return {
      ...base,
      kind: 'table',
      columns: items.map((item, i) => specOf(item, headers[i], make)),
      wrap: childAt(entry, 'Wrap') !== undefined,
      autosize: childAt(table, 'AutoSize') !== undefined,
      hideHeader: childAt(table, 'HideTableHeaders') !== undefined,
    };
  }
  const list = childAt(node, 'ListControl');
  if (list) {
    const entry = usual(childrenNamed(childAt(list, 'ListEntries'), 'ListEntry'));
    const items = childrenNamed(childAt(entry, 'ListItems'), 'ListItem');
    return { ...base, kind: 'list', items: items.map((item) => specOf(item, item, make)) };
  }
  const wide = childAt(node, 'WideControl');
  if (!wide) return undefined;
  const entry = usual(childrenNamed(childAt(wide, 'WideEntries'), 'WideEntry'));
  return { ...base, kind: 'wide', get: getterOf(childAt(entry, 'WideItem'), make) };
}

/** The views of a format file, in its order; undefined where the document is none. */
export function viewsOfFile(document: XmlNode, make: MakeBlock): View[] | undefined {
  const { root } = document;
  if (root?.localName !== 'Configuration') return undefined;
  const sets = new Map(
    childrenNamed(childAt(root, 'SelectionSets'), 'SelectionSet').map((set) => [
      textAt(set, 'Name') ?? '',
      childrenNamed(childAt(set, 'Types'), 'TypeName').map((t) => t.innerText.trim()),
    ]),
  );
  return childrenNamed(childAt(root, 'ViewDefinitions'), 'View').flatMap((node) => {
    const view = viewOf(node, sets, make);
    return view ? [view] : [];
  });
}
