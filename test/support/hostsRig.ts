// What the tests of the commands for hosts share: a window whose settings name some, and steps that a test answers.
import type { HyperVError } from '../../src/domain/errors';
import { inOrder } from '../../src/hyperv/hostOrder';
import { parseHostsSetting } from '../../src/hyperv/hostsSetting';
import { makeRig } from './commandRig';
import type { Rig } from './commandRig';
import type { FakeHosts } from './fakeHosts';
import type { FakeSteps } from './fakeSteps';

/** A window whose settings name these hosts, and which shows them. */
export function hostsRig(list?: readonly unknown[]): Rig & { steps: FakeSteps } {
  const rig = makeRig({ PC: [] });
  rig.hosts.list = list;
  const remote = parseHostsSetting(list).hosts.map(({ definition }) => definition);
  rig.store.arrange(inOrder([...rig.store.hosts().map(({ definition }) => definition), ...remote]));
  return Object.assign(rig, { steps: rig.hosts.steps });
}

/** Two entries of the settings. */
export const lab = { kind: 'ssh', host: 'lab01', user: 'admin' } as const;
export const hv02 = { kind: 'winrm', host: 'hv02', configurationName: 'Lab' } as const;
/** The row of a host. */
export const row = (hostId: string) => ({ kind: 'host', id: `host/${hostId}`, hostId }) as const;

/** What the test of a way finds: the port, and a sign-in that passes or fails. */
export function finds(hosts: FakeHosts, error: HyperVError | undefined, fingerprint?: string): void {
  hosts.find = (onStep) => {
    onStep({ step: 'port', outcome: 'running' });
    onStep({ step: 'port', outcome: 'passed', fact: 'lab01:22' });
    onStep({ step: 'signIn', outcome: 'running' });
    if (error === undefined) onStep({ step: 'signIn', outcome: 'passed' });
    else
      onStep({
        step: 'signIn',
        outcome: 'failed',
        error,
        remedy: 'ssh -- lab01',
        ...(fingerprint !== undefined && { fingerprint }),
      });
    return Promise.resolve();
  };
}

/** The rows of the list that was shown last. */
export const labelsOf = ({ steps }: { steps: FakeSteps }): string[] =>
  (steps.lists.at(-1)?.rows ?? []).map(({ label }) => label);
