/**
 * SyncML 1.2 as Windows' MDM client and its server write it: header, then commands numbered in their order. Element
 * order as the DTD of the representation protocol fixes it.
 */
interface SyncMlHeader {
  readonly session: string;
  readonly message: number;
  /** Who gets the message, and who sends it. */
  readonly target: string;
  readonly source: string;
}

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** `commands` are made with the number they get: each gives its element. */
export function writeSyncMl(
  { session, message, target, source }: SyncMlHeader,
  commands: readonly ((id: number) => string)[],
  first = 1,
): string {
  return (
    '<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>' +
    `<SessionID>${session}</SessionID><MsgID>${message}</MsgID>` +
    `<Target><LocURI>${escapeXml(target)}</LocURI></Target><Source><LocURI>${escapeXml(source)}</LocURI></Source></SyncHdr>` +
    `<SyncBody>${commands.map((command, i) => command(first + i)).join('')}<Final/></SyncBody></SyncML>`
  );
}

/** Outcome of a command of the other side's message; command 0 is its header. */
export const statusOf =
  (messageRef: number, commandRef: number, command: string, code: number) =>
  (id: number): string =>
    `<Status><CmdID>${id}</CmdID><MsgRef>${messageRef}</MsgRef><CmdRef>${commandRef}</CmdRef><Cmd>${command}</Cmd><Data>${code}</Data></Status>`;

/** Commands of a message with their numbers, Status and Results left out: what the other side answers. */
export function commandsOf(message: string): readonly { readonly name: string; readonly id: number }[] {
  const body = /<SyncBody[^>]*>([\s\S]*)<\/SyncBody>/.exec(message)?.[1] ?? '';
  return [...body.matchAll(/<(Alert|Add|Exec|Get|Replace|Delete)><CmdID>(\d+)<\/CmdID>[\s\S]*?<\/\1>/g)].map(
    ([, name = '', id]) => ({ name, id: Number(id) }),
  );
}

/** A field of the header; '' where it is missing. */
export const headerField = (message: string, name: 'SessionID' | 'MsgID'): string =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(message)?.[1] ?? '';
