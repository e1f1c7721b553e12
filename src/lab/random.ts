// A small seeded generator: the same seed gives the same lab on every machine.

export interface Random {
  /** An integer from 0 to `below` - 1. */
  next(below: number): number;
  /** A GUID in lower case, of version 4 in form. */
  guid(): string;
}

/** mulberry32, a public-domain generator of 32 bits of state: enough for variety, nothing for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const uint32 = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const hex = (): string => uint32().toString(16).padStart(8, '0');
  return {
    next: (below) => uint32() % below,
    guid: () => {
      const digits = hex() + hex() + hex() + hex();
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-9${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
    },
  };
}

/** A seed of its own for each host: FNV-1a of the name, mixed with the lab's seed. */
export function hostSeed(seed: number, name: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
