// Data exchange items as the host hands them out: one CIM-XML text each, written by the host around text of the guest.
// A small strict parser for exactly that shape; a bad item is skipped and never spoils the others.

/** No item the host can make is longer: 16 KB of a host-only value, every character of it escaped, plus the frame. */
const maxItemLength = 128 * 1024;

/**
 * Pairs of all readable items. Of several with one name the last wins: guests append to their pool.
 * @param items anything; what is not an item is left out
 */
export function parseKvpItems(items: readonly unknown[]): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const item of items) {
    const pair = typeof item === 'string' ? parseKvpItem(item) : undefined;
    if (pair !== undefined) pairs.set(pair.name, pair.data);
  }
  return pairs;
}

interface KvpItem {
  readonly name: string;
  /** Empty for a null value, which is a PROPERTY without VALUE. */
  readonly data: string;
}

/** undefined when the text is not one INSTANCE with a Name. */
export function parseKvpItem(xml: string): KvpItem | undefined {
  if (xml.length > maxItemLength) return undefined;
  const properties = new Map<string, string>();
  const reader = new Reader(xml);
  if (reader.element() !== 'INSTANCE') return undefined;
  for (;;) {
    if (reader.closing('INSTANCE')) break;
    const attributes = reader.opening('PROPERTY');
    if (attributes === undefined) return undefined;
    const name = attributes.get('NAME');
    const value = attributes.selfClosed ? '' : reader.propertyValue();
    if (name === undefined || value === undefined) return undefined;
    properties.set(name, value);
  }
  const name = properties.get('Name');
  if (!reader.atEnd || name === undefined || name === '') return undefined;
  return { name, data: properties.get('Data') ?? '' };
}

class Attributes extends Map<string, string> {
  selfClosed = false;
}

/** Reads markup from left to right; every method leaves the position behind what it recognised. */
class Reader {
  #position = 0;

  constructor(private readonly text: string) {}

  get atEnd(): boolean {
    return this.#match(/\s*$/y) !== undefined;
  }

  /** The name of an opening tag, whose attributes do not matter. */
  element(): string | undefined {
    return this.#match(/\s*(?:<\?xml[^<>]*\?>\s*)?<([A-Z]+)(?:\s[^<>]*)?>/y)?.[1];
  }

  closing(name: 'INSTANCE' | 'PROPERTY'): boolean {
    return this.#match(name === 'INSTANCE' ? /\s*<\/INSTANCE\s*>/y : /\s*<\/PROPERTY\s*>/y) !== undefined;
  }

  opening(name: 'PROPERTY'): Attributes | undefined {
    const tag = this.#match(/\s*<([A-Z]+)((?:\s+[A-Za-z]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y);
    if (tag?.[1] !== name) return undefined;
    const attributes = new Attributes();
    for (const [, key = '', double, single] of (tag[2] ?? '').matchAll(/([A-Za-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
      attributes.set(key, unescapeXml(double ?? single ?? ''));
    }
    attributes.selfClosed = tag[3] === '/';
    return attributes;
  }

  /** What stands between the tags of a PROPERTY, up to and with its end; undefined when it is something else. */
  propertyValue(): string | undefined {
    const value = this.#match(/\s*<VALUE(?:\s*\/>|\s*>([^<]*)<\/VALUE\s*>)/y);
    if (!this.closing('PROPERTY')) return undefined;
    return unescapeXml(value?.[1] ?? '');
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.#position = pattern.lastIndex;
    return match;
  }
}

const namedEntities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The five entities of XML and numeric references; anything else stays as it was written. */
function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, decimal, hexadecimal, name) => {
    if (typeof name === 'string') return namedEntities.get(name) ?? whole;
    const code = typeof decimal === 'string' ? Number.parseInt(decimal, 10) : Number.parseInt(String(hexadecimal), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
