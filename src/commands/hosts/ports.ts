// What the commands about hosts need beside the store; made once by windowHosts.ts, faked by unit tests.
import type { RemoteHostDefinition } from '../../hyperv/hostOrder';
import type { VmId } from '../../domain/vm';
import type { HostId } from '../../hyperv/hosts';
import type { TestStepResult } from '../../hyperv/connectionTest';
import type { SshHostDefinition } from '../../hyperv/sshHost';
import type { StepsUi } from './stepsUi';

/** Asks a question while something else is on show; only one of them can be. */
export type Aside = <T>(ask: () => Promise<T>) => Promise<T>;

export interface HostPorts {
  readonly steps: StepsUi;
  /** Where the extension runs. */
  readonly platform: NodeJS.Platform;
  readonly setting: {
    /** As the person wrote it; may be anything. */
    readonly read: () => unknown;
    /** Rejects when the settings cannot be written. */
    readonly write: (list: readonly unknown[]) => Promise<void>;
    /** Opens the file with the setting. */
    readonly open: () => Promise<void>;
  };
  /** Names of computers in the person's ssh configuration. */
  readonly sshAliases: () => Promise<readonly string[]>;
  /** Tells of each step; ends early, and quietly, when aborted. A question to the person goes through `aside`. */
  readonly test: (
    definition: RemoteHostDefinition,
    onStep: (result: TestStepResult) => void,
    signal: AbortSignal,
    aside: Aside,
  ) => Promise<unknown>;
  /** Opens a terminal in which ssh itself asks what it has to ask. */
  readonly signInByTerminal: (definition: SshHostDefinition) => void;
  /** Does nothing when none is kept. */
  readonly forgetPassword: (hostId: HostId) => Promise<void>;
  /** The same for a guest of the host. */
  readonly forgetGuestPassword: (hostId: HostId, vmId: VmId) => Promise<void>;
  /** Guests of the host for which a password is kept; some of them may be gone. */
  readonly guestsWithPassword: (hostId: HostId) => Promise<readonly VmId[]>;
}

/** What these commands need of the ways to hosts. */
export type HostWays = Pick<HostPorts, 'test' | 'forgetPassword' | 'forgetGuestPassword' | 'guestsWithPassword'>;
