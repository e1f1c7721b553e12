// The language of the editor for the texts of the code.
import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';

/** Once in each part of the extension that has texts: every part has a copy of the library of its own. */
export function loadTranslations(): void {
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
}
