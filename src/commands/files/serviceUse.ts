// The service that copies files, enabled for as long as it is needed and disabled again where that was wished.
import { needsService } from '../../domain/files/targets';
import { HyperVError } from '../../domain/errors';
import type { VmRecord } from '../../domain/vm';
import type { CommandContext } from '../commandContext';
import { sleep } from '../sleep';
import type { VmTarget } from '../targets';
import type { ServiceWish } from './destination';

const service = 'guestServiceInterface';

/** A guest needs a few seconds to answer after its service was enabled; one that does not by then is asked all the same. */
const answersWithinMs = 30_000;
const lookAgainMs = 500;

interface Use {
  users: number;
  /** Somebody wished it to be disabled at the end. */
  isOwed: boolean;
}

/** One for all copies of the window: whoever ends last disables what was enabled for any of them. */
export class ServiceUse {
  readonly #uses = new Map<string, Use>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Somebody is going to copy into it; `end` is called once for each of these. */
  begin(target: VmTarget): void {
    const use = this.#uses.get(keyOf(target)) ?? { users: 0, isOwed: false };
    this.#uses.set(keyOf(target), use);
    use.users += 1;
  }

  /**
   * Enables the service where it is disabled, and waits until the guest answers.
   * @throws HyperVError
   */
  async enable(context: CommandContext, target: VmTarget, wish: ServiceWish, signal: AbortSignal): Promise<void> {
    const { hostId, vm } = target;
    const present = context.store.vm(hostId, vm.id);
    if (present === undefined || !needsService(present)) return;
    const use = this.#uses.get(keyOf(target));
    // Even a failure may have enabled it.
    if (use !== undefined && wish === 'disableAgain') use.isOwed = true;
    await context.service.change(hostId, 'service.set', { id: vm.id, service, enabled: true }, undefined, signal);
    await this.#untilAnswering(context, target, signal);
  }

  /** @returns why it could not be disabled again, if it was to be */
  async end(context: CommandContext, target: VmTarget): Promise<HyperVError | undefined> {
    const use = this.#uses.get(keyOf(target));
    if (use === undefined) return undefined;
    use.users -= 1;
    if (use.users > 0) return undefined;
    this.#uses.delete(keyOf(target));
    if (!use.isOwed) return undefined;
    const { hostId, vm } = target;
    try {
      await context.service.change(hostId, 'service.set', { id: vm.id, service, enabled: false });
      return undefined;
    } catch (error) {
      return HyperVError.from(error);
    }
  }

  async #untilAnswering(context: CommandContext, { hostId, vm }: VmTarget, signal: AbortSignal): Promise<void> {
    const endsAt = this.now() + answersWithinMs;
    let seen: VmRecord | undefined = context.store.vm(hostId, vm.id);
    while (seen?.state === 'running' && seen.services[service].status === 'noContact') {
      if (signal.aborted || this.now() >= endsAt) return;
      await sleep(lookAgainMs, signal);
      seen = await context.service.readVm(hostId, vm.id);
    }
  }
}

function keyOf({ hostId, vm }: VmTarget): string {
  return `${hostId}\n${vm.id}`;
}
