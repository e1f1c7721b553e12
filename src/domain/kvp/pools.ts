// The pools of Hyper-V's data exchange (KVP) of one VM, as read from its host. Shared by the host's side, the panel and `hv`.

/** One key-value pair. Text of a guest or of another administrator: hostile, shown only. */
export interface KvpPair {
  readonly key: string;
  readonly value: string;
}

/**
 * `external`: written by the host, read by the guest. `guest`: written by programs in the guest, read by the host.
 * `intrinsic`: what the guest says of itself (OSName …). `hostOnly`: kept in the VM's configuration, never sent.
 */
export const kvpPools = ['external', 'guest', 'intrinsic', 'hostOnly'] as const;
export type KvpPool = (typeof kvpPools)[number];

/** The pools that the host may change: `Source` 0 and 4 of Msvm_KvpExchangeDataItem. */
export const editableKvpPools = ['external', 'hostOnly'] as const;
export type EditableKvpPool = (typeof editableKvpPools)[number];

export function isEditableKvpPool(value: unknown): value is EditableKvpPool {
  return (editableKvpPools as readonly unknown[]).includes(value);
}

/**
 * Pairs in the host's order, each key once; null when the host cannot say: the guest's pools need a running VM, and a
 * host may show the external pool of a VM that is off as empty although it holds pairs (containers/libhvee#193).
 */
export type KvpPoolPairs = readonly KvpPair[] | null;

/** All pools of one VM at one moment. */
export interface KvpReading {
  readonly pools: Readonly<Record<KvpPool, KvpPoolPairs>>;
  /** The host's setting of the service Data Exchange; null when it does not say. */
  readonly enabled: boolean | null;
  /** Items the host handed out that could not be read; the others are complete. */
  readonly unreadable: number;
}
