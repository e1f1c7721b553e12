// Session Diagnostics: how the session of each host is, as a page to look at and to send to somebody. Starts no session.
import * as l10n from '@vscode/l10n';
import type { CommandContext } from './commandContext';
import type { Pages } from './pages';
import { nodesOf } from './targets';

/** Of the hosts of the rows it was called on, or of all. */
export async function sessionDiagnostics(
  context: CommandContext,
  reports: Pages,
  ...args: readonly unknown[]
): Promise<void> {
  const hostIds = nodesOf(args, context.selection)?.map(({ hostId }) => hostId);
  const title = l10n.t('Asking sessions how they are');
  const text = await context.ui.progress({ title, cancellable: false }, () => context.service.sessionReport(hostIds));
  // One page, whichever hosts it is about.
  await reports.show('', l10n.t('Hyper-V Session Diagnostics'), text);
}

export async function copySessionDiagnostics({ ui }: CommandContext, { latest }: Pages): Promise<void> {
  if (latest === undefined) {
    ui.inform(l10n.t('Run “Hyper-V: Session Diagnostics” first.'));
    return;
  }
  await ui.copy(latest);
  ui.mention(l10n.t('The session diagnostics were copied.'));
}
