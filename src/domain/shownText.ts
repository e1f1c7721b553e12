// Text of others in a place where there is little room, and where it must not pass for something else.

/** Without characters that nobody sees or that turn text around; joiners are part of many emojis. */
export function withoutUnseen(text: string): string {
  return text.replaceAll(/(?!\u200d)[\p{Cc}\p{Cf}\p{Cs}]/gu, '');
}

/** @param most characters that are kept; cut between them, never inside one */
export function shortened(text: string, most: number): string {
  const [part] = new RegExp(`^.{${most}}(?=.)`, 'su').exec(text) ?? [];
  return part === undefined ? text : `${part}…`;
}
