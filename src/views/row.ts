// What a tree row shows, as plain data: presentation*.ts make it, treeItem.ts turns it into VS Code's object.

export interface Row {
  readonly label: string;
  readonly description: string;
  /**
   * A codicon, https://microsoft.github.io/vscode-codicons. The only pictures in the tree. Left out where a box stands
   * in its place, so that the labels of all rows below a virtual machine begin at the same edge.
   */
  readonly icon?: string;
  readonly contextValue: string;
  /** What a screen reader says instead of label and description. */
  readonly accessibilityLabel: string;
  readonly children: 'none' | 'collapsed' | 'expanded';
  readonly checkbox?: RowCheckbox;
  /** Command that a click or Enter runs, with the row's node as its argument. */
  readonly opens?: string;
}

export interface RowCheckbox {
  readonly checked: boolean;
  readonly tooltip: string;
  /** Service, VM and what is ticked: the box is a tab stop of its own. */
  readonly accessibilityLabel: string;
}

/** Facts side by side, the missing ones left out. A list, not a sentence. */
export function joinFacts(facts: readonly (string | null | undefined)[]): string {
  return facts.filter((fact) => fact !== null && fact !== undefined && fact !== '').join(', ');
}

/** Text of hosts and guests is shown, never interpreted: no links, no images, no formatting, no line breaks. */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]()#+\-.!|<>~$&:@]/g, '\\$&');
}
