// Checks `kvp.apply {id, pool, add, change, remove}` of people who script: it is made of several methods, so that no
// session checks it as a whole.
import { HyperVError } from '../domain/errors';
import type { KvpChanges } from '../domain/kvp/changes';
import { isEditableKvpPool } from '../domain/kvp/pools';
import type { EditableKvpPool, KvpPair } from '../domain/kvp/pools';
import { parseVmId } from '../domain/vm';
import type { VmId } from '../domain/vm';

export interface KvpRequest {
  readonly id: VmId;
  readonly pool: EditableKvpPool;
  readonly changes: KvpChanges;
}

/** @throws HyperVError `badRequest`, naming the parameter and what it should be */
export function parseKvpRequest(parameters: Readonly<Record<string, unknown>>): KvpRequest {
  const { id, pool, add, change, remove, ...others } = parameters;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw refusal(`there is no parameter ${unknown}`);
  const vmId = typeof id === 'string' ? parseVmId(id) : undefined;
  if (vmId === undefined) throw refusal('id must be a GUID');
  if (!isEditableKvpPool(pool)) throw refusal("pool must be 'external' or 'hostOnly'");
  const changes: KvpChanges = {
    add: pairs('add', add),
    change: pairs('change', change),
    remove: keys(remove).map((key) => ({ key })),
  };
  const all = [...changes.add, ...changes.change, ...changes.remove].map(({ key }) => key);
  const twice = all.find((key, index) => all.indexOf(key) !== index);
  if (twice !== undefined) throw refusal(`the key ${JSON.stringify(twice)} occurs twice`);
  if (all.includes('')) throw refusal('a key must not be empty');
  return { id: vmId, pool, changes };
}

function pairs(name: string, list: unknown): KvpPair[] {
  const expected = `${name} must be a list of {"key": "…", "value": "…"}`;
  if (list === undefined) return [];
  if (!Array.isArray(list)) throw refusal(expected);
  return list.map((item: unknown) => {
    const { key, value, ...others } = (item ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof key !== 'string' || typeof value !== 'string' || Object.keys(others).length > 0) throw refusal(expected);
    return { key, value };
  });
}

function keys(list: unknown): string[] {
  if (list === undefined) return [];
  if (Array.isArray(list) && list.every((key) => typeof key === 'string')) return list;
  throw refusal('remove must be a list of keys');
}

function refusal(what: string): HyperVError {
  return new HyperVError('badRequest', `kvp.apply: ${what}.`);
}
