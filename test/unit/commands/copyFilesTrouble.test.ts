import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyFiles } from '../../../src/commands/files/copyFiles';
import { ServiceUse } from '../../../src/commands/files/serviceUse';
import { HyperVError } from '../../../src/domain/errors';
import type { VmRecord } from '../../../src/domain/vm';
import type { Rig } from '../../support/commandRig';
import {
  closed,
  copied,
  copyRig,
  failedJob,
  linux,
  row,
  settled,
  story,
  switched,
  windows,
} from '../../support/copyRig';
import { assertGolden } from '../../support/golden';
import { makeVm, vmId, withService } from '../../support/vms';

describe('Copying files, in trouble', () => {
  let folder: string;
  const stories: string[] = [];
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hyperv-trouble-'));
    for (const name of ['a.txt', 'b.txt', 'c.txt']) await writeFile(path.join(folder, name), 'x'.repeat(2_000));
    await writeFile(path.join(folder, 'empty.txt'), '');
    await mkdir(path.join(folder, 'hollow', 'x'), { recursive: true });
    for (const name of ['1', '2', '3']) await mkdir(path.join(folder, 'hollow', name));
    await writeFile(path.join(folder, 'CON'), 'x');
    await writeFile(path.join(folder, 'x'.repeat(240)), 'x');
  });
  after(async () => {
    await rm(folder, { recursive: true });
    assertGolden('unit/commands/golden/copyFilesTrouble.txt', stories.join('\n').replaceAll(folder, '<folder>'));
  });

  const uri = (name: string): string => `file://${encodeURI(path.join(folder, name))}`;
  const three = (): string[] => ['a.txt', 'b.txt', 'c.txt'].map(uri);
  const is = (name: string, parameters: Readonly<Record<string, unknown>>): boolean =>
    String(parameters['destination']).endsWith(name);
  const gone = (): Promise<void> =>
    Promise.reject(new HyperVError('protocol', 'gone', 'unknown', { errorId: 'Hv.jobGone' }));

  function rigWith(...vms: readonly VmRecord[]): Rig {
    const rig = copyRig(three(), ...vms);
    rig.hosts.steps.replies = ['Files…', 'C:\\Temp'];
    return rig;
  }

  async function run(name: string, rig: Rig, ...args: readonly unknown[]): Promise<void> {
    await copyFiles(rig.context, new ServiceUse(), ...(args.length === 0 ? [row(rig)] : args));
    await settled();
    stories.push(`== ${name}\n${story(rig)}\n`);
  }

  it('who has cancelled is not asked whether files shall be replaced', async () => {
    const rig = rigWith(windows);
    rig.ui.cancelAt = /b\.txt/;
    rig.behaveFile = ({ parameters }, { onProgress, signal }) => {
      if (is('a.txt', parameters)) return Promise.reject(failedJob('0x80070050'));
      onProgress?.(50);
      assert.equal(signal?.aborted, true);
      return Promise.reject(new HyperVError('cancelled', 'ended'));
    };
    await run('cancelled after one that was there', rig);
    assert.deepEqual(rig.ui.confirmations, []);
  });

  it('a file whose copy goes on after it was cancelled is not known; the others are not begun', async () => {
    const rig = rigWith(windows);
    rig.ui.cancelAt = /a\.txt/;
    rig.behaveFile = (_, { onProgress }) => {
      onProgress?.(50);
      return Promise.reject(new HyperVError('cancelled', 'goes on', 'unknown'));
    };
    await run('cannot be cancelled', rig);
    assert.equal(copied(rig).length, 1);
  });

  it('a session that is lost ends the copy, with its own reason for what was not begun', async () => {
    const rig = rigWith(windows);
    rig.behaveFile = () => Promise.reject(new HyperVError('sessionLost', 'lost', 'unknown'));
    rig.ui.presses = ['Select Failures…'];
    await run('session lost', rig);
    assert.equal(copied(rig).length, 1);
    assert.deepEqual(
      rig.ui.manyPicks[0]?.choices.map(({ label, group, picked }) => [label, group, picked]),
      [
        ['b.txt', '2 · The PowerShell session for HV01 ended before it answered.', true],
        ['c.txt', '2 · The PowerShell session for HV01 ended before it answered.', true],
        ['a.txt', '1 · Nobody knows whether it arrived.', false],
      ],
    );
  });

  it('a job that the host has forgotten holds up no other file', async () => {
    const rig = rigWith(windows);
    rig.behaveFile = ({ parameters }) => (is('a.txt', parameters) ? gone() : Promise.resolve());
    await run('job forgotten', rig);
    assert.equal(copied(rig).length, 3);
  });

  it('causes that are all different are told by one of them', async () => {
    const rig = rigWith(windows);
    rig.behaveFile = ({ parameters }) => {
      if (is('a.txt', parameters)) return Promise.reject(failedJob('0x80070020'));
      return is('b.txt', parameters) ? Promise.reject(failedJob('0x80070005')) : Promise.resolve();
    };
    await run('two causes', rig);
    assert.match(rig.ui.errors[0]?.message ?? '', /2 failed\. One of the causes: Another program uses the file/);
  });

  it('a VM that fails holds up no other, and there is one summary', async () => {
    const rig = rigWith(windows, linux);
    rig.hosts.steps.replies = ['Files…', 'C:\\Temp', '/srv'];
    rig.behaveFile = ({ parameters }) =>
      parameters['id'] === vmId(1) ? Promise.reject(failedJob('0x800710DF')) : Promise.resolve();
    const rows = [row(rig), row(rig, 2)];
    await run('one VM of two', rig, rows[0], rows);
    assert.deepEqual(copied(rig).sort(), ['/srv/a.txt', '/srv/b.txt', '/srv/c.txt', 'C:\\Temp\\a.txt']);
    assert.equal(rig.ui.errors.length + rig.ui.told.length + rig.ui.mentioned.length, 1);
  });

  it('services that stay enabled are told once, and disabled by a retry', async () => {
    const rig = rigWith(closed(windows), closed(linux));
    rig.hosts.steps.replies = ['Files…', 'Enable, Copy and Disable Again', 'C:\\Temp', '/srv'];
    const { behave } = rig;
    let fails: HyperVError | undefined = new HyperVError('sessionLost', 'lost', 'unknown');
    rig.behave = (call, vm) => {
      if (call.parameters['enabled'] === false && fails !== undefined) throw fails;
      return behave(call, vm);
    };
    const rows = [row(rig), row(rig, 2)];
    await run('two services stay enabled', rig, rows[0], rows);
    assert.equal(rig.ui.errors.length, 1);

    const again = rigWith(closed(windows));
    again.hosts.steps.replies = ['Files…', 'Enable, Copy and Disable Again', 'C:\\Temp'];
    again.behave = (call, vm) => {
      const failure = fails;
      if (call.parameters['enabled'] === false) fails = undefined;
      if (call.parameters['enabled'] === false && failure !== undefined) throw failure;
      return behave(call, vm);
    };
    again.ui.presses = ['Retry'];
    await run('disabled by a retry', again);
    assert.deepEqual(switched(again), [true, false, false]);
    assert.equal(again.store.vm('HV01', vmId(1))?.services.guestServiceInterface.enabled, false);
  });

  it('of a VM that was deleted meanwhile no service is said to stay enabled', async () => {
    const rig = rigWith(closed(windows));
    rig.hosts.steps.replies = ['Files…', 'Enable, Copy and Disable Again', 'C:\\Temp'];
    const { behave } = rig;
    rig.behave = (call, vm) => {
      if (call.parameters['enabled'] === false) throw new HyperVError('vmNotFound', 'gone');
      return behave(call, vm);
    };
    await run('deleted meanwhile', rig);
    assert.deepEqual(rig.ui.errors, []);
  });

  it('a service that somebody disables meanwhile is enabled only by a retry', async () => {
    const rig = rigWith(windows);
    // While the last question, which is that for the folder, is on screen.
    const { steps } = rig.hosts;
    const ask = steps.input.bind(steps);
    steps.input = (...args) => {
      rig.store.setVm('HV01', vmId(1), closed(windows));
      return ask(...args);
    };
    rig.behaveFile = () =>
      rig.store.vm('HV01', vmId(1))?.services.guestServiceInterface.enabled === true
        ? Promise.resolve()
        : Promise.reject(new HyperVError('serviceDisabled', 'off'));
    let enabledBefore: unknown[] | undefined;
    const error = rig.ui.error.bind(rig.ui);
    rig.ui.error = (...args) => {
      enabledBefore = switched(rig);
      return error(...args);
    };
    rig.ui.presses = ['Retry'];
    await run('disabled meanwhile', rig);
    assert.deepEqual([enabledBefore, switched(rig)], [[], [true]]);
  });

  it('a copy that begins while the service is being disabled for another enables it again, and disables it', async () => {
    const rig = rigWith(closed(windows));
    const uses = new ServiceUse();
    rig.hosts.steps.replies = ['Files…', 'Enable, Copy and Disable Again', 'C:\\A', 'Files…', 'C:\\B'];
    let second: Promise<void> | undefined;
    const { change } = rig.context.service;
    Object.assign(rig.context.service, {
      change: async (...args: Parameters<typeof change>) => {
        if ((args[2] as { enabled?: boolean }).enabled === false && second === undefined) {
          second = copyFiles(rig.context, uses, row(rig));
          // Until it has asked all it asks.
          while (rig.hosts.steps.replies.length > 0) await settled();
          await settled();
          assert.equal(copied(rig).length, 3);
        }
        return change(...args);
      },
    });
    await copyFiles(rig.context, uses, row(rig));
    await second;
    assert.deepEqual(switched(rig), [true, false, true, false]);
    assert.equal(copied(rig).length, 6);
    assert.deepEqual(rig.ui.errors, []);
  });

  it('a VM is not read again for every file that is there', async () => {
    const rig = rigWith(windows);
    let reads = 0;
    Object.assign(rig.context.service, {
      readVm: () => {
        reads += 1;
        return Promise.resolve(windows);
      },
    });
    rig.behaveFile = () => Promise.reject(failedJob('0x80070050'));
    await run('all are there', rig);
    assert.equal(reads, 0);
    // Nothing of them was copied.
    assert.equal(
      rig.ui.progressTexts.findLast((text) => text.includes(' of ')),
      '0 B of 5.9 KB, c.txt',
    );
    assert.equal(rig.logged.filter((line) => line.includes('stays as it is')).length, 3);
  });

  it('an empty file has no bytes, and is counted all the same', async () => {
    const rig = rigWith(windows);
    rig.chosen = [uri('empty.txt')];
    await run('empty file', rig);
    assert.deepEqual([rig.ui.progressTexts.at(-1), rig.ui.progressShares.at(-1)], ['0 B of 0 B', 1]);
  });

  it('what is left out is named, with what helps; all of it is in the log', async () => {
    const rig = rigWith(windows, makeVm({ id: vmId(2), name: 'app' }));
    rig.hosts.steps.replies = ['Files…', `C:\\${'y'.repeat(20)}`];
    rig.chosen = ['a.txt', 'CON', 'x'.repeat(240), 'hollow', 'gone.txt'].map(uri);
    rig.ui.presses = ['Show Log'];
    const rows = [row(rig), row(rig, 2)];
    await run('left out', rig, rows[0], rows);
    const left = rig.logged.filter((line) => line.startsWith('Left out'));
    assert.deepEqual(left.slice(0, 6), [
      'Left out, empty folders: hollow/1',
      'Left out, empty folders: hollow/2',
      'Left out, empty folders: hollow/3',
      'Left out, empty folders: hollow/x',
      'Left out, unreadable: gone.txt',
      'Left out, name not possible in the guest: CON',
    ]);
    assert.equal(left.length, 7);
    assert.equal(rig.ui.logShown, 1);

    const nothing = rigWith(windows);
    nothing.chosen = [uri('CON')];
    await run('nothing left to copy', nothing);
    assert.deepEqual(switched(nothing), []);
  });

  it('files of other places are refused, each with its reason', async () => {
    for (const address of [
      'vscode-remote://wsl%2Bubuntu/home/me/a%20b.txt',
      'vscode-local:/c%3A/a.txt',
      'untitled:Untitled-1',
      'git:/c%3A/repo/a.txt?%7B%22ref%22%3A%22HEAD%22%7D',
      'vsls:/a.txt',
      'https://example.com/a.iso?x=/y',
      'no address',
      '%%%',
    ]) {
      const rig = rigWith(windows);
      await run(address, rig, row(rig), undefined, `${uri('a.txt')}\r\n${address}`);
      assert.deepEqual([copied(rig), rig.ui.told.length], [[], 1], address);
    }
  });

  it('what was never saved is refused, and nothing is asked', async () => {
    const rig = rigWith(windows);
    await run('never saved', rig, row(rig), undefined, 'file:///');
    assert.deepEqual([rig.ui.told.length, rig.hosts.steps.asked], [1, []]);
  });

  it('files that are dropped on another row than that of a VM are refused with one reason', async () => {
    const rig = rigWith(windows);
    const { nodes } = rig;
    const rows = [
      nodes.host('HV01'),
      nodes.group('HV01', 'x'),
      nodes.service('HV01', vmId(1), 'guestServiceInterface'),
      nodes.checkpoints('HV01', vmId(1)),
    ];
    for (const one of rows) await copyFiles(rig.context, new ServiceUse(), one, undefined, uri('a.txt'));
    assert.equal(rig.ui.told.length, rows.length);
    assert.deepEqual(
      [...new Set(rig.ui.told)],
      ['Files go into a virtual machine: drop them on the row of one that runs.'],
    );
    assert.deepEqual([copied(rig), rig.hosts.steps.asked], [[], []]);
  });

  it('an answer of the guest that comes late is waited for, and said', async () => {
    const rig = rigWith(closed(windows));
    rig.hosts.steps.replies = ['Files…', 'Enable and Copy', 'C:\\Temp'];
    rig.behave = (_, vm) => withService(vm, 'guestServiceInterface', { enabled: true, status: 'ok' });
    await run('enabling', rig);
    assert.equal(
      rig.ui.progressTexts.find((text) => text.includes('enabling')),
      'enabling Guest Services of web',
    );
  });
});
