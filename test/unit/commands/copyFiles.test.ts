import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
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
import { leave } from '../../support/fakeSteps';
import { assertGolden } from '../../support/golden';
import { makeVm, vmId, withService } from '../../support/vms';

describe('Copy Files to Guest', () => {
  let folder: string;
  let uris: string[];
  const stories: string[] = [];
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hyperv-copy-'));
    await writeFile(path.join(folder, 'a.txt'), 'a'.repeat(2_000));
    await mkdir(path.join(folder, 'site', 'empty'), { recursive: true });
    await writeFile(path.join(folder, 'site', 'index.html'), '');
    await writeFile(path.join(folder, 'site', 'größe.txt'), 'x');
    await symlink(folder, path.join(folder, 'site', 'circle'));
    uris = ['a.txt', 'site'].map((name) => `file://${encodeURI(path.join(folder, name))}`);
  });
  after(async () => {
    await rm(folder, { recursive: true });
    assertGolden('unit/commands/golden/copyFiles.txt', stories.join('\n').replaceAll(folder, '<folder>'));
  });

  const rigWith = (...vms: readonly VmRecord[]): Rig => copyRig(uris.slice(0, 1), ...vms);

  async function run(name: string, rig: Rig, ...args: readonly unknown[]): Promise<Rig> {
    await copyFiles(rig.context, new ServiceUse(), ...args);
    stories.push(`== ${name}\n${story(rig)}\n`);
    return rig;
  }

  it('asks what and where, suggests a folder of the guest, and mentions that it is done', async () => {
    const rig = rigWith(windows);
    rig.hosts.steps.replies = ['Files…', 'C:\\Temp\\'];
    rig.behaveFile = (_, { onProgress }) => {
      onProgress?.(50);
      return Promise.resolve();
    };
    await run('one file', rig, row(rig));
    assert.deepEqual(rig.hosts.steps.values, ['C:\\Users\\Public\\Downloads']);
    assert.deepEqual(copied(rig), ['C:\\Temp\\a.txt']);
    assert.deepEqual(switched(rig), []);
    assert.deepEqual(rig.ui.progressTexts.slice(-2), ['1000 B of 2.0 KB', '2.0 KB of 2.0 KB']);
    assert.deepEqual([rig.ui.told, rig.ui.errors], [[], []]);
  });

  it('remembers the folder of each VM', async () => {
    const rig = rigWith(windows);
    rig.hosts.steps.replies = ['Files…', 'C:\\Temp', 'Files…', leave];
    await copyFiles(rig.context, new ServiceUse(), row(rig));
    await copyFiles(rig.context, new ServiceUse(), row(rig));
    assert.deepEqual(rig.hosts.steps.values, ['C:\\Users\\Public\\Downloads', 'C:\\Temp']);
    // Another system may be installed meanwhile.
    rig.store.setVm('HV01', vmId(1), makeVm({ name: 'web', guest: linux.guest }));
    rig.hosts.steps.replies = ['Files…', leave];
    await copyFiles(rig.context, new ServiceUse(), row(rig));
    assert.equal(rig.hosts.steps.values.at(-1), '/tmp');
  });

  it('copies what is dropped on a row, folders with what is in them, and tells what was left out', async () => {
    const rig = rigWith(linux);
    rig.hosts.steps.replies = ['/srv'];
    await run('a drop', rig, row(rig, 2), undefined, `# comment\r\n${uris.join('\r\n')}\r\n`);
    assert.deepEqual(copied(rig), ['/srv/a.txt', '/srv/site/größe.txt', '/srv/site/index.html']);
  });

  it('copies into several VMs, asking once for each kind of path', async () => {
    const rig = rigWith(windows, linux);
    rig.hosts.steps.replies = ['Folder…', 'D:\\in', '/srv'];
    rig.chosen = uris.slice(1);
    const rows = [row(rig), row(rig, 2)];
    await run('several VMs', rig, rows[0], rows);
    assert.deepEqual(copied(rig).sort(), [
      '/srv/site/größe.txt',
      '/srv/site/index.html',
      'D:\\in\\site\\größe.txt',
      'D:\\in\\site\\index.html',
    ]);
  });

  it('enables the service when told to, and leaves it', async () => {
    const rig = rigWith(closed(windows));
    rig.hosts.steps.replies = ['Files…', 'Enable and Copy', 'C:\\Temp'];
    await run('service stays', rig, row(rig));
    assert.deepEqual(switched(rig), [true]);
    assert.equal(copied(rig).length, 1);
  });

  it('disables the service again, also when the copy fails or is cancelled', async () => {
    const replies = ['Files…', 'Enable, Copy and Disable Again', 'C:\\Temp'];
    const well = rigWith(closed(windows));
    well.hosts.steps.replies = [...replies];
    await copyFiles(well.context, new ServiceUse(), row(well));
    assert.deepEqual(switched(well), [true, false]);

    const failing = rigWith(closed(windows));
    failing.hosts.steps.replies = [...replies];
    failing.behaveFile = () => Promise.reject(failedJob('0x80070070'));
    await run('disk full', failing, row(failing));
    assert.deepEqual(switched(failing), [true, false]);

    const cancelled = rigWith(closed(windows));
    cancelled.hosts.steps.replies = [...replies];
    cancelled.ui.cancelAt = /of 2\.0 KB/;
    cancelled.behaveFile = (_, { signal, onProgress }) => {
      onProgress?.(10);
      assert.equal(signal?.aborted, true);
      return Promise.reject(new HyperVError('cancelled', 'ended'));
    };
    await run('cancelled', cancelled, row(cancelled));
    assert.deepEqual(switched(cancelled), [true, false]);
  });

  it('says so when the service could not be disabled again', async () => {
    const rig = rigWith(closed(windows));
    rig.hosts.steps.replies = ['Files…', 'Enable, Copy and Disable Again', 'C:\\Temp'];
    const behave = rig.behave;
    rig.behave = (call, vm) => {
      if (call.parameters['enabled'] === false) throw new HyperVError('failed', 'no');
      return behave(call, vm);
    };
    await run('not disabled again', rig, row(rig));
  });

  it('waits until the guest answers after the service was enabled', async () => {
    const rig = rigWith(closed(windows));
    rig.hosts.steps.replies = ['Files…', 'Enable and Copy', 'C:\\Temp'];
    rig.behave = (_, vm) => withService(vm, 'guestServiceInterface', { enabled: true, status: 'noContact' });
    const read = rig.context.service.readVm;
    let looks = 0;
    Object.assign(rig.context.service, {
      readVm: async (hostId: string, id: typeof windows.id) => {
        looks += 1;
        assert.deepEqual(copied(rig), []);
        const vm = withService(rig.store.vm(hostId, id) ?? windows, 'guestServiceInterface', { status: 'ok' });
        rig.store.setVm(hostId, id, vm);
        return read(hostId, id);
      },
    });
    await copyFiles(rig.context, new ServiceUse(), row(rig));
    assert.deepEqual([looks, copied(rig).length], [1, 1]);
  });

  it('disables it only when the last copy that needs it has ended', async () => {
    const rig = rigWith(closed(windows));
    const uses = new ServiceUse();
    let finish = (): void => undefined;
    const started = new Promise<void>((isStarted) => {
      rig.behaveFile = () =>
        new Promise((resolve) => {
          finish = resolve;
          isStarted();
        });
    });
    rig.hosts.steps.replies = ['Files…', 'Enable, Copy and Disable Again', 'C:\\A'];
    const first = copyFiles(rig.context, uses, row(rig));
    await started;
    const finishFirst = finish;
    rig.hosts.steps.replies = ['Files…', 'C:\\B'];
    rig.behaveFile = () => {
      finishFirst();
      return first.then(() => {
        assert.deepEqual(switched(rig), [true]);
      });
    };
    await copyFiles(rig.context, uses, row(rig));
    assert.deepEqual(switched(rig), [true, false]);
  });

  it('asks once whether files that are there are replaced, and replaces only those', async () => {
    for (const agrees of [true, false]) {
      const rig = rigWith(linux);
      rig.hosts.steps.replies = ['Folder…', '/srv'];
      rig.chosen = uris;
      rig.ui.agrees = [agrees];
      rig.behaveFile = ({ parameters }) =>
        parameters['overwrite'] === true || parameters['destination'] === '/srv/site/index.html'
          ? Promise.resolve()
          : Promise.reject(failedJob('0x80070050'));
      await run(agrees ? 'replaced' : 'kept', rig, row(rig, 2));
      const replaced = rig.calls.filter(({ parameters }) => parameters['overwrite'] === true);
      assert.deepEqual(
        replaced.map(({ parameters }) => parameters['destination']),
        agrees ? ['/srv/a.txt', '/srv/site/größe.txt'] : [],
      );
    }
  });

  it('goes on after a file that failed by itself, and retries those which the person chooses', async () => {
    const rig = rigWith(linux);
    rig.hosts.steps.replies = ['Folder…', '/srv'];
    rig.chosen = uris;
    rig.behaveFile = ({ parameters }) =>
      parameters['destination'] === '/srv/a.txt' ? Promise.reject(failedJob('0x80070020')) : Promise.resolve();
    rig.ui.presses = ['Select Failures…'];
    rig.ui.answerMany = ({ picked }) => {
      rig.behaveFile = () => Promise.resolve();
      return picked;
    };
    await run('one in use', rig, row(rig, 2));
    await settled();
    const [list] = rig.ui.manyPicks;
    assert.deepEqual(
      list?.choices.map(({ label, description, group }) => [label, description, group]),
      [['a.txt', 'db on HV01', '1 · Another program uses the file, on the host or in db.']],
    );
    assert.deepEqual(copied(rig).slice(-1), ['/srv/a.txt']);
    assert.match(rig.ui.mentioned.at(-1) ?? '', /^a\.txt \(2\.0 KB\) was copied to db\.$/);
  });

  it('gives up the rest when the guest does not answer', async () => {
    const rig = rigWith(linux);
    rig.hosts.steps.replies = ['Folder…', '/srv'];
    rig.chosen = uris;
    rig.behaveFile = () => Promise.reject(failedJob('0x800710DF'));
    await run('no daemon', rig, row(rig, 2));
    assert.equal(copied(rig).length, 1);
  });

  it('refuses VMs that cannot take files, and says why', async () => {
    const rig = rigWith(makeVm({ name: 'web', state: 'saved' }));
    await run('saved', rig, row(rig));
    const bsd = rigWith(makeVm({ name: 'bsd', guest: { ...windows.guest, osName: 'FreeBSD' } }));
    await run('no part', bsd, row(bsd));
    const host = rigWith(windows);
    await run('dropped on a host', host, host.nodes.host('HV01'), undefined, uris[0]);
    assert.deepEqual([rig, bsd, host].flatMap(copied), []);
  });

  it('reads a VM first of which only the state is known', async () => {
    const rig = rigWith(makeVm({ name: 'web', partial: true }));
    rig.hosts.steps.replies = ['Files…', 'Enable and Copy', 'C:\\Temp'];
    Object.assign(rig.context.service, {
      readVm: () => {
        rig.store.setVm('HV01', vmId(1), closed(windows));
        return Promise.resolve(closed(windows));
      },
    });
    await copyFiles(rig.context, new ServiceUse(), row(rig));
    assert.deepEqual([switched(rig), copied(rig)], [[true], ['C:\\Temp\\a.txt']]);
  });
});
