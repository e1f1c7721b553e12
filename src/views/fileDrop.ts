// Files that are dropped on a row: the command for copying them does the rest.
import * as vscode from 'vscode';
import { commands } from '../manifest';
import type { HypervNode } from './nodes';

/** What VS Code makes of files of the system, of its explorer and of its tabs. */
const uriList = 'text/uri-list';

export const fileDrop: vscode.TreeDragAndDropController<HypervNode> = {
  dropMimeTypes: [uriList],
  dragMimeTypes: [],
  handleDrop: async (row, data) => {
    const list = await data.get(uriList)?.asString();
    // Questions follow, which the drop does not wait for.
    if (list !== undefined) void vscode.commands.executeCommand(commands.copyFiles, row, undefined, list);
  },
};
