// The address by which a VM can be reached. Shown in its row and copied by a command.
import type { VmRecord } from './vm';

/** The first address the guest reported; undefined unless it runs, as addresses of the past mislead. */
export function vmAddress({ state, guest }: Pick<VmRecord, 'state' | 'guest'>): string | undefined {
  return state === 'running' ? guest.addresses[0] : undefined;
}
