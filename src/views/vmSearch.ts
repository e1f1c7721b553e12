// By what a VM is found, in the tree's filter and in Find VM: its name, and what is shown of it.
import { searchable } from '../domain/vmFilter';
import type { Searchable } from '../domain/vmFilter';
import type { VmRecord } from '../domain/vm';
import { vmDescription } from './presentationVm';

/** A record never changes, and each letter typed asks for all of them. */
const known = new WeakMap<VmRecord, { readonly hostName: string; readonly words: Searchable }>();

export function searchableVm(vm: VmRecord, hostName: string): Searchable {
  const before = known.get(vm);
  if (before?.hostName === hostName) return before.words;
  const words = wordsOf(vm, hostName);
  known.set(vm, { hostName, words });
  return words;
}

function wordsOf(vm: VmRecord, hostName: string): Searchable {
  // Addresses of the past mislead, as in the row.
  const addresses = vm.state === 'running' ? vm.guest.addresses : [];
  return searchable(vm.name, [hostName, vmDescription(vm), ...addresses, vm.notes]);
}
