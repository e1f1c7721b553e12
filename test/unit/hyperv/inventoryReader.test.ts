import assert from 'node:assert/strict';
import { InventoryReader } from '../../../src/hyperv/inventoryReader';
import type { Parameters } from '../../../src/powershell/methods';
import type { Answer, RequestOptions } from '../../../src/powershell/request';
import { ListLog } from '../../support/listLog';
import { ManualClock } from '../../support/manualClock';
import { vmId } from '../../support/vms';

const row = ['vm', vmId(1), 'DC01', 3, 0];

/** A host that says what a test wants. */
function setUp() {
  const asked: Parameters[] = [];
  const log = new ListLog();
  const answers: ((options: RequestOptions) => unknown)[] = [];
  const reader = new InventoryReader({
    clock: new ManualClock(),
    log,
    request: (parameters, options) => {
      asked.push(parameters);
      const value = answers.shift()?.(options) ?? assert.fail('one question too many');
      return value instanceof Error ? Promise.reject(value) : Promise.resolve<Answer>({ value, frames: 2, bytes: 100 });
    },
  });
  /** The next answer: rows, and the token for them. */
  const next = (rows: unknown[][], token?: string, count = rows.length): void => {
    answers.push(({ onBatch }) => {
      onBatch?.(rows);
      return { cimQueries: 15, ...(token !== undefined && { token, rows: count }) };
    });
  };
  return { reader, asked, log, answers, next };
}

describe('the reader of an inventory', () => {
  it('comes back with the token of what it holds, and gives the same objects', async () => {
    const { reader, asked, next } = setUp();
    next([['base', ''], row], 'a');
    next([['base', 'a']], 'b');
    next(
      [
        ['base', 'b'],
        ['vm', vmId(1), 'renamed', 3, 0],
      ],
      'c',
    );
    const [first, second, third] = [await reader.read(), await reader.read(), await reader.read()];
    assert.deepEqual(asked, [{ since: '' }, { since: 'a' }, { since: 'b' }]);
    assert.equal(second.vms[0], first.vms[0]);
    assert.equal(third.vms[0]?.name, 'renamed');
    assert.deepEqual(second.stats, { cimQueries: 15, frames: 2, bytes: 100, ms: 0 });
  });

  it('keeps what it holds when a read fails', async () => {
    const { reader, asked, answers, next } = setUp();
    next([['base', ''], row], 'a');
    answers.push(({ onBatch }) => {
      onBatch?.([
        ['base', 'a'],
        ['gone', 'vm', vmId(1)],
      ]);
      return new Error('cancelled');
    });
    next([['base', 'a']], 'c');
    const { vms } = await reader.read();
    await assert.rejects(reader.read());
    assert.equal((await reader.read()).vms[0], vms[0]);
    assert.deepEqual(asked.slice(1), [{ since: 'a' }, { since: 'a' }]);
  });

  it('reads everything again when a row got lost, and adds up the cost', async () => {
    const { reader, asked, log, next } = setUp();
    next([['base', ''], row], 'a');
    next([['base', 'a']], 'b', 2);
    next(
      [
        ['base', ''],
        ['vm', vmId(1), 'renamed', 3, 0],
      ],
      'c',
    );
    await reader.read();
    const { vms, stats } = await reader.read();
    assert.deepEqual(asked, [{ since: '' }, { since: 'a' }, { since: '' }]);
    assert.equal(vms[0]?.name, 'renamed');
    assert.deepEqual(stats, { cimQueries: 30, frames: 4, bytes: 200, ms: 0 });
    assert.deepEqual(log.lines, ['warn rows of the inventory are missing; all of it is read again']);
  });

  it('gives what there is when rows get lost again and again, and holds none of it', async () => {
    const { reader, asked, next } = setUp();
    next([['base', ''], row], 'a', 3);
    next([['base', ''], row], 'b', 3);
    next([['base', ''], row], 'c');
    assert.equal((await reader.read()).vms.length, 1);
    await reader.read();
    assert.deepEqual(asked, [{ since: '' }, { since: '' }, { since: '' }]);
  });

  it('two who share an answer get the same objects', async () => {
    const { reader, next } = setUp();
    next([['base', ''], row], 'a');
    next(
      [
        ['base', 'a'],
        ['vm', vmId(1), 'renamed', 3, 0],
      ],
      'b',
    );
    next(
      [
        ['base', 'a'],
        ['vm', vmId(1), 'renamed', 3, 0],
      ],
      'b',
    );
    await reader.read();
    const [one, other] = await Promise.all([reader.read(), reader.read()]);
    assert.equal(one.vms[0]?.name, 'renamed');
    assert.equal(other.vms[0], one.vms[0]);
  });

  it('tells of VMs early only while it holds nothing', async () => {
    const { reader, next } = setUp();
    const early: string[] = [];
    const read = (): Promise<unknown> => reader.read(undefined, (vms) => early.push(...vms.map(({ name }) => name)));
    next([['base', ''], row], 'a');
    next(
      [
        ['base', 'a'],
        ['vm', vmId(2), 'second', 3, 0],
      ],
      'b',
    );
    await read();
    await read();
    assert.deepEqual(early, ['DC01']);
  });

  it('one read for a person who scripts is whole and leaves no trace', async () => {
    const { reader, asked, next } = setUp();
    next([['base', ''], row], 'a');
    next([row]);
    next([['base', 'a']], 'b');
    await reader.read();
    assert.equal((await reader.readWhole()).vms.length, 1);
    await reader.read();
    assert.deepEqual(asked, [{ since: '' }, {}, { since: 'a' }]);
  });
});
