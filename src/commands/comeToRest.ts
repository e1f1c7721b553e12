// Waits for what the host says a moment later: where VMs are whose change has just failed, or whether a guest answers for a
// service that has just been enabled.
import * as l10n from '@vscode/l10n';
import { serviceVerdict } from '../domain/health/serviceVerdict';
import type { IntegrationServiceKey } from '../domain/integrationServices';
import { isTransitional } from '../domain/powerStates';
import type { CommandContext } from './commandContext';
import type { VmTarget } from './targets';

/** Between two looks. */
const lookMs = 1_000;

/**
 * What a failed change leaves behind is over sooner; a VM that moves on after that is moved by somebody else. A service that was
 * enabled finds its part in the guest within seconds.
 */
const patienceLooks = 20;

/**
 * Resolves when the store shows none of them in a state of transition any more, or the patience is over.
 * @returns whether the person stayed
 */
export async function comeToRest(context: CommandContext, targets: readonly VmTarget[]): Promise<boolean> {
  const [first, ...others] = targets;
  const title =
    first !== undefined && others.length === 0
      ? l10n.t('Waiting for the state of {0}', first.vm.name)
      : l10n.t('Waiting for the state of {0} virtual machines', targets.length);
  return context.ui.progress({ title, cancellable: true }, async (_, signal) => {
    await Promise.all(targets.map((target) => lookUntil(context, target, () => !isMoving(context, target), signal)));
    return !signal.aborted;
  });
}

/** Whether the store shows it in a state of transition. */
export function isMoving({ store }: CommandContext, { hostId, vm }: VmTarget): boolean {
  const now = store.vm(hostId, vm.id);
  return now !== undefined && isTransitional(now.state);
}

/** Until the guest answers for a service that was enabled, which takes seconds; no longer than for a moment. */
export async function untilContact(
  context: CommandContext,
  target: VmTarget,
  service: IntegrationServiceKey,
): Promise<void> {
  const isSilent = (): boolean => {
    const vm = context.store.vm(target.hostId, target.vm.id);
    return vm !== undefined && serviceVerdict(vm, service).condition === 'silent';
  };
  if (!isSilent()) return;
  const title = l10n.t('Waiting for the guest of {0}', target.vm.name);
  await context.ui.progress({ title, cancellable: true }, (_, signal) =>
    lookUntil(context, target, () => !isSilent(), signal),
  );
}

/** Looks at the VM, a second after the other, until it is as wanted; no longer than for a moment, nor after the signal. */
async function lookUntil(
  context: CommandContext,
  { hostId, vm }: VmTarget,
  isOver: () => boolean,
  signal: AbortSignal,
): Promise<void> {
  for (let left = patienceLooks; left > 0; left--) {
    try {
      await context.service.readVm(hostId, vm.id, signal);
    } catch {
      // A host that does not answer leaves the VM as it is shown.
      return;
    }
    if (isOver()) return;
    await pause(context, signal);
    if (signal.aborted) return;
  }
}

function pause({ after }: CommandContext, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      timer.dispose();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = after(lookMs, done);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
