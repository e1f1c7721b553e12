// Every command in each way a person may call it: on a row, on several rows, and from the palette. What is
// particular to one command is tested beside it.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CommandName } from '../../src/manifest';
import type { VmRecord } from '../../src/domain/vm';
import { serviceName } from '../../src/views/serviceTexts';
import type { Shown } from './support/prompts';
import { useLab } from './support/lab';
import type { Lab } from './support/lab';
import {
  host,
  hostNode,
  hosts,
  put,
  refreshHost,
  run,
  serviceNode,
  until,
  uptimeSeconds,
  vm,
  vmNode,
} from './support/window';
import type { VmName } from './support/window';

const agree = ({ kind, buttons }: Shown): string | undefined => (kind === 'modal' ? buttons[0] : undefined);

interface Change {
  readonly command: CommandName;
  /** Two VMs for which it is possible then. */
  readonly vms: readonly [VmName, VmName];
  readonly arrange?: (lab: Lab) => Promise<void>;
  /** Whether it has happened to a VM. */
  readonly done: (vm: VmRecord) => boolean;
  /** How many questions it asks. */
  readonly questions?: number;
}

const changes: readonly Change[] = [
  {
    command: 'start',
    vms: ['polite', 'deaf'],
    arrange: ({ api }) => put(api, 'off', ['polite', 'deaf']),
    done: ({ state }) => state === 'running',
  },
  { command: 'pause', vms: ['polite', 'deaf'], done: ({ state }) => state === 'paused' },
  {
    command: 'resume',
    vms: ['polite', 'deaf'],
    arrange: ({ api }) => put(api, 'paused', ['polite', 'deaf']),
    done: ({ state }) => state === 'running',
  },
  { command: 'save', vms: ['polite', 'deaf'], done: ({ state }) => state === 'saved' },
  { command: 'turnOff', vms: ['polite', 'deaf'], done: ({ state }) => state === 'off', questions: 1 },
  {
    command: 'reset',
    vms: ['polite', 'deaf'],
    done: ({ state, uptimeMs }) => state === 'running' && (uptimeMs ?? Infinity) < uptimeSeconds * 1_000,
    questions: 1,
  },
  {
    command: 'enableAllServices',
    vms: ['polite', 'resting'],
    done: (one) => servicesOf(one).every((enabled) => enabled),
  },
];

function servicesOf({ services }: VmRecord): (boolean | null)[] {
  return Object.values(services).map(({ enabled }) => enabled);
}

describe('A command that changes VMs', () => {
  const lab = useLab();

  beforeEach(() => {
    lab.prompts.answer = agree;
  });

  for (const { command, vms, arrange, done, questions = 0 } of changes) {
    const [first, second] = vms;

    const isDone = async (name: VmName): Promise<void> => {
      await until(() => done(vm(lab.api, name)), `${command} has happened to ${name}`);
      assert.equal(lab.prompts.shown.length, questions);
    };

    it(`${command} acts on the row it was called on`, async () => {
      await arrange?.(lab);
      assert.ok(!done(vm(lab.api, first)));
      await run(command, vmNode(first));
      await isDone(first);
      assert.ok(!done(vm(lab.api, second)));
    });

    it(`${command} acts on all selected rows`, async () => {
      await arrange?.(lab);
      await run(command, vmNode(first), [vmNode(first), vmNode(second)]);
      await isDone(first);
      await isDone(second);
    });

    it(`${command} asks which one when called from the palette`, async () => {
      await arrange?.(lab);
      lab.prompts.pick = [second];
      await run(command);
      assert.equal(lab.prompts.picks.length, 1);
      await isDone(second);
      assert.ok(!done(vm(lab.api, first)));
    });
  }
});

describe('A command that copies', () => {
  const lab = useLab();

  for (const [command, fact] of [
    ['copyName', (one: VmRecord) => one.name],
    ['copyId', (one: VmRecord) => one.id],
    ['copyAddress', (one: VmRecord) => one.guest.addresses[0] ?? ''],
  ] as const) {
    it(`${command} copies one line for each VM, and mentions it`, async () => {
      const [first, second] = [fact(vm(lab.api, 'polite')), fact(vm(lab.api, 'deaf'))];
      await run(command, vmNode('polite'));
      await run(command, vmNode('polite'), [vmNode('polite'), vmNode('deaf')]);
      lab.prompts.pick = ['deaf'];
      await run(command);
      assert.deepEqual(lab.prompts.copied, [first, `${first}\n${second}`, second]);
      assert.deepEqual(lab.prompts.mentioned, [`Copied: ${first}`, 'Copied 2 lines.', `Copied: ${second}`]);
      assert.deepEqual(lab.prompts.shown, []);
    });
  }

  it('copyAddress says of a VM without an address that it has none', async () => {
    await run('copyAddress', vmNode('resting'));
    assert.deepEqual(lab.prompts.copied, []);
    assert.equal(lab.prompts.shown[0]?.message, 'resting has not reported an address.');
  });

  it('editPairs opens one tab for each VM, from a row, several rows and the palette', async () => {
    const tabs = (): string[] =>
      vscode.window.tabGroups.all.flatMap(({ tabs: all }) =>
        all.filter(({ input }) => input instanceof vscode.TabInputWebview).map(({ label }) => label),
      );
    await run('editPairs', { ...vmNode('polite'), kind: 'pairs' });
    await run('editPairs', vmNode('polite'), [vmNode('polite'), vmNode('deaf')]);
    lab.prompts.pick = ['resting'];
    await run('editPairs');
    await until(() => tabs().length === 3, 'three tabs of pairs');
    assert.deepEqual(
      tabs(),
      ['polite', 'deaf', 'resting'].map((name) => `${name}: Key-Value Pairs`),
    );
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});

describe('A command that changes services', () => {
  const lab = useLab();

  for (const [command, service, wanted] of [
    ['enableService', 'guestServiceInterface', true],
    ['disableService', 'vss', false],
    ['toggleService', 'heartbeat', false],
  ] as const) {
    const enabled = (name: VmName): boolean | null => vm(lab.api, name).services[service].enabled;

    it(`${command} acts on a row, on several, and on what is picked`, async () => {
      await run(command, serviceNode('polite', service));
      assert.deepEqual([enabled('polite'), enabled('deaf'), enabled('resting')], [wanted, !wanted, !wanted]);
      const rows = [serviceNode('deaf', service), serviceNode('resting', service)];
      await run(command, rows[0], rows);
      assert.deepEqual([enabled('deaf'), enabled('resting')], [wanted, wanted]);
      lab.prompts.pick = ['locked', serviceName(service)];
      await run(command);
      assert.equal(lab.prompts.picks.length, 2);
      assert.equal(enabled('locked'), wanted);
      assert.deepEqual(lab.prompts.shown, []);
    });
  }
});

describe('A command about hosts', () => {
  const lab = useLab();

  /** Behind the back of the view. */
  const saveSecretly = async (): Promise<void> => {
    await lab.api.labRequest(hosts.live, 'lab.touch', { action: 'state', id: vm(lab.api, 'deaf').id, state: 6 });
    assert.equal(vm(lab.api, 'deaf').state, 'running');
  };

  for (const [way, args] of [
    ['a row', [hostNode(hosts.live)]],
    ['several rows', [hostNode(hosts.local), [hostNode(hosts.local), vmNode('polite')]]],
    ['the palette', []],
  ] as const) {
    it(`refresh from ${way} shows what happened meanwhile`, async () => {
      await saveSecretly();
      // Not waited for: from the palette it reads the host that hangs as well.
      void run('refresh', ...args);
      await until(() => vm(lab.api, 'deaf').state === 'saved', 'the view has heard of it');
      assert.deepEqual(lab.prompts.shown, []);
    });
  }

  it('retryHost offers those that failed, and a failure is told in their rows only', async () => {
    await lab.api.labRequest(hosts.refused, 'lab.reset', {});
    await refreshHost(hosts.refused);
    lab.prompts.pick = ['REFUSED'];
    await run('retryHost');
    const [offered = []] = lab.prompts.picks;
    assert.deepEqual([offered.includes('REFUSED'), offered.includes('LIVE')], [true, false]);
    await run('retryHost', hostNode(hosts.refused), [hostNode(hosts.refused), hostNode(hosts.local)]);
    assert.equal(host(lab.api, hosts.refused).status, 'failed');
    assert.deepEqual(lab.prompts.shown, []);
  });

  it('showLog shows it without a word', async () => {
    await run('showLog');
    assert.deepEqual(lab.prompts.shown, []);
  });
});
