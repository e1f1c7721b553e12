// The profiles of one host's guests.
import type { GuestProfile } from './profiles';

/** Profiles are sent once, however many VMs share one. */
export class Profiles {
  readonly list: GuestProfile[] = [];
  readonly #index = new Map<string, number>();
  readonly #made = new Map<string, number>();

  add(profile: GuestProfile): number {
    const text = JSON.stringify(profile);
    const known = this.#index.get(text);
    if (known !== undefined) return known;
    this.#index.set(text, this.list.length);
    return this.list.push(profile) - 1;
  }

  /** As `add`, for thousands that differ in a few choices: the profile of a key is made once. */
  addOnce(key: string, make: () => GuestProfile): number {
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const added = this.add(make());
    this.#made.set(key, added);
    return added;
  }
}
