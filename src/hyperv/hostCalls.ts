// Methods by their names, for people who script (`hv`) and for the demo lab: what an answer is made into. HostClient has one
// table of them.
import { HyperVError } from '../domain/errors';
import { pageSize } from '../domain/screen/thumbnail';
import type { Parameters } from '../powershell/methods';
import { methods } from './api';
import type { ChangeResult } from './api';
import type { CheckpointClient } from './checkpointClient';
import { healthReading } from './healthReading';
import { parseHostChanges } from './hostChanges';
import type { HostConnection } from './hostConnection';
import type { HostRequests } from './hostRequests';
import type { InventoryReader } from './inventoryReader';
import type { KvpClient } from './kvpClient';
import { parseKvpRequest } from './kvpRequest';
import { thumbnailReading } from './thumbnailReading';
import type { VmClient } from './vmClient';

export interface CallParts {
  readonly requests: HostRequests;
  readonly inventory: InventoryReader;
  readonly vms: VmClient;
  readonly kvp: KvpClient;
  readonly checkpoints: CheckpointClient;
  readonly host: Pick<HostConnection, 'applyKvp' | 'probe'>;
}

/** The picture that scripts get who name no size. */
const pageBox = { width: pageSize.width, height: pageSize.height };

type Wanted = Readonly<Record<string, unknown>>;
type Call = (wanted: Wanted, signal?: AbortSignal) => Promise<unknown>;

/** The session checks the parameters, except those of methods that are made of others. */
export function callMethod(
  parts: CallParts,
  method: string,
  wanted: Wanted,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const special = specialCalls(parts).get(method);
  if (special !== undefined) return special(wanted, signal);
  // What runs apart from reads and changes is about no VM's record.
  return Object.hasOwn(methods, method) && !/^(?:time|guest)\./.test(method)
    ? vmAnswer(parts, method, wanted, signal)
    : plain(parts, method, wanted, signal);
}

/** Those which answer with something else than the VM. */
function specialCalls(parts: CallParts): ReadonlyMap<string, Call> {
  const { inventory, vms, kvp, checkpoints, host } = parts;
  const parsed =
    (method: string, parse: (value: unknown) => unknown): Call =>
    async (wanted, signal) =>
      parse(await plain(parts, method, wanted, signal));
  const calls: Record<string, Call> = {
    inventory: (wanted, signal) => {
      // What it can take is between client and host.
      if (Object.keys(wanted).length > 0) throw new HyperVError('badRequest', 'inventory takes no parameters.');
      return inventory.readWhole(signal);
    },
    'host.probe': (_, signal) => host.probe(signal),
    'host.watch': parsed('host.watch', parseHostChanges),
    'vm.readMany': async (wanted, signal) => ({ vms: await vms.readSome(parametersOf(wanted), signal) }),
    'vm.health': parsed('vm.health', healthReading),
    'vm.thumbnail': async (wanted, signal) =>
      thumbnailReading(await plain(parts, 'vm.thumbnail', { ...pageBox, ...wanted }, signal), pageSize) ?? null,
    'checkpoint.read': (wanted, signal) => checkpoints.readWith(parametersOf(wanted), signal),
    'job.cancel': parsed('job.cancel', (value) => value),
    'file.copy': parsed('file.copy', (value) => value),
    'file.read': parsed('file.read', (value) => value),
    'kvp.read': (wanted, signal) => kvp.readWith(parametersOf(wanted), signal),
    'kvp.apply': (wanted, signal) => {
      const { id, pool, changes } = parseKvpRequest(wanted);
      return host.applyKvp(id, pool, changes, signal);
    },
  };
  return new Map(Object.entries(calls));
}

async function vmAnswer(
  { vms }: CallParts,
  method: string,
  wanted: Wanted,
  signal: AbortSignal | undefined,
): Promise<ChangeResult> {
  return { vm: await vms.request(method, parametersOf(wanted), { signal }) };
}

async function plain(
  { requests }: CallParts,
  method: string,
  wanted: Wanted,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  return (await requests.ask(method, parametersOf(wanted), { signal })).value;
}

/** What is no parameter value is refused by the session. */
function parametersOf(wanted: Wanted): Parameters {
  return wanted as Parameters;
}
