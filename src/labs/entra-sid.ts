/**
 * The SID that Windows gives an Entra account: `S-1-12-1-` and the object id's 16 bytes, as .NET orders them, read as four
 * little-endian numbers.
 */
export function entraSid(objectId: string): string {
  const hex = objectId.replaceAll('-', '');
  const byte = (n: number) => hex.slice(n * 2, n * 2 + 2);
  // The first three groups of a GUID are stored little-endian, the rest in the order written.
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  const parts = [0, 4, 8, 12].map((from) => {
    const bytes = order.slice(from, from + 4).map(byte);
    return Number.parseInt(bytes.reverse().join(''), 16);
  });
  return `S-1-12-1-${parts.join('-')}`;
}
