// Pairs as JSON: an object of texts to write; to read, that or a list of {key, value}.
import type { KvpPair } from './pools';
import type { TextProblem } from './textProblem';

export interface ParsedPairs {
  /** Of several with one key the last. */
  readonly pairs: readonly KvpPair[];
  /** What was left out, and why; with one of kind `notJson` nothing was read. */
  readonly problems: readonly TextProblem[];
}

export function pairsToJson(pairs: readonly KvpPair[]): string {
  // Not through an object: it would sort keys that look like numbers to the front.
  const lines = pairs.map(({ key, value }) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return lines.length === 0 ? '{}\n' : `{\n${lines.join(',\n')}\n}\n`;
}

export function pairsFromJson(text: string): ParsedPairs {
  let parsed: unknown;
  try {
    // Editors on Windows may begin a file with a byte order mark.
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { pairs: [], problems: [{ kind: 'notJson' }] };
  }
  if (typeof parsed !== 'object' || parsed === null) return { pairs: [], problems: [{ kind: 'notPairs' }] };
  const entries = Array.isArray(parsed) ? parsed.map(entryOf) : Object.entries(parsed);
  const pairs = new Map<string, string>();
  const problems: TextProblem[] = [];
  for (const [index, entry] of entries.entries()) {
    const [key, value] = entry ?? [];
    const written = plainText(value);
    if (typeof key === 'string' && written !== undefined) pairs.set(key, written);
    else problems.push({ kind: 'notText', item: typeof key === 'string' ? key : String(index + 1) });
  }
  return { pairs: [...pairs].map(([key, value]) => ({ key, value })), problems };
}

function entryOf(item: unknown): [unknown, unknown] | undefined {
  if (typeof item !== 'object' || item === null || !('key' in item) || !('value' in item)) return undefined;
  return [item.key, item.value];
}

/** Whole numbers and truth values have one obvious text; lists, objects and null have none, and 1.10 would become 1.1. */
function plainText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'boolean' || Number.isSafeInteger(value) ? String(value) : undefined;
}
