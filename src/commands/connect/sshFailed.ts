// What stands below the words of an ssh that failed, in the terminal of the person who called it.
import * as l10n from '@vscode/l10n';

export function sshFailedHint(): string {
  return l10n.t('ssh failed; its reason stands above. Press Enter to close this terminal.');
}
