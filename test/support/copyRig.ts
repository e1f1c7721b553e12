// What the tests of copying files have in common: VMs, the host's failures, and what a person read.
import { HyperVError } from '../../src/domain/errors';
import type { VmRecord } from '../../src/domain/vm';
import { makeRig } from './commandRig';
import type { Rig } from './commandRig';
import { makeVm, vmId, withService } from './vms';

export const windows = makeVm({ name: 'web' });
export const linux = makeVm({
  id: vmId(2),
  name: 'db',
  guest: { ...makeVm().guest, osName: 'Ubuntu', addresses: ['10.0.0.2'] },
});

/** With the service disabled. */
export const closed = (vm: VmRecord): VmRecord =>
  withService(vm, 'guestServiceInterface', { enabled: false, status: 'ok' });

/** The host's job has failed with this number. */
export function failedJob(number: string): HyperVError {
  return new HyperVError('failed', 'x', 'none', { hostMessage: `(${number})`, errorId: 'Hv.job,Copy-HvFile' });
}

/** A host whose services can be switched. */
export function copyRig(chosen: readonly string[], ...vms: readonly VmRecord[]): Rig {
  const rig = makeRig({ HV01: vms });
  rig.chosen = chosen;
  rig.behave = ({ parameters }, vm) =>
    withService(vm, 'guestServiceInterface', { enabled: parameters['enabled'] === true });
  return rig;
}

export const row = (rig: Rig, number = 1): unknown => rig.nodes.vm('HV01', vmId(number));

/** Where files were asked to go, in order. */
export const copied = (rig: Rig): unknown[] =>
  rig.calls.filter(({ method }) => method === 'copyFile').map(({ parameters }) => parameters['destination']);

/** How the service was switched, in order. */
export const switched = (rig: Rig): unknown[] =>
  rig.calls.filter(({ method }) => method === 'service.set').map(({ parameters }) => parameters['enabled']);

/** What a person read and was asked, in order of kind. */
export function story({ ui, hosts }: Rig): string {
  const withButtons = (kind: string, all: readonly { message: string; buttons: readonly string[] }[]): string[] =>
    all.map(({ message, buttons }) => `${kind}: ${message} [${buttons.join(', ')}]`);
  return [
    ...hosts.steps.asked.map((text) => `asked: ${text}`),
    ...ui.confirmations.map(({ message, detail }) => `modal: ${message}\n${detail.replaceAll(/^/gm, '       ')}`),
    ...ui.progressTitles.map((text) => `progress: ${text}`),
    ...ui.mentioned.map((text) => `status bar: ${text}`),
    ...ui.told.map((text) => `told: ${text}`),
    ...withButtons('offer', ui.offers),
    ...withButtons('question', ui.questions),
    ...withButtons('error', ui.errors),
  ].join('\n');
}

/** After what goes on beside a command that has ended. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
