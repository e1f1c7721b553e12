// What Find VM shows: the VMs found, and below them what is not among them and why.
import * as l10n from '@vscode/l10n';
import { allowedActions } from '../domain/allowedActions';
import { queryOf, searchable } from '../domain/vmFilter';
import type { VmId } from '../domain/vm';
import type { HostId } from '../hyperv/hosts';
import type { HostRecord } from '../hyperv/hostStore';
import { vmDescription, vmIcon } from '../views/presentationVm';
import { failureText } from '../views/readinessView';
import { joinFacts } from '../views/row';
import type { Candidate, Found } from './findVmSearch';
import type { SearchButton, SearchRow } from './searchUi';

/** What a row stands for; a host without a VM is one that could not be read. */
export interface FindValue {
  readonly hostId: HostId;
  readonly vmId?: VmId;
}

export function findRows(found: Found, text: string, hosts: readonly HostRecord[]): SearchRow<FindValue>[] {
  const words = queryOf(text).words;
  return [
    ...found.best.map((candidate) => vmRow(candidate, words)),
    ...restRows(found),
    ...waitingRows(hosts),
    ...hosts.flatMap(failedRow),
  ];
}

function vmRow({ hostId, hostName, vm, words: { name } }: Candidate, words: readonly string[]): SearchRow<FindValue> {
  // The notes only where they are why the VM was found: two lines for each row would show half as many.
  const missing = words.filter((word) => !name.includes(word));
  const notes = missing.length > 0 && hasAny(vm.notes, missing) ? vm.notes.replace(/\s+/g, ' ') : undefined;
  return {
    id: `${hostId}/${vm.id}`,
    label: vm.name,
    description: joinFacts([hostName, vmDescription(vm)]),
    ...(notes !== undefined && { detail: l10n.t('Notes: {0}', notes) }),
    icon: vmIcon(vm),
    buttons: buttonsOf(vm),
    value: { hostId, vmId: vm.id },
  };
}

function hasAny(text: string, words: readonly string[]): boolean {
  const { name } = searchable(text, []);
  return words.some((word) => name.includes(word));
}

export const findButtons = { start: 'start', shutDown: 'shutDown', editPairs: 'editPairs' } as const;

/** What is possible now. Nothing that loses data: the mouse is quick here. */
function buttonsOf(vm: Candidate['vm']): SearchButton[] {
  const allowed = allowedActions(vm);
  return [
    ...(allowed.has('start') ? [{ id: findButtons.start, icon: 'play', tooltip: l10n.t('Start') }] : []),
    ...(allowed.has('shutDown')
      ? [{ id: findButtons.shutDown, icon: 'stop-circle', tooltip: l10n.t('Shut Down') }]
      : []),
    { id: findButtons.editPairs, icon: 'table', tooltip: l10n.t('Edit Key-Value Pairs') },
  ];
}

function restRows({ best, matching, all }: Found): SearchRow<FindValue>[] {
  const more = matching - best.length;
  if (more > 0) return [note('more', 'ellipsis', l10n.t('{0} more match. Type another letter.', more))];
  if (matching > 0) return [];
  const none = all === 0 ? l10n.t('No virtual machines') : l10n.t('None of {0} virtual machines matches.', all);
  return [note('none', 'info', none)];
}

function waitingRows(hosts: readonly HostRecord[]): SearchRow<FindValue>[] {
  const [first, ...others] = hosts.filter(isAwaited);
  if (first === undefined) return [];
  const text =
    others.length === 0
      ? l10n.t('Waiting for {0}…', first.definition.name)
      : l10n.t('Waiting for {0} hosts…', others.length + 1);
  return [note('waiting', 'sync', text)];
}

/** Its first answer has not come yet. */
export function isAwaited({ status }: HostRecord): boolean {
  return status.kind === 'idle' || status.kind === 'connecting';
}

function failedRow(host: HostRecord): SearchRow<FindValue>[] {
  const { status, definition } = host;
  if (status.kind !== 'failed') return [];
  return [
    {
      id: definition.id,
      label: l10n.t('{0} is not searched', definition.name),
      description: failureText(host, status.error).cause,
      detail: l10n.t('Enter tries again.'),
      icon: 'error',
      value: { hostId: definition.id },
    },
  ];
}

function note(id: string, icon: string, label: string): SearchRow<FindValue> {
  return { id, icon, label };
}
