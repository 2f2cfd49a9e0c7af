const texts = new WeakMap<object, string>();

/** JSON of a document that nobody changes: each check-in writes the same ones to the log, so each is written out once. */
export function jsonText(document: object): string {
  let text = texts.get(document);
  if (text === undefined) {
    text = JSON.stringify(document);
    texts.set(document, text);
  }
  return text;
}
