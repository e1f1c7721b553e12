// Entry of the part that follows heartbeats, loaded when the first VMs are known: activation needs none of it.
import type * as vscode from 'vscode';
import type { Disposable } from '../domain/emitter';
import type { LostVm } from '../domain/health/heartbeatHistory';
import { ContactWatch } from '../hyperv/contactWatch';
import type { HostStore } from '../hyperv/hostStore';
import { loadTranslations } from '../translations';
import { showContactBadge } from '../views/contactBadge';
import { tellLostContact } from './lostContact';
import type { CommandUi } from './ui';

export interface ContactParts {
  readonly store: HostStore;
  readonly clock: ConstructorParameters<typeof ContactWatch>[1];
  readonly ui: CommandUi;
  /** Where the number of VMs that lost contact is shown. */
  readonly view: Pick<vscode.TreeView<unknown>, 'badge'>;
  /** Whether the person wants a notification as well, read each time. */
  readonly wanted: () => boolean;
  readonly explain: (lost: readonly LostVm[]) => void;
  /** Takes what is to be disposed of with the window. */
  readonly own: (undo: Disposable) => void;
}

export function openContact({ store, clock, ui, view, wanted, explain, own }: ContactParts): ContactWatch {
  loadTranslations();
  const contact = new ContactWatch(store, clock);
  own(contact);
  own(showContactBadge(view, contact));
  own(tellLostContact({ contact, store, ui }, wanted, explain));
  return contact;
}
