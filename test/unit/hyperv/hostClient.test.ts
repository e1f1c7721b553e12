import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import { methods } from '../../../src/hyperv/api';
import { HostClient } from '../../../src/hyperv/hostClient';
import { SessionError } from '../../../src/powershell/errors';
import type { VmId } from '../../../src/domain/vm';
import type { Parameters } from '../../../src/powershell/methods';
import type { Answer, RequestOptions } from '../../../src/powershell/request';
import { ListLog } from '../../support/listLog';
import { ManualClock, settled } from '../../support/manualClock';
import { vmId } from '../../support/vms';

const row = ['vm', vmId(1), 'DC01', 2, 0];

function client(
  respond: (method: string, parameters: Parameters, options: RequestOptions) => Answer,
  hello?: { readonly os: string },
  oneLane = false,
) {
  const log = new ListLog();
  const clock = new ManualClock();
  const said: string[] = [];
  const host = new HostClient({
    session: {
      request: (method, parameters, options = {}) =>
        new Promise((resolve) => {
          resolve(respond(method, parameters, options));
        }),
      onDidChangeState: () => ({ dispose: () => undefined }),
      retry: () => said.push('retry'),
      renew: () => said.push('renew'),
      diagnostics: () => Promise.reject(new Error('not asked for')),
      hello,
      dispose: () => Promise.resolve(),
    },
    methods,
    clock,
    log,
    oneLane,
  });
  return { host, log, clock, said };
}

const answer = (value: unknown): Answer => ({ value, frames: 3, bytes: 100 });

describe('a host client', () => {
  it('an inventory is what was streamed, with what it cost', async () => {
    const { host } = client((_method, _parameters, { onBatch }) => {
      onBatch?.([row]);
      onBatch?.([['summary', vmId(1), 4, 512, null]]);
      return answer({ cimQueries: 15 });
    });
    const { vms, stats } = await host.inventory();
    assert.equal(vms.length, 1);
    assert.equal(vms[0]?.processors, 4);
    assert.deepEqual(stats, { cimQueries: 15, frames: 3, bytes: 100, ms: 0 });
  });

  it('many VMs are read in as few requests as the host takes, none in none', async () => {
    const sizes: number[] = [];
    const { host } = client((method, { ids }, { onBatch }) => {
      assert.equal(method, 'vm.readMany');
      const list = ids as readonly string[];
      sizes.push(list.length);
      onBatch?.(list.map((id) => ['vm', id, 'VM', 3, 0]));
      return answer({ cimQueries: 15 });
    });
    const ids = Array.from({ length: 120 }, (_, number) => vmId(number));
    const found = await host.readVms(ids);
    assert.deepEqual(
      found.map(({ id }) => id),
      ids,
    );
    assert.deepEqual(sizes, [50, 50, 20]);
    assert.deepEqual(await host.readVms([]), []);
    assert.equal(sizes.length, 3);
  });

  it('what a host tells is a list of known VMs and whether any came or went', async () => {
    const told = async (value: unknown): Promise<unknown> => await client(() => answer(value)).host.watch(1);
    const none = { changed: [], created: [], deleted: [] };
    assert.deepEqual(await told(none), { changed: [], listChanged: false });
    assert.deepEqual(await told({ ...none, changed: [vmId(1).toUpperCase(), 'HV1', 7, null] }), {
      changed: [vmId(1)],
      listChanged: false,
    });
    assert.deepEqual(await told({ ...none, created: [vmId(1)] }), { changed: [], listChanged: true });
    assert.deepEqual(await told({ ...none, deleted: [vmId(1)] }), { changed: [], listChanged: true });
    for (const value of [null, {}, { ...none, deleted: 'no list' }])
      await assert.rejects(told(value), (error) => HyperVError.is(error, 'protocol') && error.outcome === 'none');
  });

  it('a host with one lane for all requests is asked, and never waited for', async () => {
    const waits: unknown[] = [];
    for (const oneLane of [false, true]) {
      const { host } = client(
        (_method, { waitMs }) => {
          waits.push(waitMs);
          return answer({ changed: [], created: [], deleted: [] });
        },
        undefined,
        oneLane,
      );
      await host.watch(20_000);
    }
    assert.deepEqual(waits, [20_000, 0]);
  });

  it('a look at what keeps Hyper-V from being used knows the system of the host, not of this computer', async () => {
    const platformOf = async (os: string, facts: unknown = {}): Promise<string> =>
      (await client(() => answer(facts), { os }).host.probe()).platform;
    assert.equal(await platformOf('Microsoft Windows NT 10.0.26100.0'), 'win32');
    assert.equal(await platformOf('Unix 6.1.0'), 'linux');
    assert.equal(await platformOf('Unix 6.1.0', { serviceState: 'running' }), 'win32');
  });

  it('a retry signs in anew after the host has said no, and only then', async () => {
    let refuses = false;
    const { host, said } = client(() => {
      if (refuses) throw new HyperVError('accessDenied', '');
      return answer({});
    });
    await host.inventory();
    host.retry();
    refuses = true;
    await assert.rejects(host.inventory());
    host.retry();
    host.retry();
    assert.deepEqual(said, ['retry', 'renew', 'retry', 'retry']);
  });

  it('a repeated inventory starts from nothing', async () => {
    const { host } = client((_method, _parameters, { onBatch, onRestart }) => {
      onBatch?.([['vm', vmId(7), 'gone since', 2, 0]]);
      onRestart?.();
      onBatch?.([row]);
      return answer({ cimQueries: 15 });
    });
    assert.deepEqual(
      (await host.inventory()).vms.map(({ name }) => name),
      ['DC01'],
    );
  });

  it('what the host could not read is logged once', async () => {
    const { host, log } = client((_method, _parameters, { onBatch }) => {
      onBatch?.([row, ['problem', 'Msvm_VssComponent', 'broken'], ['problem', 'Msvm_VssComponent', 'broken']]);
      return answer({ cimQueries: 15 });
    });
    await host.inventory();
    assert.deepEqual(log.lines, ['warn Msvm_VssComponent: broken']);
  });

  it('an answer without the VM is a fault of the protocol, and of a change nobody knows the outcome', async () => {
    const { host } = client(() => answer({ rows: [] }));
    await assert.rejects(
      host.readVm(vmId(1)),
      (error) => HyperVError.is(error, 'protocol') && error.outcome === 'none',
    );
    await assert.rejects(
      host.change('vm.save', { id: vmId(1) }),
      (error) => HyperVError.is(error, 'protocol') && error.outcome === 'unknown',
    );
  });

  it('a change answers with the VM, for people who script as well', async () => {
    const { host } = client((method, parameters) => answer({ rows: [row], asked: [method, parameters] }));
    assert.equal((await host.change('vm.save', { id: vmId(1) })).name, 'DC01');
    const called = (await host.call('vm.save', { id: vmId(1) })) as { vm: { name: string } };
    assert.equal(called.vm.name, 'DC01');
    assert.deepEqual(await host.call('lab.reset', {}), { rows: [row], asked: ['lab.reset', {}] });
  });

  it('only our errors leave it', async () => {
    const { host } = client(() => {
      throw new SessionError('busy', 'x');
    });
    for (const work of [host.inventory(), host.readVm(vmId(1)), host.call('lab.reset', {})]) {
      await assert.rejects(work, (error) => HyperVError.is(error, 'busy'));
    }
  });

  it('cancelling reaches the session', async () => {
    let seen: AbortSignal | undefined;
    const { host } = client((_method, _parameters, { signal }) => {
      seen = signal;
      return answer({ rows: [row] });
    });
    const { signal } = new AbortController();
    await host.readVm(vmId(1), signal);
    assert.equal(seen, signal);
  });

  it('a change is done when the job of the host is, and until then the VM is seen at work', async () => {
    const asked: unknown[] = [];
    const answers = [{ rows: [['vm', vmId(1), 'DC01', 32773, 0]], job: 'j' }, { job: 'j' }, { rows: [row] }];
    const { host, clock } = client((method, parameters) => {
      asked.push([method, parameters]);
      return answer(answers.shift());
    });
    const seen: string[] = [];
    const saved = host.change('vm.save', { id: vmId(1) }, undefined, ({ state }) => seen.push(state));
    for (let i = 0; i < 8; i++) await clock.advance(250);
    assert.equal((await saved).state, 'running');
    assert.deepEqual(seen, ['saving']);
    const look = ['job.read', { id: vmId(1), jobId: 'j' }];
    assert.deepEqual(asked, [['vm.save', { id: vmId(1) }], look, look]);
  });

  it('changes to one VM wait for the jobs before them; those to others, and reads, do not', async () => {
    const asked: string[] = [];
    const { host, clock } = client((method, { id }) => {
      asked.push(`${method} ${String(id).slice(-1)}`);
      const goesOn = method === 'vm.start' || (method === 'job.read' && asked.length < 6);
      return answer({ rows: [['vm', id, 'VM', 10, 0]], ...(goesOn && { job: 'j' }) });
    });
    const work = [
      host.change('vm.start', { id: vmId(1) }),
      host.change('vm.turnOff', { id: vmId(1) }),
      host.change('vm.turnOff', { id: vmId(2) }),
      host.readVm(vmId(1)),
    ];
    await settled();
    assert.deepEqual(asked.sort(), ['vm.read 1', 'vm.start 1', 'vm.turnOff 2']);
    for (let i = 0; i < 20; i++) await clock.advance(250);
    await Promise.all(work);
    assert.deepEqual(asked.slice(3), ['job.read 1', 'job.read 1', 'job.read 1', 'vm.turnOff 1']);
  });

  it('an id may be written in capitals: a change is in order all the same, and one that waits can be taken back', async () => {
    const asked: unknown[] = [];
    const { host, clock } = client((method, { id }) => {
      asked.push(id);
      return answer({ rows: [row], ...(method === 'vm.start' && { job: 'j' }) });
    });
    const id = 'a0000000-0000-4000-8000-00000000000b' as VmId;
    const leaving = new AbortController();
    const started = host.change('vm.start', { id });
    const second = host.call('vm.save', { id: id.toUpperCase() });
    const third = host.change('vm.turnOff', { id }, leaving.signal);
    await settled();
    assert.deepEqual(asked, [id]);
    leaving.abort();
    await assert.rejects(third, (error) => HyperVError.is(error, 'cancelled') && error.outcome === 'none');
    for (let i = 0; i < 4; i++) await clock.advance(250);
    await Promise.all([started, second]);
    // The change, a look at its job, and the second change.
    assert.deepEqual(asked, [id, id, id.toUpperCase()]);
  });

  it('saving may take half an hour, other jobs less than two minutes', async () => {
    const { host, clock } = client((_method, { id }) => answer({ rows: [['vm', id, 'VM', 10, 0]], job: 'j' }));
    const failed: string[] = [];
    const note = (name: string) => (error: unknown) => {
      assert.ok(HyperVError.is(error, 'timeout') && error.outcome === 'unknown');
      failed.push(name);
    };
    const work = [
      host.change('vm.save', { id: vmId(1) }).catch(note('save')),
      host.change('vm.start', { id: vmId(2) }).catch(note('start')),
    ];
    for (let ms = 0; ms < 120_000; ms += 2_000) await clock.advance(2_000);
    assert.deepEqual(failed, ['start']);
    for (let ms = 0; ms < 1_800_000; ms += 2_000) await clock.advance(2_000);
    await Promise.all(work);
    assert.deepEqual(failed, ['start', 'save']);
  });
});
