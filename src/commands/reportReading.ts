// Reading what a report on one or several VMs needs: used by all commands that show such a page.
import * as l10n from '@vscode/l10n';
import { HyperVError } from '../domain/errors';
import { errorText } from '../domain/errorTexts';
import type { VmTarget } from './targets';

/** One after the other on each host: a report is in no hurry, and the host has other work.
 * @param readOne undefined when it was cancelled
 * @returns undefined when it was cancelled: whoever does that wants no page of half of it
 */
export async function readEach<T>(
  targets: readonly VmTarget[],
  tell: (message: string) => void,
  signal: AbortSignal,
  readOne: (target: VmTarget) => Promise<T | undefined>,
): Promise<readonly T[] | undefined> {
  const found = new Map<VmTarget, T>();
  const hostIds = new Set(targets.map(({ hostId }) => hostId));
  await Promise.all(
    [...hostIds].map(async (hostId) => {
      for (const target of targets.filter((one) => one.hostId === hostId)) {
        if (signal.aborted) return;
        const report = await readOne(target);
        if (report !== undefined) found.set(target, report);
        if (targets.length > 1) tell(l10n.t('{0} of {1}', found.size, targets.length));
      }
    }),
  );
  return signal.aborted
    ? undefined
    : targets.map((target) => found.get(target)).filter((report) => report !== undefined);
}

export interface Attempt<T> {
  readonly value: T | undefined;
  /** Why there is none, in words for people. */
  readonly problem: string | undefined;
}

/** A host that does not answer makes no empty page. */
export async function attempt<T>(hostName: string, vmName: string, work: Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await work, problem: undefined };
  } catch (error) {
    return { value: undefined, problem: problemText(error, hostName, vmName) };
  }
}

export function problemText(error: unknown, hostName: string, vmName: string): string {
  const { what, nextStep } = errorText(HyperVError.from(error), { hostName, vmName });
  return `${what} ${nextStep}`;
}

/** What makes a page replace the one before it. */
export function pageId(kind: string, targets: readonly VmTarget[]): string {
  return kind + targets.map(({ hostId, vm }) => `${hostId}/${vm.id}`).join('+');
}
