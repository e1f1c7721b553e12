// Finds the characters that eyes do not see, or that turn text around, in texts that guests wrote.

/** A run of plain text, or one character to be shown by its number. */
export type TextPart = string | { readonly code: number };

/** Controls but tab and line ends, halves of pairs, format characters of bidirectional text, blanks without width, tags. */
const invisible =
  // eslint-disable-next-line no-control-regex -- exactly these are looked for
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}\p{Cs}]|\r(?!\n)/gu;

export function textParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(invisible)) {
    if (joinsEmoji(text, match.index)) continue;
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push({ code: match[0].codePointAt(0) ?? 0 });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

/** Numbers of the characters that do not show, each once, as Unicode writes them. */
export function invisibleCharacters(text: string): readonly string[] {
  const codes = textParts(text).flatMap((part) => (typeof part === 'string' ? [] : codeName(part.code)));
  return [...new Set(codes)];
}

/** "U+202E" */
export function codeName(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Not as one class of characters: V8 of Chromium 156 finds a class above U+FFFF nowhere when `$` follows. */
const picture = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)$/u;

/** A zero width joiner between two pictures makes one of them, as in families. */
function joinsEmoji(text: string, index: number): boolean {
  return text[index] === '\u200d' && picture.test(text.slice(Math.max(0, index - 2), index));
}
