// The pools of one VM from the rows of kvp.ps1, checked once. Unknown rows and bad items never throw; they are counted.
import { parseKvpItem } from '../domain/kvp/items';
import { kvpPools } from '../domain/kvp/pools';
import type { KvpPair, KvpPool, KvpReading } from '../domain/kvp/pools';
import { vmStateFromCode } from '../domain/powerStates';

/** `EnabledState` of a setting: 2 Enabled, 3 Disabled (CIM_EnabledLogicalElement). */
const enabledByCode: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [2, true],
  [3, false],
]);

/** @param answer what Get-HvKvp returned: the pools the host had an answer for, EnabledState of setting and VM */
export function kvpReading(rows: readonly unknown[], answer: unknown): KvpReading {
  const { pools: shown, enabled, state } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  const pools: Record<KvpPool, Map<string, string>> = {
    external: new Map(),
    guest: new Map(),
    intrinsic: new Map(),
    hostOnly: new Map(),
  };
  let unreadable = 0;
  for (const row of rows) {
    const item = Array.isArray(row) && row[0] === 'item' && isPool(row[1]) ? parseKvpItem(String(row[2])) : undefined;
    // Of several with one key the last counts: guests append to their pool.
    if (item !== undefined) pools[(row as [string, KvpPool])[1]].set(item.name, item.data);
    else unreadable += 1;
  }
  const known = Array.isArray(shown) ? (shown as readonly unknown[]) : [];
  const pairsOf = (pool: KvpPool): readonly KvpPair[] | null =>
    known.includes(pool) ? [...pools[pool]].map(([key, value]) => ({ key, value })) : null;
  const external = pairsOf('external');
  return {
    pools: {
      // An empty list of a VM that has no memory may be the truth or not (containers/libhvee#193).
      external: external?.length === 0 && isWithoutMemory(state) ? null : external,
      guest: pairsOf('guest'),
      intrinsic: pairsOf('intrinsic'),
      hostOnly: pairsOf('hostOnly'),
    },
    enabled: enabledByCode.get(enabled) ?? null,
    unreadable,
  };
}

function isWithoutMemory(code: unknown): boolean {
  const state = typeof code === 'number' ? vmStateFromCode(code) : 'unknown';
  return state === 'off' || state === 'saved';
}

function isPool(value: unknown): value is KvpPool {
  return (kvpPools as readonly unknown[]).includes(value);
}
