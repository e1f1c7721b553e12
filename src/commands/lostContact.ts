// A notification for VMs that lost contact while they ran, for those who asked for it. The rows and the badge show it anyway.
import * as l10n from '@vscode/l10n';
import type { Disposable } from '../domain/emitter';
import type { LostVm } from '../domain/health/heartbeatHistory';
import type { ContactWatch } from '../hyperv/contactWatch';
import type { HostStore } from '../hyperv/hostStore';
import type { CommandUi } from './ui';

/**
 * One notification for all that are lost at the same moment; none again before they answered.
 * @param wanted the person's setting, read each time
 * @param explain shows the report on them
 */
export function tellLostContact(
  { contact, store, ui }: { contact: Pick<ContactWatch, 'lost' | 'onDidChange'>; store: HostStore; ui: CommandUi },
  wanted: () => boolean,
  explain: (lost: readonly LostVm[]) => void,
): Disposable {
  let known = new Set(contact.lost.map(idOf));
  return contact.onDidChange((lost) => {
    const news = lost.filter((vm) => !known.has(idOf(vm)));
    known = new Set(lost.map(idOf));
    if (news.length === 0 || !wanted()) return;
    const button = l10n.t('Explain');
    void ui.error(lostText(store, news), button).then((pressed) => {
      if (pressed === button) explain(news);
    });
  });
}

function idOf({ hostId, vmId }: LostVm): string {
  return `${hostId}\n${vmId}`;
}

function lostText(store: HostStore, lost: readonly LostVm[]): string {
  const [first] = lost;
  const vm = first && store.vm(first.hostId, first.vmId);
  if (lost.length > 1 || first === undefined || vm === undefined)
    return l10n.t('{0} virtual machines run, and their guests no longer answer.', lost.length);
  const host = store.host(first.hostId)?.definition.name ?? first.hostId;
  return l10n.t('{0} on {1} runs, and its guest no longer answers.', vm.name, host);
}
