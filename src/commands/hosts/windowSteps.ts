// VS Code's input boxes and quick picks behind the seam of stepsUi.ts. They stay when the focus goes elsewhere: a person
// may have to look up an address, or to answer ssh in a terminal.
import * as vscode from 'vscode';
import { plainText } from '../windowUi';
import { back } from './stepsUi';
import type { Answer, LiveList, StepChoice, StepHead, StepInput, StepsUi } from './stepsUi';
import { WindowList } from './windowList';

type Item<T> = vscode.QuickPickItem & { readonly value?: T; readonly isOut?: boolean };

export class WindowSteps implements StepsUi {
  async choose<T>(
    head: StepHead,
    placeholder: string,
    choices: readonly StepChoice<T>[],
    active: T,
  ): Promise<Answer<T>> {
    const pick = vscode.window.createQuickPick<Item<T>>();
    prepare(pick, head);
    pick.placeholder = placeholder;
    pick.items = choices.map(({ icon, label, description, detail, ...choice }) => ({
      ...choice,
      label: plainText(label),
      ...(description === undefined ? {} : { description: plainText(description) }),
      ...(detail === undefined ? {} : { detail: plainText(detail) }),
      iconPath: new vscode.ThemeIcon(icon),
    }));
    pick.activeItems = pick.items.filter(({ value }) => value === active);
    return untilAnswered<T>(pick, (done) => {
      pick.onDidAccept(() => {
        const [chosen] = pick.selectedItems;
        if (chosen?.value !== undefined && chosen.isOut !== true) done(chosen.value);
      });
    });
  }

  async input(head: StepHead, input: StepInput): Promise<Answer<string>> {
    return (input.suggestions ?? []).length === 0 ? askPlainly(head, input) : askWithSuggestions(head, input);
  }

  list<T>(head: StepHead, placeholder: string): LiveList<T> {
    const pick = WindowList.createPick<T>();
    prepare(pick, head);
    pick.placeholder = placeholder;
    return new WindowList<T>(pick);
  }
}

function askPlainly(head: StepHead, { prompt, placeholder, value, check }: StepInput): Promise<Answer<string>> {
  const box = vscode.window.createInputBox();
  prepare(box, head);
  // VS Code draws links and icons in both: names of VMs are part of them.
  const wrongWith = (text: string): string | undefined => {
    const wrong = check(text);
    return wrong && plainText(wrong);
  };
  Object.assign(box, { prompt: plainText(prompt), placeholder, value });
  return untilAnswered<string>(box, (done) => {
    box.onDidChangeValue((text) => {
      // Nobody is told off before they have typed.
      box.validationMessage = text === '' ? undefined : wrongWith(text);
    });
    box.onDidAccept(() => {
      const wrong = wrongWith(box.value);
      box.validationMessage = wrong;
      if (wrong === undefined) done(box.value);
    });
  });
}

/** What is typed is the first row, with what is wrong with it; the suggestions that fit it are below. */
function askWithSuggestions(
  head: StepHead,
  { prompt, placeholder, value, check, suggestions = [], suggestionsTitle = '' }: StepInput,
): Promise<Answer<string>> {
  const pick = vscode.window.createQuickPick<Item<string>>();
  prepare(pick, head);
  pick.placeholder = placeholder;
  const offered: Item<string>[] = [
    { label: suggestionsTitle, kind: vscode.QuickPickItemKind.Separator },
    ...suggestions.map((label) => ({ label: plainText(label), value: label, iconPath: new vscode.ThemeIcon('vm') })),
  ];
  const show = (text: string): void => {
    const isSuggested = suggestions.includes(text.trim());
    pick.items = text.trim() === '' || isSuggested ? offered : [typedItem(text, check(text), prompt), ...offered];
  };
  pick.value = value;
  show(value);
  return untilAnswered<string>(pick, (done) => {
    pick.onDidChangeValue(show);
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems[0] ?? pick.activeItems[0];
      if (chosen?.value !== undefined && chosen.isOut !== true) done(chosen.value);
    });
  });
}

function typedItem(text: string, wrong: string | undefined, prompt: string): Item<string> {
  return {
    label: plainText(text),
    detail: plainText(wrong ?? prompt),
    alwaysShow: true,
    iconPath: new vscode.ThemeIcon(wrong === undefined ? 'arrow-right' : 'error'),
    value: text,
    isOut: wrong !== undefined,
  };
}

function prepare(input: vscode.QuickInput & { buttons: readonly vscode.QuickInputButton[] }, head: StepHead): void {
  input.title = head.title;
  input.step = head.step;
  input.totalSteps = head.of;
  input.ignoreFocusOut = true;
  input.buttons = head.canGoBack ? [vscode.QuickInputButtons.Back] : [];
}

type Asking = vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox;

async function untilAnswered<T>(
  input: Pick<Asking, 'show' | 'dispose' | 'onDidHide' | 'onDidTriggerButton'>,
  listen: (done: (answer: Answer<T>) => void) => void,
): Promise<Answer<T>> {
  try {
    return await new Promise<Answer<T>>((resolve) => {
      listen(resolve);
      input.onDidTriggerButton((button) => {
        if (button === vscode.QuickInputButtons.Back) resolve(back);
      });
      input.onDidHide(() => {
        resolve(undefined);
      });
      input.show();
    });
  } finally {
    input.dispose();
  }
}
