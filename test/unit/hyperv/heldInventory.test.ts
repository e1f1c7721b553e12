import assert from 'node:assert/strict';
import type { VmRecord } from '../../../src/domain/vm';
import { InventoryBuilder, vmsPerSlice } from '../../../src/hyperv/heldInventory';
import type { HeldInventory } from '../../../src/hyperv/heldInventory';
import { vmId } from '../../support/vms';

const row = (number: number, name: string, code = 2): unknown[] => ['vm', vmId(number), name, code, 60_000];

describe('an inventory that is put together', () => {
  let nowMs = 0;
  const early: (readonly VmRecord[])[] = [];
  beforeEach(() => {
    nowMs = 0;
    early.length = 0;
  });

  function builder(held?: HeldInventory): InventoryBuilder {
    return new InventoryBuilder({ held, now: () => nowMs, onVms: (vms) => early.push(vms) });
  }

  async function held(...rows: unknown[][]): Promise<HeldInventory> {
    const whole = builder();
    whole.add([['base', ''], ...rows]);
    return { token: 'a', ...(await whole.finish()) };
  }

  it('leaves VMs of which no row came as they are, and makes the others anew', async () => {
    const before = await held(row(1, 'DC01'), row(2, 'web'), ['summary', vmId(2), 4, 512, null]);
    const next = builder(before);
    next.add([['base', 'a'], row(2, 'web2'), row(3, 'new'), ['gone', 'summary', vmId(2)]]);
    const { vms } = await next.finish();
    assert.deepEqual(
      vms.map(({ name, processors }) => [name, processors]),
      [
        ['DC01', null],
        ['web2', null],
        ['new', null],
      ],
    );
    assert.equal(vms[0], before.vms[0]);
    // Whoever still looks at the older one finds it as it was.
    assert.deepEqual(
      before.vms.map(({ name, processors }) => [name, processors]),
      [
        ['DC01', null],
        ['web', 4],
      ],
    );
  });

  it('is the same list when no row came', async () => {
    const before = await held(row(1, 'DC01'));
    const next = builder(before);
    next.add([['base', 'a']]);
    assert.equal((await next.finish()).vms, before.vms);
  });

  it('forgets what it held when everything comes', async () => {
    const before = await held(row(1, 'DC01'), row(2, 'web'));
    const next = builder(before);
    next.add([['base', ''], row(1, 'DC01')]);
    assert.deepEqual(
      (await next.finish()).vms.map(({ name }) => name),
      ['DC01'],
    );
  });

  it('begins again when the read does, with what it held', async () => {
    const before = await held(row(1, 'DC01'));
    const next = builder(before);
    next.add([['base', 'a'], row(7, 'gone since'), ['problem', 'Msvm_VssComponent', 'broken']]);
    next.restart();
    next.add([['base', 'a'], row(2, 'web')]);
    assert.deepEqual(
      (await next.finish()).vms.map(({ name }) => name),
      ['DC01', 'web'],
    );
    assert.equal(next.received, 2);
    assert.equal(next.problems.size, 0);
  });

  it('keeps rows of a VM that is listed later, and those of one that is no VM', async () => {
    const before = await held(row(1, 'DC01'), ['summary', vmId(2), 4, 512, null]);
    assert.equal(before.vms.length, 1);
    const next = builder(before);
    next.add([['base', 'a'], row(2, 'came between two queries')]);
    assert.equal((await next.finish()).vms[1]?.processors, 4);
    const gone = builder(before);
    gone.add([
      ['base', 'a'],
      ['gone', 'vm', vmId(1)],
      ['gone', 'summary', vmId(2)],
    ]);
    const { vms, entries } = await gone.finish();
    assert.deepEqual([vms.length, entries.size], [0, 0]);
  });

  it('tells of VMs as their first rows come: names and states, and that nothing else is known', async () => {
    const whole = builder();
    whole.add([['base', '']]);
    whole.add([row(1, 'DC01'), row(2, 'web', 3)]);
    whole.add([['summary', vmId(1), 4, 512, null]]);
    whole.add([row(3, 'late')]);
    assert.deepEqual(
      early.map((vms) => vms.map(({ name, state, partial }) => [name, state, partial])),
      [
        [
          ['DC01', 'running', true],
          ['web', 'off', true],
        ],
        [['late', 'running', true]],
      ],
    );
    assert.ok((await whole.finish()).vms.every(({ partial }) => partial === undefined));
  });

  it('the uptime of a VM that runs goes on, a little behind the host; that of a paused one does not', async () => {
    nowMs = 500;
    const { vms } = await held(row(1, 'running'), row(2, 'paused', 9));
    const uptimes = (): unknown[] => vms.map(({ uptimeMs }) => uptimeMs);
    assert.deepEqual(uptimes(), [60_000, 60_000]);
    nowMs = 90_500;
    assert.deepEqual(uptimes(), [148_000, 60_000]);
    // As it travels further, to a file say.
    assert.equal((JSON.parse(JSON.stringify(vms[0])) as VmRecord).uptimeMs, 148_000);
  });

  it('is put together in slices, between which others have their turn', async () => {
    const whole = builder();
    whole.add(Array.from({ length: vmsPerSlice * 3 + 1 }, (_, number) => row(number, 'vm')));
    let turns = 0;
    let isDone = false;
    const count = (): void => {
      turns++;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    await whole.finish();
    isDone = true;
    assert.ok(turns >= 3, `${turns} turns`);
  });
});
