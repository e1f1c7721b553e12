// How long keys and values may be, and which characters travel. Checked while a person types and again before a call.
import type { EditableKvpPool } from './pools';

/** Length of a text in both measures that limits use. */
export interface TextSize {
  /** UTF-16 code units. */
  readonly characters: number;
  /** Bytes of UTF-8; a lone surrogate counts as the three bytes of its replacement. */
  readonly bytes: number;
}

export interface TextLimit {
  /** Infinity where only bytes are limited. */
  readonly characters: number;
  readonly bytes: number;
}

export interface PoolLimits {
  readonly key: TextLimit;
  readonly value: TextLimit;
  /** Pairs in the pool; Infinity where nobody documents a number. */
  readonly pairs: number;
}

/**
 * External: 512 and 2,048 bytes on the wire to the guest, the final NUL included, in UTF-16 (Linux
 * `include/uapi/linux/hyperv.h`); Linux guests keep them as UTF-8 in fields of the same size. Host only: as documented for
 * `HostOnlyItems` of Msvm_KvpExchangeComponentSettingData, which names no encoding; we count UTF-8.
 */
export const kvpLimits: Readonly<Record<EditableKvpPool, PoolLimits>> = {
  external: {
    key: { characters: 255, bytes: 511 },
    value: { characters: 1023, bytes: 2047 },
    pairs: Infinity,
  },
  hostOnly: {
    key: { characters: Infinity, bytes: 512 },
    value: { characters: Infinity, bytes: 16_384 },
    pairs: 128,
  },
};

/** Items in one call of AddKvpItems, ModifyKvpItems or RemoveKvpItems (documentation of AddKvpItems). */
export const maxItemsPerCall = 128;

export function sizeOf(text: string): TextSize {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800) bytes += 2;
    else if (isHighSurrogate(code) && isLowSurrogate(text.charCodeAt(i + 1))) {
      bytes += 4;
      i += 1;
    } else bytes += 3;
  }
  return { characters: text.length, bytes };
}

export function fits(size: TextSize, limit: TextLimit): boolean {
  return size.characters <= limit.characters && size.bytes <= limit.bytes;
}

/**
 * What no item can carry: items travel as XML 1.0, which has no NUL, no other control character but tab and line ends, no
 * half of a surrogate pair, no U+FFFE or U+FFFF (XML 1.0, production Char).
 */
export type BadCharacter = 'nul' | 'control' | 'loneSurrogate';

export function badCharacter(text: string): BadCharacter | undefined {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0) return 'nul';
    if ((code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) || code === 0xfffe || code === 0xffff)
      return 'control';
    if (isHighSurrogate(code) && isLowSurrogate(text.charCodeAt(i + 1))) i += 1;
    else if (code >= 0xd800 && code <= 0xdfff) return 'loneSurrogate';
  }
  return undefined;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/** False for NaN, which charCodeAt gives behind the end. */
function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
