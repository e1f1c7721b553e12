// Reading what a report on one or several VMs needs: used by all commands that show such a page.
import * as l10n from '@vscode/l10n';
import { HyperVError } from '../domain/errors';
import { errorText } from '../domain/errorTexts';
import type { VmRecord } from '../domain/vm';
import { idsPerRead } from '../hyperv/api';
import type { HostId } from '../hyperv/hosts';
import type { CommandContext } from './commandContext';
import type { VmTarget } from './targets';

export interface Attempt<T> {
  readonly value: T | undefined;
  /** Why there is none, in words for people. */
  readonly problem: string | undefined;
}

/**
 * What hosts are asked for one page. A host that does not answer makes no empty page, and one that has not answered is not
 * asked for each of its other VMs: that would be a wait for as many time-outs.
 */
export class Asking {
  readonly #failures = new Map<HostId, HyperVError>();

  async attempt<T>({ hostId, hostName, vm }: VmTarget, work: () => Promise<T>): Promise<Attempt<T>> {
    let failure = this.#failures.get(hostId);
    if (failure === undefined) {
      try {
        return { value: await work(), problem: undefined };
      } catch (error) {
        failure = HyperVError.from(error);
        // What is about this VM says nothing of the others.
        if (!HyperVError.is(failure, 'vmNotFound', 'cancelled')) this.#failures.set(hostId, failure);
      }
    }
    return { value: undefined, problem: problemText(failure, hostName, vm.name) };
  }
}

/**
 * One after the other on each host: a report is in no hurry, and the host has other work. Their records come together.
 * @param readOne gets the record of the VM; undefined when it was cancelled
 * @returns undefined when it was cancelled: whoever does that wants no page of half of it
 */
export async function readEach<T>(
  { service }: Pick<CommandContext, 'service'>,
  targets: readonly VmTarget[],
  tell: (message: string) => void,
  signal: AbortSignal,
  readOne: (target: VmTarget, record: Promise<Attempt<VmRecord | undefined>>, asking: Asking) => Promise<T | undefined>,
): Promise<readonly T[] | undefined> {
  const found = new Map<VmTarget, T>();
  const asking = new Asking();
  const readHost = async (ofHost: readonly VmTarget[]): Promise<void> => {
    for (let from = 0; from < ofHost.length; from += idsPerRead) {
      const some = ofHost.slice(from, from + idsPerRead).map((target) => ({
        target,
        record: asking.attempt(target, () => service.readVm(target.hostId, target.vm.id, signal)),
      }));
      for (const { target, record } of some) {
        if (signal.aborted) return;
        const report = await readOne(target, record, asking);
        if (report !== undefined) found.set(target, report);
        if (targets.length > 1) tell(l10n.t('{0} of {1}', found.size, targets.length));
      }
    }
  };
  const hostIds = new Set(targets.map(({ hostId }) => hostId));
  await Promise.all([...hostIds].map((hostId) => readHost(targets.filter((one) => one.hostId === hostId))));
  return signal.aborted
    ? undefined
    : targets.map((target) => found.get(target)).filter((report) => report !== undefined);
}

export function problemText(error: unknown, hostName: string, vmName: string): string {
  const { what, nextStep } = errorText(HyperVError.from(error), { hostName, vmName });
  return `${what} ${nextStep}`;
}

/** What makes a page replace the one before it. */
export function pageId(kind: string, targets: readonly VmTarget[]): string {
  return kind + targets.map(({ hostId, vm }) => `${hostId}/${vm.id}`).join('+');
}
