// Turns a row into VS Code's object. Nothing is decided here.
import * as vscode from 'vscode';
import type { Row, RowCheckbox } from './row';

const collapsibleStates = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
} as const;

export function toTreeItem(id: string, row: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, collapsibleStates[row.children]);
  item.id = id;
  item.description = row.description;
  item.iconPath = new vscode.ThemeIcon(row.icon);
  item.contextValue = row.contextValue;
  item.accessibilityInformation = { label: row.accessibilityLabel };
  if (row.checkbox !== undefined) item.checkboxState = toCheckboxState(row.checkbox);
  return item;
}

function toCheckboxState({
  checked,
  tooltip,
  accessibilityLabel,
}: RowCheckbox): NonNullable<vscode.TreeItem['checkboxState']> {
  const { Checked, Unchecked } = vscode.TreeItemCheckboxState;
  return {
    state: checked ? Checked : Unchecked,
    tooltip,
    accessibilityInformation: { label: accessibilityLabel, role: 'checkbox' },
  };
}

/** Not trusted and without icons or HTML: names and notes in it come from hosts and guests. */
export function toTooltip(markdown: string): vscode.MarkdownString {
  return new vscode.MarkdownString(markdown, false);
}
