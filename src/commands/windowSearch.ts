// VS Code's quick pick as a list of our own finding: it neither hides nor sorts what it is given.
import * as vscode from 'vscode';
import { plainText } from './windowUi';
import type { SearchBox, SearchButton, SearchEvents, SearchRow, SearchUi } from './searchUi';
import type { PickTexts } from './ui';

type Button = vscode.QuickInputButton & { readonly id: string };
type Item<T> = vscode.QuickPickItem & { readonly row: SearchRow<T> };

export class WindowSearch implements SearchUi {
  open<T>({ title, placeholder }: PickTexts, events: SearchEvents<T>): SearchBox<T> {
    const pick = vscode.window.createQuickPick<Item<T>>();
    pick.title = title;
    pick.placeholder = placeholder;
    // Otherwise VS Code sorts the rows by where the text is in the label. Not in its typed API; without effect where missing.
    Object.assign(pick, { sortByLabel: false });
    pick.onDidChangeValue((text) => {
      events.typed(text);
    });
    pick.onDidAccept(() => {
      const value = (pick.selectedItems[0] ?? pick.activeItems[0])?.row.value;
      if (value !== undefined) events.accepted(value);
    });
    pick.onDidTriggerItemButton(({ item: { row }, button }) => {
      if (row.value !== undefined && 'id' in button) events.pressed(row.value, String(button.id));
    });
    pick.onDidHide(() => {
      pick.dispose();
      events.left();
    });
    pick.show();
    return {
      show: (rows, keepActive) => {
        const active = keepActive ? pick.activeItems[0]?.row.id : undefined;
        const items = rows.map(toItem);
        pick.keepScrollPosition = keepActive;
        pick.items = items;
        const kept = items.find(({ row }) => row.id === active);
        if (kept !== undefined) pick.activeItems = [kept];
      },
      busy: (busy) => {
        pick.busy = busy;
      },
      close: () => {
        pick.hide();
      },
    };
  }
}

function toItem<T>(row: SearchRow<T>): Item<T> {
  const { label, description, detail, icon, buttons } = row;
  return {
    label: plainText(label),
    ...(description !== undefined && { description: plainText(description) }),
    ...(detail !== undefined && { detail: plainText(detail) }),
    iconPath: new vscode.ThemeIcon(icon),
    ...(buttons !== undefined && { buttons: buttons.map(toButton) }),
    alwaysShow: true,
    row,
  };
}

function toButton({ id, icon, tooltip }: SearchButton): Button {
  return { id, iconPath: new vscode.ThemeIcon(icon), tooltip };
}
