// vm.thumbnail on the real engine: pictures of the lab's consoles, and nothing of them in any log.
import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { pageSize, tooltipSize } from '../../src/domain/screen/thumbnail';
import type { Thumbnail } from '../../src/domain/screen/thumbnail';
import type { HostClient } from '../../src/hyperv/hostClient';
import { hostFunctions } from '../../src/hyperv/hostFunctions';
import { openHost } from '../../src/hyperv/hostSession';
import { recordCimCalls } from '../support/engineScript';
import { advanceUntil, labGuid, labVmId, refused } from '../support/labHost';
import { pngPixels } from '../support/pngPixels';
import { enginePath } from '../support/sessionHarness';

const method = 'GetVirtualSystemThumbnailImage';
const vms = [
  { name: 'windows', id: labGuid(1), guest: 'windows11' },
  { name: 'linux', id: labGuid(2), guest: 'ubuntu' },
  { name: 'off', id: labGuid(3), state: 'off' },
  { name: 'paused', id: labGuid(4), state: 'paused' },
  { name: 'shielded', id: labGuid(5), screenError: 32_770 },
];

/** Different colours of a picture. */
function colours({ png }: Thumbnail): number {
  const { rgb } = pngPixels(Buffer.from(png, 'base64'));
  return new Set(Array.from({ length: rgb.length / 3 }, (_, i) => rgb.subarray(3 * i, 3 * i + 3).join())).size;
}

describe('vm.thumbnail', () => {
  const lines: string[] = [];
  let client: HostClient;
  before(async () => {
    const note = (text: string): void => void lines.push(text);
    const log = { traceEnabled: true, trace: note, debug: note, info: note, warn: note };
    const spec = { hosts: [{ name: 'HV', vms }], timeScale: 0.001 };
    client = await openHost(
      { kind: 'lab', id: 'lab', name: 'lab', spec, index: 0 },
      { powershell: enginePath(), cwd: tmpdir(), log },
    );
  });
  afterEach(() => client.call('lab.reset', {}));
  after(() => client.stop());

  it('shows the console of a VM that runs, in the proportions of its screen', async () => {
    const windows = await client.readThumbnail(labVmId(1), tooltipSize);
    assert.deepEqual([windows?.width, windows?.height], [320, 180]);
    assert.ok(windows !== undefined && colours(windows) > 20);
    const linux = await client.readThumbnail(labVmId(2), tooltipSize);
    assert.deepEqual([linux?.width, linux?.height], [320, 240]);
    assert.ok(linux !== undefined && colours(linux) < 10);
  });

  it('is larger for a page, and still one frame', async () => {
    const page = await client.readThumbnail(labVmId(2), pageSize);
    assert.deepEqual([page?.width, page?.height], [640, 480]);
    assert.deepEqual(await client.call('vm.thumbnail', { id: labVmId(2) }), page);
    const small = (await client.call('vm.thumbnail', { id: labVmId(2), width: 32, height: 24 })) as Thumbnail;
    assert.deepEqual([small.width, small.height], [32, 24]);
    await refused(client.call('vm.thumbnail', { id: labVmId(2), width: 641, height: 24 }), 'badRequest');
  });

  it('is none of a VM that does not run', async () => {
    for (const number of [3, 4]) assert.equal(await client.readThumbnail(labVmId(number), tooltipSize), undefined);
    assert.equal(await client.call('vm.thumbnail', { id: labVmId(3) }), null);
  });

  it('follows the guest from its start to its sign-in', async () => {
    const start = client.change('vm.start', { id: labVmId(3) });
    await advanceUntil(client, labVmId(3), ({ state }) => state === 'running');
    await start;
    const starting = await client.readThumbnail(labVmId(3), tooltipSize);
    await client.call('lab.advance', { ms: 60_000 });
    const signIn = await client.readThumbnail(labVmId(3), tooltipSize);
    assert.ok(starting !== undefined && signIn !== undefined);
    assert.ok(colours(starting) < 5 && colours(signIn) > 20);
  });

  it('says why there is none', async () => {
    await refused(client.readThumbnail(labVmId(5), tooltipSize), 'notSupported');
    await refused(client.readThumbnail(labVmId(999), tooltipSize), 'vmNotFound');
    await client.call('lab.fault', { kind: 'errorOnce', on: method, code: 32_778 });
    await refused(client.readThumbnail(labVmId(1), tooltipSize), 'outOfMemory');
    await client.call('lab.fault', { kind: 'accessDenied' });
    await refused(client.readThumbnail(labVmId(1), tooltipSize), 'accessDenied');
  });

  it('does without the size of the screen on a host that does not say it', async () => {
    await client.call('lab.fault', { kind: 'errorOnce', on: 'Msvm_VideoHead', code: 0x80041010 });
    const windows = await client.readThumbnail(labVmId(1), tooltipSize);
    assert.deepEqual([windows?.width, windows?.height], [320, 240]);
  });

  it('ends at once when nobody waits for a host that hangs', async () => {
    await client.call('lab.fault', { kind: 'hang', on: method });
    const abort = new AbortController();
    const waiting = client.readThumbnail(labVmId(1), tooltipSize, abort.signal);
    abort.abort();
    await refused(waiting, 'cancelled');
    await client.call('lab.fault', { kind: 'hang', clear: true });
    assert.ok(await client.readThumbnail(labVmId(1), tooltipSize));
  });

  it('costs four queries and one call, each for this VM only', async () => {
    const id = labGuid(1);
    const asked = await recordCimCalls(hostFunctions, [
      { function: 'Get-HvThumbnail', arguments: { Id: id, Width: 320, Height: 240 }, state: 2 },
    ]);
    const own = asked.slice(0, asked.findIndex(({ method: name }) => name === method) + 1);
    assert.deepEqual(
      own.map(({ kind, class: name, filter }) => [kind, name, filter?.includes(id.toUpperCase())]),
      [
        ['query', 'Msvm_ComputerSystem', true],
        ['query', 'Msvm_VirtualSystemSettingData', true],
        ['query', 'Msvm_VirtualSystemManagementService', false],
        ['query', 'Msvm_VideoHead', true],
        ['method', 'Msvm_VirtualSystemManagementService', undefined],
      ],
    );
  });

  it('leaves nothing of a picture in the log, even where that holds every other frame', async () => {
    lines.length = 0;
    const seen = await client.readThumbnail(labVmId(1), tooltipSize);
    await client.readVm(labVmId(1));
    assert.ok(seen !== undefined && colours(seen) > 20);
    // Base64 of any length: nothing else in the log has so many letters in a row.
    assert.deepEqual(
      lines.filter((line) => /[A-Za-z0-9+/]{200}/.test(line)),
      [],
    );
    assert.ok(lines.some((line) => /<- \d+ vm\.thumbnail result \d+ B/.test(line)));
    assert.ok(lines.some((line) => line.startsWith('<- {') && line.includes('rows')));
  });
});
