// Hosts of the settings, in the editor: what drives the view, and what must not. None of them is ever connected to.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { settings } from '../../src/manifest';
import type { HypervLabApi } from '../../src/extensionApi';
import { Prompts } from './support/prompts';
import { extensionUnderTest, hostNode, run, until } from './support/window';

/** Names that exist nowhere (RFC 6761): whoever looks at the rows hears so at once. */
const first = { kind: 'ssh', host: 'first.invalid', user: 'admin' };
const second = { kind: 'ssh', host: 'second.invalid', name: 'Second' };
const ids = { first: 'ssh:admin@first.invalid', second: 'ssh:second.invalid' };

async function setHosts(hosts: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(settings.hosts, hosts, vscode.ConfigurationTarget.Global);
}

function written(): unknown {
  return vscode.workspace.getConfiguration().inspect(settings.hosts)?.globalValue;
}

function remoteHosts(api: HypervLabApi): string[] {
  return api.snapshot().flatMap(({ id, name }) => (id.startsWith('ssh:') ? [`${id} ${name}`] : []));
}

describe('Hosts of the settings', () => {
  const prompts = new Prompts();
  let api: HypervLabApi;

  const shown = async (...expected: string[]): Promise<void> => {
    await until(() => remoteHosts(api).join() === expected.join(), `the hosts are ${expected.join()}`);
  };

  beforeEach(async () => {
    api = await extensionUnderTest();
    prompts.forget();
    prompts.install();
  });

  afterEach(async () => {
    await setHosts(undefined);
    await shown();
    prompts.restore();
  });

  it('come, go, change places and get other names with the setting', async () => {
    await setHosts([first, second]);
    await shown(`${ids.first} first.invalid`, `${ids.second} Second`);
    const all = api.snapshot().map(({ id }) => id);
    assert.equal(all.indexOf(ids.first), all.indexOf('local') + 1, 'after this computer, before the demo lab');
    await setHosts([{ ...second, name: 'Renamed' }, first]);
    await shown(`${ids.second} Renamed`, `${ids.first} first.invalid`);
    await setHosts([first]);
    await shown(`${ids.first} first.invalid`);
  });

  it('that are wrong are told once, with the way to the settings, and hide no other', async () => {
    await setHosts([{ kind: 'ssh', host: '-x' }, first]);
    await shown(`${ids.first} first.invalid`);
    await setHosts([{ kind: 'ssh', host: '-x' }, first, second]);
    await shown(`${ids.first} first.invalid`, `${ids.second} Second`);
    assert.deepEqual(
      prompts.shown.map(({ message, buttons }) => [
        message.startsWith('Entry 1 (-x) of hyperv.hosts is not used.'),
        buttons,
      ]),
      [[true, ['Open Settings']]],
    );
  });

  it('of a workspace are not read, whoever asks the editor', async () => {
    await setHosts([second]);
    await shown(`${ids.second} Second`);
    const configuration = vscode.workspace.getConfiguration();
    await assert.rejects(async () =>
      configuration.update(settings.hosts, [first], vscode.ConfigurationTarget.Workspace),
    );
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder, 'the suite runs in a folder');
    const file = vscode.Uri.joinPath(folder.uri, '.vscode', 'settings.json');
    const witness = 'hyperv.shutdown.timeoutSeconds';
    const text = JSON.stringify({ [settings.hosts]: [first], [witness]: 77 });
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    try {
      // The file is in force, and yet.
      await until(() => vscode.workspace.getConfiguration().get(witness) === 77, 'the workspace has its settings');
      // A change of the person's own setting makes the view look again.
      await setHosts([{ ...second, name: 'Again' }]);
      await shown(`${ids.second} Again`);
    } finally {
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder.uri, '.vscode'), { recursive: true });
      await until(() => vscode.workspace.getConfiguration().get(witness) !== 77, 'the workspace has no settings');
    }
  });

  it('of a workspace are not read even where an editor hands them out', async () => {
    const { getConfiguration } = vscode.workspace;
    const workspace = vscode.workspace as unknown as Record<string, unknown>;
    workspace['getConfiguration'] = (...args: Parameters<typeof getConfiguration>) => {
      const real = getConfiguration(...args);
      return {
        ...real,
        get: (id: string) => (id === settings.hosts ? [first] : real.get(id)),
        inspect: (id: string) => {
          const facts = real.inspect(id);
          return id === settings.hosts && facts
            ? { ...facts, workspaceValue: [first], workspaceFolderValue: [first] }
            : facts;
        },
      };
    };
    try {
      await real(getConfiguration, [second]);
      await shown(`${ids.second} Second`);
    } finally {
      workspace['getConfiguration'] = getConfiguration;
    }
  });

  it('change places and leave by command, and the setting follows', async () => {
    await setHosts([first, second]);
    await shown(`${ids.first} first.invalid`, `${ids.second} Second`);
    await run('moveHostUp', hostNode(ids.second));
    await shown(`${ids.second} Second`, `${ids.first} first.invalid`);
    prompts.answer = ({ kind, buttons }) => (kind === 'modal' ? buttons[0] : undefined);
    await run('removeHost', hostNode(ids.second));
    await shown(`${ids.first} first.invalid`);
    assert.deepEqual(written(), [first]);
    assert.match(prompts.shown[0]?.message ?? '', /^Remove Second /);
  });
});

/** Through the editor's own configuration, whatever stands before it. */
async function real(getConfiguration: typeof vscode.workspace.getConfiguration, hosts: unknown): Promise<void> {
  await getConfiguration().update(settings.hosts, hosts, vscode.ConfigurationTarget.Global);
}
