// Work that is wanted more often than anybody can see: done at once, and then only so often. Used by progress over many VMs.
import type { Disposable } from '../domain/emitter';

/** Runs `action` once after that many milliseconds unless disposed of before. */
export type After = (ms: number, action: () => void) => Disposable;

export class Throttle {
  #pause: Disposable | undefined;
  #isWanted = false;

  constructor(
    private readonly after: After,
    private readonly pauseMs: number,
    private readonly work: () => void,
  ) {}

  /** Does it now or at the end of the pause, once however often it is wanted until then. */
  run(): void {
    if (this.#pause !== undefined) {
      this.#isWanted = true;
      return;
    }
    this.work();
    this.#pause = this.after(this.pauseMs, () => {
      this.#pause = undefined;
      this.#runWanted();
    });
  }

  /** Does at once what is still wanted; to be called when nothing more will be. */
  end(): void {
    this.#pause?.dispose();
    this.#pause = undefined;
    if (this.#isWanted) this.work();
    this.#isWanted = false;
  }

  #runWanted(): void {
    if (!this.#isWanted) return;
    this.#isWanted = false;
    this.run();
  }
}
