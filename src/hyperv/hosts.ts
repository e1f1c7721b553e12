// What a host is before anybody talked to it. Made by the composition root, by `hv` and by the welcome button.
import type { SshHostDefinition } from './sshHost';
import type { WinRmHostDefinition } from './winrmHost';

/** Stable for the life of the window; part of every tree id, together with the VM's GUID. */
export type HostId = string;

interface HostIdentity {
  readonly id: HostId;
  /** Display only. */
  readonly name: string;
}

/** This computer. */
export interface LocalHostDefinition extends HostIdentity {
  readonly kind: 'local';
}

/** A simulated host of the demo lab. */
export interface LabHostDefinition extends HostIdentity {
  readonly kind: 'lab';
  /** The lab as JSON; checked by the lab's own parser when the session starts. */
  readonly spec: unknown;
  /** Which of the lab's hosts this is, from 0. */
  readonly index: number;
}

export type HostDefinition = LocalHostDefinition | LabHostDefinition | SshHostDefinition | WinRmHostDefinition;
