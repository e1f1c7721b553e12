// Changes to the same thing (one VM) run in the order they were asked for, even when they are of different classes. Used by
// whoever knows when a change has ended, which may be long after its answer.
import type { MethodSpec, Parameters } from './methods';
import { chain } from './requestQueue';

export class OrderedChanges {
  readonly #tails = new Map<string, Promise<unknown>>();

  run<T>(
    spec: MethodSpec,
    parameters: Parameters,
    signal: AbortSignal | undefined,
    work: () => Promise<T>,
  ): Promise<T> {
    const value = spec.orderedBy === undefined ? undefined : parameters[spec.orderedBy];
    // GUIDs come in any letter case.
    return value === undefined ? work() : chain(this.#tails, String(value).toLowerCase(), signal, work);
  }
}
