// Markdown from texts that hosts and guests wrote: they are shown, and never become a link, an image, HTML or a heading.
import { shortened } from '../domain/shownText';

/** Our own words, which come from the translations: whatever could be read as formatting is escaped. */
export function ownText(words: string): string {
  return words.replaceAll(/[\\`*_[\]<>|#]/g, '\\$&');
}

/**
 * Code, unless the text is plain words: the preview makes links of bare addresses even where each character is escaped
 * (markdown-it's linkify, on in VS Code). Characters that nobody sees or that turn text around are named.
 */
export function foreignText(text: string): string {
  const shown = named(shortened(text.replaceAll(/\s+/gu, ' ').trim(), mostCharacters));
  if (shown === '') return '—';
  return isPlain(shown) ? shown : code(shown);
}

/** Longer than any path or value that people make: what is longer would bury the rest of the page. */
const mostCharacters = 1_024;

/** Joiners are part of many emojis. */
function named(text: string): string {
  return text.replaceAll(/(?!\u200d)[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}

/** Nothing in it means anything in Markdown: no dotted name, nothing that begins a list. */
function isPlain(text: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N} .,()+-]*$/u.test(text) && !/\.\p{L}|^\d+[.)]/u.test(text);
}

/** The fence is longer than any run of backticks in the text. */
export function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}

/** A block of code: what somebody printed, line by line. What nobody sees is named, as in {@link foreignText}. */
export function block(text: string): string {
  const lines = text
    .split(/\r?\n/)
    .map((line) => named(line.replaceAll('\t', '  ')).trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
  const longest = Math.max(2, ...[...lines.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${lines}\n${fence}`;
}

/** Rows of cells that are Markdown already; a bar in one is escaped, also inside code. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll(/\\?\|/g, '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}
