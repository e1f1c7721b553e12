// Pairs as .env text, in the dialect most readers share: NAME=value, NAME='literal', NAME="with \n escapes", # comments.
import type { ParsedPairs } from './jsonText';
import type { KvpPair } from './pools';
import type { TextProblem } from './textProblem';

export interface EnvText {
  readonly text: string;
  /** Keys that the format has no way to write. */
  readonly leftOut: readonly string[];
}

/** Letters, digits, `_`, `.` and `-`, as dotenv reads them. */
const nameOnly = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

export function pairsToEnv(pairs: readonly KvpPair[]): EnvText {
  const writable = pairs.filter(({ key }) => nameOnly.test(key));
  return {
    text: writable.map(({ key, value }) => `${key}=${quoted(value)}\n`).join(''),
    leftOut: pairs.filter(({ key }) => !nameOnly.test(key)).map(({ key }) => key),
  };
}

function quoted(value: string): string {
  if (/^[A-Za-z0-9_./:@%+,-]*$/.test(value)) return value;
  const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\' };
  return `"${value.replace(/[\n\r\t"\\]/g, (char) => escapes[char] ?? char)}"`;
}

export function pairsFromEnv(text: string): ParsedPairs {
  const pairs = new Map<string, string>();
  const problems: TextProblem[] = [];
  const reader = new EnvReader(text.replace(/^\uFEFF/, ''));
  for (;;) {
    const line = reader.line;
    const entry = reader.next();
    if (entry === undefined) break;
    if (typeof entry === 'string') problems.push({ kind: entry, line });
    else if (entry !== null) pairs.set(entry.key, entry.value);
  }
  return { pairs: [...pairs].map(([key, value]) => ({ key, value })), problems };
}

/** Reads entry by entry; every step consumes at least one line, whatever stands there. */
class EnvReader {
  #position = 0;
  line = 1;

  constructor(private readonly text: string) {}

  /** An entry, null for an empty line or a comment, the kind of a problem, or undefined at the end. */
  next(): KvpPair | null | 'notAssignment' | 'openQuote' | undefined {
    if (this.#position >= this.text.length) return undefined;
    if (this.#take(/[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y) !== undefined) return null;
    const key = this.#take(/[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*=/y)?.[1];
    if (key === undefined) {
      this.#skipLine();
      return 'notAssignment';
    }
    const value = this.#value();
    if (value !== undefined) return { key, value };
    this.#skipLine();
    return 'openQuote';
  }

  /** undefined when a quote is not closed, or is followed by more than a comment. */
  #value(): string | undefined {
    const rest = '[ \\t]*(?:#[^\\n]*)?(?:\\r?\\n|$)';
    if (this.#take(/[ \t]+#[^\n]*(?:\n|$)/y) !== undefined) return '';
    this.#take(/[ \t]+/y);
    const single = this.#take(new RegExp(`'([^']*)'${rest}`, 'y'))?.[1];
    if (single !== undefined) return single;
    const double = this.#take(new RegExp(`"((?:[^"\\\\]|\\\\[^])*)"${rest}`, 'y'))?.[1];
    if (double !== undefined) return double.replace(/\\([^])/g, (_, char: string) => unescaped(char));
    if (/['"]/y.test(this.text.charAt(this.#position))) return undefined;
    const bare = this.#take(/([^\n]*?)[ \t]*(?:[ \t]#[^\n]*)?(?:\r?\n|$)/y)?.[1];
    return bare?.replace(/\r$/, '');
  }

  #skipLine(): void {
    this.#take(/[^\n]*(?:\n|$)/y);
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.#position = pattern.lastIndex;
    this.line += match[0].split('\n').length - 1;
    return match;
  }
}

function unescaped(char: string): string {
  const known: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
  return known[char] ?? char;
}
