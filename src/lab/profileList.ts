// The profiles of one host's guests.
import type { GuestProfile } from './profiles';

/** Profiles are sent once, however many VMs share one. */
export class Profiles {
  readonly list: GuestProfile[] = [];
  readonly #index = new Map<string, number>();

  add(profile: GuestProfile): number {
    const text = JSON.stringify(profile);
    const known = this.#index.get(text);
    if (known !== undefined) return known;
    this.#index.set(text, this.list.length);
    return this.list.push(profile) - 1;
  }
}
