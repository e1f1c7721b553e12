// Turns a row into VS Code's object. Nothing is decided here.
import * as vscode from 'vscode';
import type { HypervNode } from './nodes';
import type { Row, RowCheckbox } from './row';

const collapsibleStates = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
} as const;

export function toTreeItem(node: HypervNode, row: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, collapsibleStates[row.children]);
  item.id = node.id;
  item.description = row.description;
  if (row.icon !== undefined) item.iconPath = toIcon(row.icon);
  item.contextValue = row.contextValue;
  item.accessibilityInformation = { label: row.accessibilityLabel };
  if (row.checkbox !== undefined) item.checkboxState = toCheckboxState(row.checkbox);
  if (row.opens !== undefined) item.command = { command: row.opens, title: row.label, arguments: [node] };
  return item;
}

/** Colour is for what somebody must look at, and dims what is not known to be true (presentationLastKnown.ts). */
const iconColors: Readonly<Record<string, string>> = {
  error: 'problemsErrorIcon.foreground',
  warning: 'problemsWarningIcon.foreground',
  history: 'disabledForeground',
};

/** Always with a colour: without one VS Code paints some codicons in the colours of its own views, as debug-pause. */
function toIcon(icon: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(iconColors[icon] ?? 'icon.foreground'));
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
