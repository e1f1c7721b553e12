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
  /** Those that are being disabled. */
  readonly #endings = new Map<string, Promise<HyperVError | undefined>>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /**
   * Somebody is going to copy into it; `end` is called once for each of these.
   * @param isOwed it was enabled for a copy, and is to be disabled at the end
   */
  begin(target: VmTarget, isOwed = false): void {
    const use = this.#uses.get(keyOf(target)) ?? { users: 0, isOwed: false };
    this.#uses.set(keyOf(target), use);
    use.users += 1;
    use.isOwed ||= isOwed;
  }

  /**
   * Enables the service where it is disabled and the person agreed, and waits until the guest answers.
   * @param onEnable told before it does
   * @throws HyperVError
   */
  async enable(
    context: CommandContext,
    target: VmTarget,
    wish: ServiceWish,
    signal: AbortSignal,
    onEnable: () => void,
  ): Promise<void> {
    const { hostId, vm } = target;
    const use = this.#uses.get(keyOf(target));
    const ending = this.#endings.get(keyOf(target));
    await ending;
    const present = context.store.vm(hostId, vm.id);
    if (present === undefined || !needsService(present)) return;
    // It was enabled when the person was asked, by a copy that has ended since: for this one it is again.
    const isWished = wish === 'disableAgain' || (wish === 'asItIs' && ending !== undefined);
    if (wish === 'asItIs' && !isWished) return;
    // Even a failure may have enabled it.
    if (use !== undefined && isWished) use.isOwed = true;
    onEnable();
    await context.service.change(hostId, 'service.set', { id: vm.id, service, enabled: true }, undefined, signal);
    await this.#untilAnswering(context, target, signal);
  }

  /** Whether the end of this use, if it is the last one, disables the service. */
  isOwed(target: VmTarget): boolean {
    return this.#uses.get(keyOf(target))?.isOwed === true;
  }

  /** @returns why it could not be disabled again, if it was to be */
  async end(context: CommandContext, target: VmTarget): Promise<HyperVError | undefined> {
    const key = keyOf(target);
    const use = this.#uses.get(key);
    if (use === undefined) return undefined;
    use.users -= 1;
    if (use.users > 0) return undefined;
    this.#uses.delete(key);
    if (!use.isOwed) return undefined;
    const ending = disable(context, target).finally(() => this.#endings.delete(key));
    this.#endings.set(key, ending);
    return ending;
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

async function disable({ service: host }: CommandContext, { hostId, vm }: VmTarget): Promise<HyperVError | undefined> {
  try {
    await host.change(hostId, 'service.set', { id: vm.id, service, enabled: false });
    return undefined;
  } catch (error) {
    // Of a VM that is gone nothing is left.
    return HyperVError.is(error, 'vmNotFound') ? undefined : HyperVError.from(error);
  }
}

function keyOf({ hostId, vm }: VmTarget): string {
  return `${hostId}\n${vm.id}`;
}
