// What is said to a person holds names that somebody else gave: VS Code must take none of them for an icon or a link.
import assert from 'node:assert/strict';
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

  it('has none while it is under way', async () => {
    const ui = new WindowUi(() => undefined);
    await ui.progress({ title: name, cancellable: true }, async (report) => {
      while (prompts.progress.length === 0) await new Promise(setImmediate);
      report(name);
    });
    assert.deepEqual([prompts.progress[0]?.title, prompts.progress[0]?.messages], [plain, [plain]]);
  });
});
