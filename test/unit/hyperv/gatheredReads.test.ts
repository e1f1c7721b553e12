// Readings of single VMs that are asked for while one is under way: they go together, and stay as true as alone.
import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import type { VmId, VmRecord } from '../../../src/domain/vm';
import { GatheredReads } from '../../../src/hyperv/gatheredReads';
import { deferred } from '../../../src/powershell/deferred';
import type { Deferred } from '../../../src/powershell/deferred';
import { settled } from '../../support/manualClock';
import { makeVm, vmId } from '../../support/vms';

interface Asked {
  readonly ids: readonly VmId[];
  readonly signal: AbortSignal | undefined;
  readonly answer: Deferred<readonly VmRecord[]>;
}

describe('Gathered readings', () => {
  let asked: Asked[];
  let reads: GatheredReads;
  let end: AbortController;

  beforeEach(() => {
    asked = [];
    end = new AbortController();
    const ask = (ids: readonly VmId[], signal?: AbortSignal): Promise<readonly VmRecord[]> => {
      const one = { ids, signal, answer: deferred<readonly VmRecord[]>() };
      asked.push(one);
      return one.answer.promise;
    };
    const connection = {
      readVms: ask,
      readVm: async (id: VmId, signal?: AbortSignal) => {
        const [vm] = await ask([id], signal);
        if (vm === undefined) throw new HyperVError('vmNotFound', '');
        return vm;
      },
    };
    reads = new GatheredReads(() => Promise.resolve(connection), end.signal);
  });

  async function answer(nth: number, ...numbers: readonly number[]): Promise<void> {
    asked[nth]?.answer.resolve(numbers.map((number) => makeVm({ id: vmId(number), name: `vm-${number}` })));
    await settled();
  }

  const sizes = (): number[] => asked.map(({ ids }) => ids.length);
  const name = async (work: Promise<VmRecord>): Promise<string> => (await work).name;

  it('of one VM is a request at once', async () => {
    const one = reads.read(vmId(1));
    await settled();
    assert.deepEqual(sizes(), [1]);
    await answer(0, 1);
    assert.equal(await name(one), 'vm-1');
  });

  it('of many go together while one is under way, fifty at most, each VM once', async () => {
    const all = [reads.read(vmId(1))];
    await settled();
    for (let number = 1; number <= 120; number++) all.push(reads.read(vmId(number)), reads.read(vmId(number)));
    await answer(0, 1);
    for (const nth of [1, 2, 3]) await answer(nth, ...(asked[nth]?.ids ?? []).map((id) => Number(id.slice(-12))));
    assert.deepEqual(sizes(), [1, 50, 50, 20]);
    const names = await Promise.all(all.map(name));
    assert.deepEqual(
      names.slice(1),
      Array.from({ length: 240 }, (_, index) => `vm-${Math.floor(index / 2) + 1}`),
    );
  });

  it('are never older than the question: what is under way serves nobody who comes later', async () => {
    void reads.read(vmId(1));
    await settled();
    const later = reads.read(vmId(1));
    await answer(0, 1);
    assert.deepEqual(sizes(), [1, 1]);
    await answer(1, 1);
    assert.equal(await name(later), 'vm-1');
  });

  it('that miss a VM among several ask for it alone, as only that answer says why', async () => {
    void reads.read(vmId(9));
    await settled();
    const [found, gone] = [reads.read(vmId(1)), reads.read(vmId(2))];
    await answer(0, 9);
    await answer(1, 1);
    assert.deepEqual(sizes(), [1, 2, 1]);
    assert.equal(await name(found), 'vm-1');
    const rejected = assert.rejects(gone, (error) => HyperVError.is(error, 'vmNotFound'));
    await answer(2);
    await rejected;
  });

  it('that fail fail for all who waited for them, and the next ones are asked for', async () => {
    void reads.read(vmId(9));
    await settled();
    const failed = [vmId(1), vmId(2)].map((id) =>
      assert.rejects(reads.read(id), (error) => HyperVError.is(error, 'timeout')),
    );
    await answer(0, 9);
    const next = reads.read(vmId(3));
    asked[1]?.answer.reject(new HyperVError('timeout', ''));
    await Promise.all(failed);
    await settled();
    await answer(2, 3);
    assert.equal(await name(next), 'vm-3');
  });

  it('can be left at once: what waits is not asked for, and what nobody waits for is cancelled', async () => {
    const abort = new AbortController();
    const isCancelled = (error: unknown): boolean => HyperVError.is(error, 'cancelled');
    const underWay = assert.rejects(reads.read(vmId(1), abort.signal), isCancelled);
    await settled();
    const waiting = assert.rejects(reads.read(vmId(2), abort.signal), isCancelled);
    abort.abort();
    await Promise.all([underWay, waiting]);
    assert.equal(asked[0]?.signal?.aborted, true);
    asked[0].answer.reject(new HyperVError('cancelled', ''));
    await settled();
    assert.deepEqual(sizes(), [1]);
  });

  it('go on for the others when one of them leaves', async () => {
    void reads.read(vmId(9));
    await settled();
    const abort = new AbortController();
    const left = assert.rejects(reads.read(vmId(1), abort.signal));
    const stays = reads.read(vmId(2));
    await answer(0, 9);
    abort.abort();
    await left;
    assert.equal(asked[1]?.signal?.aborted, false);
    await answer(1, 1, 2);
    assert.equal(await name(stays), 'vm-2');
  });

  it('end with their host', async () => {
    const isCancelled = (error: unknown): boolean => HyperVError.is(error, 'cancelled');
    const both = [reads.read(vmId(1)), reads.read(vmId(2))].map((work) => assert.rejects(work, isCancelled));
    await settled();
    end.abort();
    await Promise.all(both);
    assert.equal(asked[0]?.signal?.aborted, true);
    await assert.rejects(reads.read(vmId(3)), isCancelled);
  });
});
