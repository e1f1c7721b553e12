// One thing done to many VMs: how many at a time, what a person sees meanwhile, what Cancel leaves, and the summary.
import assert from 'node:assert/strict';
import { turnOff } from '../../../src/commands/cutPower';
import { changePower } from '../../../src/commands/power';
import { applyTicks, enableAllServices } from '../../../src/commands/setService';
import { HyperVError } from '../../../src/domain/errors';
import type { VmId, VmRecord } from '../../../src/domain/vm';
import { makeRig } from '../../support/commandRig';
import type { Rig } from '../../support/commandRig';
import { settled } from '../../support/manualClock';
import { SlowHost } from '../../support/slowHost';
import { makeVm, vmId, withService } from '../../support/vms';

const perHost = 8;

function offVms(count: number, from = 1): VmRecord[] {
  return Array.from({ length: count }, (_, index) =>
    makeVm({ id: vmId(from + index), name: `vm-${from + index}`, state: 'off', uptimeMs: null }),
  );
}

/** *Start* on all VMs of the rig, in order. */
function startAll(rig: Rig): Promise<void> {
  const rows = rig.store
    .hosts()
    .flatMap(({ definition, vms }) => [...vms.keys()].map((id) => rig.nodes.vm(definition.id, id)));
  return changePower(rig.context, 'start', rows[0], rows);
}

function failFor(rig: Rig, failures: ReadonlyMap<VmId, HyperVError>): void {
  rig.behave = (_, vm) => {
    const error = failures.get(vm.id);
    if (error !== undefined) throw error;
    return { ...vm, state: 'running' };
  };
}

const outOfMemory = new HyperVError('outOfMemory', '');

describe('Many VMs', () => {
  it('have so many under way on each host at a time, hosts beside each other, in the order of the rows', async () => {
    const rig = makeRig({ a: offVms(30), b: offVms(20, 101) });
    const host = new SlowHost(rig);
    const done = startAll(rig);
    await settled();
    const first = Array.from({ length: perHost }, (_, index) => index);
    assert.deepEqual(
      host.sent.map(({ id }) => id),
      [...first.map((index) => vmId(index + 1)), ...first.map((index) => vmId(index + 101))],
    );
    await host.answer(vmId(3));
    assert.equal(host.sent.at(-1)?.id, vmId(perHost + 1));
    assert.equal(host.underWay('a'), perHost);
    await host.answerAll();
    await done;
    assert.equal(host.most('a'), perHost);
    assert.equal(host.most('b'), perHost);
    assert.equal(host.sent.length, 50);
  });

  it('show one progress with counts and a share, which failures are part of', async () => {
    const rig = makeRig({ a: offVms(12) });
    failFor(rig, new Map([[vmId(2), outOfMemory]]));
    await startAll(rig);
    assert.deepEqual(rig.ui.progressTitles, ['Starting 12 virtual machines']);
    assert.equal(rig.ui.progressTexts[0], '0 of 12');
    assert.equal(rig.ui.progressTexts.at(-1), '12 of 12 · 1 failed');
    const shares = rig.ui.progressShares;
    assert.deepEqual(
      shares,
      [...shares].sort((x, y) => x - y),
    );
    assert.deepEqual([shares[0], shares.at(-1)], [0, 1]);
  });

  it('are mentioned as a number when all went well', async () => {
    const rig = makeRig({ a: offVms(12) });
    failFor(rig, new Map());
    await startAll(rig);
    assert.deepEqual(rig.ui.mentioned, ['12 started.']);
    assert.deepEqual([rig.ui.told, rig.ui.errors], [[], []]);
  });

  it('are no services of one VM', async () => {
    const vm = withService(withService(makeVm(), 'vss', { enabled: false }), 'heartbeat', { enabled: false });
    const rig = makeRig({ a: [vm] });
    await enableAllServices(rig.context, rig.nodes, rig.nodes.vm('a', vm.id));
    assert.deepEqual([rig.calls.length, rig.ui.progressTexts, rig.ui.mentioned], [2, [], []]);
  });

  it('are named in a question up to ten, and counted beyond', async () => {
    const vms = Array.from({ length: 402 }, (_, index) => makeVm({ id: vmId(index + 1), name: `vm-${index + 1}` }));
    const rig = makeRig({ a: vms });
    const rows = vms.map(({ id }) => rig.nodes.vm('a', id));
    await turnOff(rig.context, rows[0], rows);
    const [question] = rig.ui.confirmations;
    assert.equal(question?.message, 'Turn off 402 virtual machines?');
    const lines = question.detail.split('\n');
    assert.equal(lines.length, 12);
    assert.deepEqual(lines.slice(9), ['vm-10 on a', 'and 392 more', lines[11]]);
    assert.match(lines[11] ?? '', /lost/);
  });
});

describe('Cancelled halfway, many VMs', () => {
  /** 20 VMs of which two are done when the person leaves. */
  async function cancelled(): Promise<{ rig: Rig; host: SlowHost; done: Promise<void> }> {
    const rig = makeRig({ a: offVms(20) });
    const host = new SlowHost(rig);
    rig.ui.cancelAt = /^2 of/;
    const done = startAll(rig);
    await settled();
    await host.answer(vmId(1));
    await host.answer(vmId(2));
    return { rig, host, done };
  }

  it('get no further request, and what is under way is waited for in sight', async () => {
    const { rig, host, done } = await cancelled();
    let ended = false;
    void done.then(() => (ended = true));
    await settled();
    // Two more were sent when the first two were done; the person left then.
    assert.equal(host.sent.length, perHost + 2);
    assert.ok(!ended);
    assert.equal(rig.ui.progressTexts.at(-1), 'cancelled; waiting for 8 that were sent already');
    await host.answerAll();
    await done;
    assert.equal(host.sent.length, perHost + 2);
    assert.deepEqual(rig.ui.told, ['10 started, 10 not asked.']);
    assert.deepEqual([rig.ui.errors, rig.ui.mentioned], [[], []]);
  });

  it('have those taken back that wait to be sent, and call nothing undone that was not', async () => {
    const { rig, host, done } = await cancelled();
    assert.ok(
      host.sent.every(({ withdraw }) => withdraw?.aborted === true),
      'each of them is taken back if it can be',
    );
    await host.fail(vmId(9), new HyperVError('cancelled', ''));
    await host.fail(vmId(8), new HyperVError('outOfMemory', ''));
    await host.answerAll();
    await done;
    assert.match(rig.ui.errors[0]?.message ?? '', /^8 started, 1 failed, 11 not asked\. vm-8 was not started\./);
  });

  it('have their boxes drawn again which were not asked', async () => {
    const vms = Array.from({ length: 20 }, (_, index) => makeVm({ id: vmId(index + 1) }));
    const rig = makeRig({ a: vms });
    const host = new SlowHost(rig, (vm) => withService(vm, 'vss', { enabled: false }));
    rig.ui.cancelAt = /^0 of/;
    const nodes = vms.map(({ id }) => rig.nodes.service('a', id, 'vss'));
    const done = applyTicks(
      rig.context,
      rig.nodes,
      nodes.map((node) => ({ node, checked: false })),
    );
    await settled();
    await host.answerAll();
    await done;
    assert.deepEqual(rig.redrawn, nodes.slice(host.sent.length));
    assert.deepEqual(rig.ui.told, [`${host.sent.length} changed, ${20 - host.sent.length} not asked.`]);
  });
});

describe('Failures of many VMs', () => {
  const inUse = new HyperVError('inUse', '');
  const lost = new HyperVError('timeout', '', 'unknown');

  /** 40 of which the first three lack memory, one is in use, and of one nobody knows; the second time all goes well. */
  async function withFailures(answer: (rig: Rig) => void = () => undefined): Promise<Rig> {
    const rig = makeRig({ a: offVms(40) });
    const failures = new Map([1, 2, 3].map((number) => [vmId(number), outOfMemory]));
    failures.set(vmId(4), inUse).set(vmId(5), lost);
    rig.behave = (_, vm) => {
      const error = failures.get(vm.id);
      failures.delete(vm.id);
      if (error !== undefined) throw error;
      return { ...vm, state: 'running' };
    };
    // Where a look finds it in the middle, nobody knows.
    rig.context.service.readVm = () => Promise.resolve(makeVm({ state: 'starting' }));
    answer(rig);
    await startAll(rig);
    await settled();
    return rig;
  }

  function triedAgain(rig: Rig): unknown[] {
    return rig.calls.slice(40).map(({ parameters }) => parameters['id']);
  }

  it('are counted in one message with what can be done, and each is in the log', async () => {
    const rig = await withFailures();
    assert.equal(rig.ui.errors.length, 1);
    const [error] = rig.ui.errors;
    assert.equal(
      error?.message,
      '35 started, 4 failed, 1 not known. The most frequent cause (3 times): a does not have enough free memory.',
    );
    assert.deepEqual(error.buttons, ['Retry', 'Select Failures…', 'Show Log']);
    assert.equal(rig.logged.length, 5);
  });

  it('are named while they are few', async () => {
    const rig = makeRig({ a: offVms(40) });
    failFor(rig, new Map([[vmId(1), outOfMemory]]));
    await startAll(rig);
    assert.match(
      rig.ui.errors[0]?.message ?? '',
      /^39 started, 1 failed\. vm-1 was not started\. a does not have .* then try again\.$/,
    );
  });

  it('are tried again all at once, but for those of which nobody knows', async () => {
    const rig = await withFailures(({ ui }) => {
      ui.presses = ['Retry'];
    });
    assert.deepEqual(triedAgain(rig), [1, 2, 3, 4].map(vmId));
    assert.deepEqual(rig.ui.progressTitles, ['Starting 40 virtual machines', 'Starting 4 virtual machines']);
    assert.deepEqual(rig.ui.mentioned, ['4 started.']);
  });

  /** *Retry* is pressed while these are still shown as starting; the host then says that the first of them is off. */
  async function retriedWhileStarting(...numbers: readonly number[]): Promise<Rig> {
    const set = (rig: Rig, number: number, state: VmRecord['state']): void => {
      rig.store.setVm('a', vmId(number), makeVm({ id: vmId(number), name: `vm-${number}`, state, uptimeMs: null }));
    };
    return withFailures((rig) => {
      const { ui, store, context } = rig;
      ui.error = () => {
        for (const number of numbers) set(rig, number, 'starting');
        context.service.readVm = (hostId, id) => {
          if (id === vmId(1)) set(rig, 1, 'off');
          return Promise.resolve(store.vm(hostId, id));
        };
        ui.error = () => Promise.resolve(undefined);
        return Promise.resolve('Retry');
      };
    });
  }

  it('are tried again as well when they are still shown in the middle of what failed', async () => {
    const rig = await retriedWhileStarting(1);
    assert.deepEqual(triedAgain(rig), [1, 2, 3, 4].map(vmId));
    assert.deepEqual(rig.ui.told, []);
  });

  it('are waited for no longer than for a moment, and then left alone', async () => {
    const rig = await retriedWhileStarting(1, 2);
    assert.equal(rig.ui.progressTitles.at(-1), 'Waiting for the state of 2 virtual machines');
    assert.deepEqual(triedAgain(rig), []);
    while (rig.clock.pending.length > 0) await rig.clock.advance(1_000);
    assert.deepEqual(triedAgain(rig), [1, 3, 4].map(vmId));
    assert.deepEqual(rig.ui.told, ['1 of 4 were not tried again: their state does not allow it now.']);
  });

  it('stand in a list by cause, most frequent first, with the next step', async () => {
    const rig = await withFailures(({ ui }) => {
      ui.presses = ['Select Failures…'];
    });
    const [list] = rig.ui.manyPicks;
    assert.equal(list?.texts.title, 'Failures: Starting 40 virtual machines');
    const memory = '3 · a does not have enough free memory.';
    assert.deepEqual(
      list.choices.map(({ label, description, group, picked }) => [label, description, group, picked]),
      [
        ['vm-1', 'a', memory, true],
        ['vm-2', 'a', memory, true],
        ['vm-3', 'a', memory, true],
        ['vm-4', 'a', '1 · The virtual machine or one of its files is in use by another operation.', true],
        ['vm-5', 'a', '1 · It is not known what became of the request to a.', false],
      ],
    );
    const details = list.choices.map(({ detail }) => detail);
    assert.match(
      details[0] ?? '',
      // The cause stands above, and a row has one line.
      /^Free memory on the host, .* then try again\.$/,
    );
    assert.match(details[3] ?? '', /^Wait until/);
    assert.match(
      details[4] ?? '',
      /^It is not known whether vm-5 was started\..*Look at it before you try once more\.$/,
    );
    assert.deepEqual(triedAgain(rig), [], 'nothing happens when the list is left');
  });

  it('are tried again as they are picked there, also one of which nobody knew', async () => {
    const rig = await withFailures(({ ui }) => {
      ui.presses = ['Select Failures…'];
      ui.answerMany = () => ['vm-2', 'vm-5'];
    });
    assert.deepEqual(triedAgain(rig), [vmId(2), vmId(5)]);
  });

  it('lead from there to a row, and the list stays', async () => {
    const rig = await withFailures(({ ui, store }) => {
      ui.presses = ['Select Failures…'];
      ui.answerMany = ({ show }) => {
        show('vm-3');
        store.setVm('a', vmId(4), undefined);
        show('vm-4');
        return ['vm-1'];
      };
    });
    assert.deepEqual(rig.revealed, [vmId(3)]);
    assert.deepEqual(rig.ui.told, ['vm-4 is no longer on a.']);
    assert.deepEqual(triedAgain(rig), [vmId(1)]);
  });

  it('are left alone where somebody else was quicker', async () => {
    const rig = await withFailures(({ ui, store }) => {
      ui.presses = ['Select Failures…'];
      ui.answerMany = ({ picked }) => {
        store.setVm('a', vmId(1), makeVm({ id: vmId(1), name: 'vm-1' }));
        store.setVm('a', vmId(2), undefined);
        return picked;
      };
    });
    assert.deepEqual(triedAgain(rig), [vmId(3), vmId(4)]);
    assert.deepEqual(rig.ui.told, ['2 of 4 were not tried again: their state does not allow it now.']);
  });

  it('of a host that was removed meanwhile are not known where they were sent, and not asked where they were not', async () => {
    const rig = makeRig({ a: offVms(20) });
    const host = new SlowHost(rig);
    const done = startAll(rig);
    await settled();
    rig.store.arrange([]);
    await host.fail(vmId(1), new HyperVError('cancelled', '', 'unknown'));
    while (host.underWay('a') > 0) await host.fail(host.next, new HyperVError('cancelled', ''));
    await done;
    assert.match(
      rig.ui.errors[0]?.message ?? '',
      /^0 started, 1 not known, 19 not asked\. It is not known whether vm-1 was started\. .*a was removed from the view/,
    );
  });
});
