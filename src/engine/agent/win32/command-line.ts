/** Program and arguments of a command line, as CreateProcess takes it apart: quoted, or up to the first blank. */
export function splitCommand(command: string): { readonly file: string; readonly rest: string } {
  const parts = /^\s*(?:"([^"]*)"|(\S+))\s*([\s\S]*)$/.exec(command);
  return { file: parts?.[1] ?? parts?.[2] ?? '', rest: parts?.[3]?.trimEnd() ?? '' };
}
