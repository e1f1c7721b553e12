// What a host said by itself, checked once: HostClient reads the answer to host.watch with it. Pure.
import { HyperVError } from '../domain/errors';
import { parseVmId } from '../domain/vm';
import type { VmId } from '../domain/vm';
import type { HostChanges } from './api';

/** @throws HyperVError `protocol` when it is no such answer */
export function parseHostChanges(value: unknown): HostChanges {
  const { changed, created, deleted } = (value ?? {}) as Record<string, unknown>;
  return { changed: ids(changed), listChanged: ids(created).length + ids(deleted).length > 0 };
}

function ids(value: unknown): readonly VmId[] {
  if (!Array.isArray(value)) throw new HyperVError('protocol', 'The answer to host.watch does not say what changed.');
  return value.flatMap((item) => (typeof item === 'string' ? (parseVmId(item) ?? []) : []));
}
