// VS Code's dialog for files behind the seam of ports.ts.
import * as vscode from 'vscode';
import type { FilePorts } from './ports';

export const windowFiles: FilePorts = {
  // A dialog of Windows chooses files or folders, never both.
  choose: async (kind, title) => {
    const isFolder = kind === 'folder';
    const chosen = await vscode.window.showOpenDialog({
      title,
      openLabel: title,
      canSelectFiles: !isFolder,
      canSelectFolders: isFolder,
      canSelectMany: true,
    });
    return chosen?.map(String);
  },
  pathOf: (uri) => {
    try {
      const parsed = vscode.Uri.parse(uri, true);
      return parsed.scheme === 'file' ? parsed.fsPath : undefined;
    } catch {
      // Whatever is dropped as a list of addresses need not be one.
      return undefined;
    }
  },
};
