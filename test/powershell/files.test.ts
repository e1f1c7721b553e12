import assert from 'node:assert/strict';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyCause } from '../../src/domain/files/failureCause';
import { HyperVError } from '../../src/domain/errors';
import type { VmId } from '../../src/domain/vm';
import type { FileWatch } from '../../src/hyperv/fileClient';
import { labForSuite, labGuid, labVmId } from '../support/labHost';

const on = { guestServiceInterface: true };
const spec = {
  hosts: [
    {
      name: 'HV',
      vms: [
        {
          name: 'copies',
          id: labGuid(1),
          services: on,
          files: { there: ['C:\\Old\\a.bin'], readOnly: ['C:\\Guarded\\'] },
        },
        { name: 'no daemon', id: labGuid(2), guest: 'debian', services: on },
        { name: 'full', id: labGuid(3), guest: 'ubuntu', services: on, files: { freeMB: 0.5 } },
        { name: 'breaks', id: labGuid(4), services: on, files: { breaksAtPercent: 50 } },
        { name: 'slow', id: labGuid(5), guest: 'ubuntu', services: on, files: { msPerMB: 1_800_000 } },
        { name: 'service off', id: labGuid(6) },
        { name: 'off', id: labGuid(7), state: 'off', services: on },
      ],
    },
  ],
  // Jobs of some seconds end at once.
  timeScale: 20,
};
const ids = [1, 2, 3, 4, 5, 6, 7].map(labVmId) as [VmId, VmId, VmId, VmId, VmId, VmId, VmId];
const [copies, noDaemon, full, breaks, slow, serviceOff, off] = ids;

describe('files into the guest', () => {
  const lab = labForSuite(spec);
  let folder: string;
  let source: string;
  const bytes = 1_048_576;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hyperv-files-'));
    source = path.join(folder, "it's $(x) & <b>.bin");
    await writeFile(source, Buffer.alloc(bytes));
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  const copy = (id: VmId, destination: string, overwrite = false, watch: FileWatch = {}): Promise<void> =>
    lab.client.copyFile(id, { source, destination, bytes, overwrite }, watch);

  /** The cause that a person is told, and the host's own words. */
  async function refused(work: Promise<void>, id: VmId): Promise<readonly [string, string]> {
    const error: unknown = await work.then(
      () => assert.fail('it was copied'),
      (cause: unknown) => cause,
    );
    if (!HyperVError.is(error)) throw error;
    const { state, services } = await lab.client.readVm(id);
    return [copyCause(error, { state, service: services.guestServiceInterface }), error.detail.hostMessage ?? ''];
  }

  it('arrive whatever their names are, and count as there from then on', async () => {
    const destination = 'C:\\Users\\Public\\Downloads\\"no" it\'s $(x) & <b>.bin';
    await copy(copies, destination);
    const [cause, said] = await refused(copy(copies, destination.toUpperCase()), copies);
    assert.equal(cause, 'exists');
    assert.match(said, /0x80070050/);
    await copy(copies, destination, true);
  });

  it('fail with the cause that the numbers of the host tell', async () => {
    const causes = {
      there: (await refused(copy(copies, 'c:/old/A.bin'), copies))[0],
      guarded: (await refused(copy(copies, 'C:\\Guarded\\a.bin'), copies))[0],
      daemon: (await refused(copy(noDaemon, '/tmp/a'), noDaemon))[0],
      full: (await refused(copy(full, '/tmp/a'), full))[0],
      breaks: (await refused(copy(breaks, 'C:\\a'), breaks))[0],
      off: (await refused(copy(off, 'C:\\a'), off))[0],
      disabled: (await refused(copy(serviceOff, 'C:\\a'), serviceOff))[0],
    };
    assert.deepEqual(causes, {
      there: 'exists',
      guarded: 'refused',
      daemon: 'noAnswer',
      full: 'diskFull',
      breaks: 'noAnswer',
      off: 'notRunning',
      disabled: 'serviceOff',
    });
  });

  it('that the host does not find are told', async () => {
    const gone = lab.client.copyFile(copies, { source: `${source}x`, destination: 'C:\\a', bytes, overwrite: false });
    assert.equal((await refused(gone, copies))[0], 'sourceMissing');
  });

  it('that are called like a variable are not found: the host fills it in', async () => {
    const named = path.join(folder, '%PATH%.bin');
    await writeFile(named, 'x');
    const asked = lab.client.copyFile(copies, { source: named, destination: 'C:\\a', bytes: 1, overwrite: false });
    assert.equal((await refused(asked, copies))[0], 'sourceMissing');
  });

  it('of more than 4 GB and of no byte arrive', async () => {
    const large = path.join(folder, 'large.vhdx');
    const empty = path.join(folder, 'empty');
    for (const [name, size] of [
      [large, 5_000_000_000],
      [empty, 0],
    ] as const) {
      await writeFile(name, '');
      await truncate(name, size);
      const file = { source: name, destination: `D:\\${path.basename(name)}`, bytes: size, overwrite: false };
      await lab.client.copyFile(copies, file);
      assert.equal((await refused(lab.client.copyFile(copies, file), copies))[0], 'exists');
    }
  });

  it('with a character that cannot be sent are refused before anything is asked', async () => {
    await assert.rejects(copy(copies, 'C:\\a\u0001b'), (error) => HyperVError.is(error, 'badRequest'));
  });

  /** Resolves when the host has counted some of it. */
  function begun(
    id: VmId,
    signal?: AbortSignal,
  ): { readonly counted: Promise<number>; readonly copying: Promise<void> } {
    let copying = Promise.resolve();
    const counted = new Promise<number>((resolve) => {
      copying = copy(id, '/tmp/a', false, {
        signal,
        onProgress: (percent) => {
          if (percent !== undefined) resolve(percent);
        },
      });
    });
    // Whoever looks at it later is told.
    copying.catch(() => undefined);
    return { counted, copying };
  }

  it('count on the way, end when a person cancels, and are not there then', async () => {
    const abort = new AbortController();
    const { counted, copying } = begun(slow, abort.signal);
    assert.ok((await counted) >= 1);
    abort.abort();
    await assert.rejects(copying, (error) => HyperVError.is(error, 'cancelled') && error.outcome === 'none');
    const again = begun(slow);
    await again.counted;
    await lab.client.call('lab.advance', { ms: 1_800_000 });
    await again.copying;
  });

  it('fail when the guest is turned off meanwhile, which does not wait for them', async () => {
    const { counted, copying } = begun(slow);
    await counted;
    await lab.client.change('vm.turnOff', { id: slow });
    assert.equal((await refused(copying, slow))[0], 'notRunning');
  });

  it('of which the host forgot the job are not known to be there', async () => {
    const { counted, copying } = begun(slow);
    await counted;
    await lab.client.call('lab.advance', { ms: 8_000_000 });
    await assert.rejects(copying, (error) => HyperVError.is(error) && error.outcome === 'unknown');
  });

  it('say so without rights', async () => {
    await lab.client.call('lab.fault', { kind: 'accessDenied' });
    await assert.rejects(copy(copies, 'C:\\a'), (error) => HyperVError.is(error, 'accessDenied'));
  });
});
