// The settings of a person, their ssh configuration and the connections of hosts, as a test says.
import type { Aside, HostPorts } from '../../src/commands/hosts/ports';
import type { TestStepResult } from '../../src/hyperv/connectionTest';
import type { RemoteHostDefinition } from '../../src/hyperv/hostOrder';
import type { VmId } from '../../src/domain/vm';
import type { SshHostDefinition } from '../../src/hyperv/sshHost';
import { FakeSteps } from './fakeSteps';

export class FakeHosts implements HostPorts {
  readonly steps = new FakeSteps();
  platform: NodeJS.Platform = 'win32';
  /** The setting. */
  list: unknown;
  /** Rejects writes, one each. */
  failures: Error[] = [];
  opened = 0;
  aliases: readonly string[] = [];
  readonly tested: RemoteHostDefinition[] = [];
  /** Of the last test. */
  signal = new AbortController().signal;
  /** What a test finds. */
  find: (onStep: (result: TestStepResult) => void, signal: AbortSignal, aside: Aside) => Promise<void> = (onStep) => {
    onStep({ step: 'port', outcome: 'passed', fact: '3 ms' });
    return Promise.resolve();
  };
  readonly signedIn: SshHostDefinition[] = [];
  readonly forgotten: string[] = [];
  /** Called for each of them; may throw. */
  onForget: () => void = () => undefined;

  readonly setting = {
    read: (): unknown => this.list,
    write: (list: readonly unknown[]): Promise<void> => {
      const failure = this.failures.shift();
      if (failure !== undefined) return Promise.reject(failure);
      this.list = list;
      return Promise.resolve();
    },
    open: (): Promise<void> => {
      this.opened++;
      return Promise.resolve();
    },
  };

  readonly sshAliases = (): Promise<readonly string[]> => Promise.resolve(this.aliases);

  readonly test: HostPorts['test'] = (definition, onStep, signal, aside) => {
    this.tested.push(definition);
    this.signal = signal;
    return this.find(onStep, signal, aside);
  };

  readonly signInByTerminal = (definition: SshHostDefinition): void => {
    this.signedIn.push(definition);
  };

  readonly forgottenGuests: string[] = [];
  /** By host. */
  keptGuests: Readonly<Record<string, readonly VmId[]>> = {};

  readonly guestsWithPassword = (hostId: string): Promise<readonly VmId[]> =>
    Promise.resolve(this.keptGuests[hostId] ?? []);

  readonly forgetGuestPassword = (hostId: string, vmId: string): Promise<void> => {
    this.forgottenGuests.push(`${hostId}/${vmId}`);
    return Promise.resolve();
  };

  readonly forgetPassword = (hostId: string): Promise<void> => {
    this.forgotten.push(hostId);
    return new Promise((resolve) => {
      this.onForget();
      resolve();
    });
  };
}
