// The number on the view's icon: how many VMs lost contact while they ran. Not for VMs that boot, pause, are off, or have
// their heartbeat disabled.
import type { TreeView } from 'vscode';
import * as l10n from '@vscode/l10n';
import type { Disposable } from '../domain/emitter';
import type { ContactWatch } from '../hyperv/contactWatch';

/** Shows it until it is disposed of; touches the view only when the number is another one. */
export function showContactBadge(
  view: Pick<TreeView<unknown>, 'badge'>,
  contact: Pick<ContactWatch, 'lost' | 'onDidChange'>,
): Disposable {
  let shown = 0;
  const show = (): void => {
    const { length } = contact.lost;
    if (length === shown) return;
    shown = length;
    view.badge =
      length === 0 ? undefined : { value: length, tooltip: l10n.t('Virtual machines that lost contact: {0}', length) };
  };
  show();
  return contact.onDidChange(show);
}
