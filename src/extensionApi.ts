// What activate() returns: a look at the store for tests and scripts that run inside the editor. Not for other
// extensions; it may change with any version.
import { HyperVError } from './domain/errors';
import type { HyperVErrorReason } from './domain/errors';
import type { VmRecord } from './domain/vm';
import type { HostId } from './hyperv/hosts';
import type { HostStatus, HostStore } from './hyperv/hostStore';

export interface HostSnapshot {
  readonly id: HostId;
  readonly name: string;
  readonly status: HostStatus['kind'];
  /** Only when the status is `failed`. */
  readonly reason?: HyperVErrorReason;
  readonly vms: readonly VmRecord[];
}

export interface HypervLabApi {
  /** What all surfaces show now. A copy. */
  snapshot(): readonly HostSnapshot[];
  /** Resolves when no host is being connected to. */
  whenIdle(): Promise<void>;
  /** Moves the simulated world of a demo lab's host: `lab.advance`, `lab.fault`, `lab.touch`, `lab.reset`. */
  labRequest(hostId: HostId, method: string, params: Readonly<Record<string, unknown>>): Promise<unknown>;
}

export type LabCall = (method: string, params: never) => Promise<unknown>;

/** @param labCall the session of a host that was looked at already; undefined when there is none */
export function extensionApi(store: HostStore, labCall: (hostId: HostId) => LabCall | undefined): HypervLabApi {
  return {
    snapshot: () =>
      store.hosts().map(({ definition: { id, name }, status, vms }) => ({
        id,
        name,
        status: status.kind,
        ...(status.kind === 'failed' && { reason: status.error.reason }),
        vms: structuredClone([...vms.values()]),
      })),
    whenIdle: () => whenIdle(store),
    labRequest: async (hostId, method, params) => {
      const call = labCall(hostId);
      if (call === undefined) throw new HyperVError('badRequest', `Nobody has looked at the host ${hostId} yet.`);
      return call(method, params as never);
    },
  };
}

function whenIdle(store: HostStore): Promise<void> {
  const isIdle = (): boolean => store.hosts().every(({ status }) => status.kind !== 'connecting');
  if (isIdle()) return Promise.resolve();
  return new Promise((resolve) => {
    const listening = store.onDidChange(() => {
      if (!isIdle()) return;
      listening.dispose();
      resolve();
    });
  });
}
