// Session Diagnostics: how the session of each host is, as a page to look at and to send to somebody. Starts no session.
import * as l10n from '@vscode/l10n';
import type { CommandContext } from './commandContext';
import { nodesOf } from './targets';

/** Where the page is shown; reportDocument.ts is VS Code's way. */
export interface Reports {
  /** What was shown last. */
  readonly text: string | undefined;
  show(text: string): Promise<void>;
}

/** Of the hosts of the rows it was called on, or of all. */
export async function sessionDiagnostics(
  context: CommandContext,
  reports: Reports,
  ...args: readonly unknown[]
): Promise<void> {
  const hostIds = nodesOf(args, context.selection)?.map(({ hostId }) => hostId);
  const title = l10n.t('Asking sessions how they are');
  const text = await context.ui.progress({ title, cancellable: false }, () => context.service.sessionReport(hostIds));
  await reports.show(text);
}

export async function copySessionDiagnostics({ ui }: CommandContext, { text }: Reports): Promise<void> {
  if (text === undefined) {
    ui.inform(l10n.t('Run “Hyper-V: Session Diagnostics” first.'));
    return;
  }
  await ui.copy(text);
  ui.mention(l10n.t('The session diagnostics were copied.'));
}
