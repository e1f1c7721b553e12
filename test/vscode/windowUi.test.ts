// What is said to a person holds names that somebody else gave: VS Code must take none of them for an icon or a link.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { WindowSteps } from '../../src/commands/hosts/windowSteps';
import { WindowUi } from '../../src/commands/windowUi';
import { Prompts } from './support/prompts';

describe('What is said', () => {
  const prompts = new Prompts();
  const name = '[free](command:workbench.action.quit) $(sync~spin)';
  const plain = '[free]\u2060(command:workbench.action.quit) $\u2060(sync~spin)';

  beforeEach(() => {
    prompts.forget();
    prompts.install();
  });

  afterEach(() => {
    prompts.restore();
  });

  it('has no link and no icon that came with a name', async () => {
    const ui = new WindowUi(() => undefined);
    await ui.error(name);
    await ui.question(name);
    ui.inform(name);
    ui.mention(name);
    assert.deepEqual([...prompts.shown.map(({ message }) => message), ...prompts.mentioned], Array(4).fill(plain));
  });

  it('has none where something is asked step by step', async () => {
    const steps = new WindowSteps();
    const { createInputBox, createQuickPick } = vscode.window;
    const made: (vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>)[] = [];
    Object.assign(vscode.window, {
      createInputBox: () => {
        const box = createInputBox();
        made.push(box);
        return box;
      },
      createQuickPick: () => {
        const pick = createQuickPick();
        made.push(pick);
        return pick;
      },
    });
    try {
      const head = { title: 'x', canGoBack: false };
      const asked = steps.input(head, { prompt: name, placeholder: '', value: name, check: () => name });
      const [box] = made as vscode.InputBox[];
      assert.equal(box?.prompt, plain);
      // Enter, as soon as the box is there to take it.
      while (box.validationMessage === undefined)
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.equal(box.validationMessage, plain);
      box.hide();
      assert.equal(await asked, undefined);

      const choice = { label: name, description: name, detail: name, icon: 'vm', value: 1 };
      const chosen = steps.choose(head, '', [choice], 1);
      const pick = made[1] as vscode.QuickPick<vscode.QuickPickItem>;
      const [item] = pick.items;
      assert.deepEqual([item?.label, item?.description, item?.detail], [plain, plain, plain]);
      pick.hide();
      assert.equal(await chosen, undefined);
    } finally {
      Object.assign(vscode.window, { createInputBox, createQuickPick });
    }
  });

  it('has none while it is under way', async () => {
    const ui = new WindowUi(() => undefined);
    await ui.progress({ title: name, cancellable: true }, async (report) => {
      while (prompts.progress.length === 0) await new Promise(setImmediate);
      report(name);
    });
    assert.deepEqual([prompts.progress[0]?.title, prompts.progress[0]?.messages], [plain, [plain]]);
  });
});
