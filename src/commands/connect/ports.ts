// What connecting needs beside the store; windowConnect.ts is VS Code's way, unit tests have their own.
import type { ConnectPlan } from '../../domain/connect/plan';
import type { VmId } from '../../domain/vm';

export interface ConnectPorts {
  /** What the extension opens on its computer, the person sees. */
  readonly isHere: () => boolean;
  /** The extension by which VS Code works on a computer over SSH is there. */
  readonly hasRemoteSsh: () => boolean;
  /** Shows that extension, from where it can be installed. */
  readonly showRemoteSsh: () => Promise<void>;
  /**
   * @param vmId for a window of this VM that is open already: it is brought to the front instead
   * @param title of a terminal
   * Rejects when it could not be started, with a message for people.
   */
  readonly start: (plan: ConnectPlan, vmId: VmId, title: string) => Promise<void>;
}
