// Looks at consoles: one request at a time, none without somebody who looks, nothing kept for long.
import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import { tooltipSize } from '../../../src/domain/screen/thumbnail';
import type { Thumbnail } from '../../../src/domain/screen/thumbnail';
import type { VmId } from '../../../src/domain/vm';
import { freshMs, keepMs, lateMs, mostAwaited, ThumbnailCache } from '../../../src/hyperv/thumbnailCache';
import { deferred, type Deferred } from '../../../src/powershell/deferred';
import { ManualClock, settled } from '../../support/manualClock';
import { vmId } from '../../support/vms';

interface Asked extends Deferred<Thumbnail | undefined> {
  readonly vmId: VmId;
  readonly signal: AbortSignal;
}

interface Rig {
  readonly cache: ThumbnailCache;
  readonly clock: ManualClock;
  readonly asked: Asked[];
  readonly gone: VmId[];
  readonly look: (number: number, signal?: AbortSignal) => Promise<string | undefined>;
}

const picture: Thumbnail = { width: 320, height: 240, png: 'AAAA' };

function setUp(): Rig {
  const clock = new ManualClock();
  const asked: Asked[] = [];
  const gone: VmId[] = [];
  const cache = new ThumbnailCache({
    clock,
    read: (_, id, size, signal) => {
      assert.equal(size, tooltipSize);
      const answer = { ...deferred<Thumbnail | undefined>(), vmId: id, signal };
      asked.push(answer);
      return answer.promise;
    },
    onGone: (_, id) => gone.push(id),
  });
  const look: Rig['look'] = async (number, signal = new AbortController().signal) =>
    (await cache.look('HV', vmId(number), signal))?.kind;
  return { cache, clock, asked, gone, look };
}

describe('a look at a console', () => {
  it('asks the host, and nobody asks before', async () => {
    const { cache, asked } = setUp();
    assert.equal(asked.length, 0);
    const view = cache.look('HV', vmId(1), new AbortController().signal);
    asked[0]?.resolve(picture);
    assert.deepEqual(await view, { kind: 'shown', thumbnail: picture });
  });

  it('is one request for all who look at the same VM meanwhile', async () => {
    const { look, asked } = setUp();
    const views = [look(1), look(1), look(2)];
    assert.deepEqual(
      asked.map(({ vmId: id }) => id),
      [vmId(1), vmId(2)],
    );
    for (const answer of asked) answer.resolve(picture);
    assert.deepEqual(await Promise.all(views), ['shown', 'shown', 'shown']);
  });

  it('ends when nobody looks any more, and the next one asks anew', async () => {
    const { look, asked } = setUp();
    const [first, second] = [new AbortController(), new AbortController()];
    const views = [look(1, first.signal), look(1, second.signal)];
    first.abort();
    await settled();
    assert.equal(asked[0]?.signal.aborted, false);
    second.abort();
    assert.deepEqual(await Promise.all(views), [undefined, undefined]);
    assert.equal(asked[0].signal.aborted, true);
    asked[0].reject(new HyperVError('cancelled', 'x'));
    const again = look(1);
    asked[1]?.resolve(picture);
    assert.equal(await again, 'shown');
    assert.equal(await look(1, AbortSignal.abort()), 'shown');
  });

  it('asks nothing for who is gone already', async () => {
    const { look, asked } = setUp();
    assert.equal(await look(1, AbortSignal.abort()), undefined);
    assert.equal(asked.length, 0);
  });

  it('is kept for a moment, then told to be gone and forgotten', async () => {
    const { look, asked, clock, gone } = setUp();
    const view = look(1);
    asked[0]?.resolve(picture);
    await view;
    await clock.advance(keepMs - 1);
    assert.equal(await look(1), 'shown');
    assert.deepEqual([asked.length, gone], [1, []]);
    await clock.advance(1);
    assert.deepEqual(gone, [vmId(1)]);
    void look(1);
    assert.equal(asked.length, 2);
    assert.deepEqual(clock.pending, [lateMs]);
  });

  it('is forgotten sooner by who points at another VM', async () => {
    const { look, asked, clock, gone } = setUp();
    const view = look(1);
    asked[0]?.resolve(picture);
    await view;
    await clock.advance(freshMs - 1);
    void look(2);
    assert.deepEqual(gone, []);
    await clock.advance(1);
    void look(2);
    assert.deepEqual(gone, [vmId(1)]);
    await clock.advance(keepMs);
    assert.deepEqual(gone, [vmId(1)]);
  });

  it('does not hold the facts back for a host that takes long, and tells when the picture is there', async () => {
    const { look, asked, clock, gone } = setUp();
    const hover = new AbortController();
    const view = look(1, hover.signal);
    await clock.advance(lateMs);
    assert.equal(await view, 'late');
    hover.abort();
    assert.equal(asked[0]?.signal.aborted, false);
    assert.deepEqual(gone, []);
    asked[0].resolve(picture);
    await settled();
    assert.deepEqual(gone, [vmId(1)]);
    assert.equal(await look(1), 'shown');
    assert.equal(asked.length, 1);
  });

  it('leaves nothing behind where the mouse goes over many rows', async () => {
    const { cache, asked, clock } = setUp();
    for (let number = 1; number <= 30; number++) {
      const hover = new AbortController();
      const view = cache.look('HV', vmId(number), hover.signal);
      hover.abort();
      assert.equal(await view, undefined);
    }
    assert.equal(asked.length, 30);
    assert.ok(asked.every(({ signal }) => signal.aborted));
    assert.deepEqual(clock.pending, []);
  });

  it('waits for a few only where somebody goes slowly down a list of a host that takes long', async () => {
    const { look, asked, clock, gone } = setUp();
    for (let number = 1; number <= 30; number++) {
      const hover = new AbortController();
      const view = look(number, hover.signal);
      await clock.advance(lateMs);
      assert.equal(await view, 'late');
      hover.abort();
      assert.ok(asked.filter(({ signal }) => !signal.aborted).length <= mostAwaited);
    }
    const kept = asked.filter(({ signal }) => !signal.aborted).map(({ vmId: id }) => id);
    assert.deepEqual(kept, [29, 30].map(vmId));
    // Rows that said "late" ask anew when somebody points at them again.
    assert.deepEqual(
      gone,
      asked.slice(0, 28).map(({ vmId: id }) => id),
    );
  });

  it('of a VM that stops meanwhile is of no picture', async () => {
    const { look, asked } = setUp();
    const view = look(1);
    asked[0]?.resolve(undefined);
    assert.equal(await view, 'none');
  });

  it('says when there is none, and why', async () => {
    const { cache, look, asked } = setUp();
    const none = look(1);
    asked[0]?.resolve(undefined);
    assert.equal(await none, 'none');
    const error = new HyperVError('notSupported', 'x');
    const failed = cache.look('HV', vmId(2), new AbortController().signal);
    asked[1]?.reject(error);
    assert.deepEqual(await failed, { kind: 'failed', error });
  });
});
