import type { MakeBlock } from '../../format/view-file.ts';
import { childAt, childrenNamed, textAt } from '../../format/view-file.ts';
import type { XmlNode } from '../../types/dotnet/xml/nodes.ts';
import type { PSReference, PSMember } from '../../types/value.ts';
import { MemberBag } from '../../types/value.ts';

/* Members a `.types.ps1xml` file gives to types. */

function memberOf(node: XmlNode, make: MakeBlock): PSMember | undefined {
  const name = textAt(node, 'Name') ?? '';
  const block = (at: string): PSReference | null => {
    const text = textAt(node, at);
    return text === undefined ? null : (make(text) as PSReference);
  };
  switch (node.localName) {
    case 'NoteProperty':
      return { kind: 'NoteProperty', name, value: textAt(node, 'Value') ?? '' };
    case 'AliasProperty':
      return { kind: 'AliasProperty', name, target: textAt(node, 'ReferencedMemberName') ?? '' };
    case 'ScriptProperty':
      return {
        kind: 'ScriptProperty',
        name,
        getter: block('GetScriptBlock'),
        setter: block('SetScriptBlock'),
      };
    case 'ScriptMethod': {
      const script = block('Script');
      return script ? { kind: 'ScriptMethod', name, script } : undefined;
    }
    case 'PropertySet':
      return {
        kind: 'PropertySet',
        name,
        properties: childrenNamed(childAt(node, 'ReferencedProperties'), 'Name').map((n) =>
          n.innerText.trim(),
        ),
      };
    case 'MemberSet': {
      const members = new MemberBag();
      for (const member of membersOf(childAt(node, 'Members'), make)) members.set(member);
      return { kind: 'MemberSet', name, members };
    }
    default:
      return undefined;
  }
}
const membersOf = (node: XmlNode | undefined, make: MakeBlock): PSMember[] =>
  (node?.children ?? []).flatMap((child) => {
    const member = child.kind === 'element' ? memberOf(child, make) : undefined;
    return member ? [member] : [];
  });

/** Types of the file with their members; undefined where the document is no file of types. */
export function typesOfFile(
  document: XmlNode,
  make: MakeBlock,
): readonly { readonly name: string; readonly members: readonly PSMember[] }[] | undefined {
  const { root } = document;
  if (root?.localName !== 'Types') return undefined;
  return childrenNamed(root, 'Type').map((type) => ({
    name: textAt(type, 'Name') ?? '',
    members: membersOf(childAt(type, 'Members'), make),
  }));
}
