import assert from 'node:assert/strict';
import { judgePower, lookAfter } from '../../../src/commands/aftermath';
import type { Aftermath, Verdict } from '../../../src/commands/aftermath';
import { aftermathText } from '../../../src/commands/aftermathTexts';
import { changePower } from '../../../src/commands/power';
import { applyTicks } from '../../../src/commands/setService';
import type { VmAction } from '../../../src/domain/allowedActions';
import { HyperVError } from '../../../src/domain/errors';
import type { VmState } from '../../../src/domain/powerStates';
import { makeRig } from '../../support/commandRig';
import type { Rig } from '../../support/commandRig';
import { makeVm, vmId, withService } from '../../support/vms';

const off = makeVm({ state: 'off', uptimeMs: null });
const running = makeVm({ uptimeMs: 3_600_000 });

describe('What a VM proves of a change whose outcome is not known', () => {
  const cases: readonly (readonly [VmAction, VmState, VmState, Verdict])[] = [
    ['start', 'off', 'running', 'done'],
    ['start', 'off', 'off', 'notDone'],
    ['start', 'saved', 'saved', 'notDone'],
    ['start', 'off', 'starting', 'open'],
    ['start', 'off', 'paused', 'open'],
    ['start', 'off', 'unknown', 'open'],
    ['resume', 'paused', 'running', 'done'],
    ['save', 'running', 'saved', 'done'],
    ['save', 'running', 'running', 'notDone'],
    ['save', 'running', 'off', 'open'],
    ['pause', 'running', 'paused', 'done'],
    ['turnOff', 'running', 'off', 'done'],
    ['turnOff', 'paused', 'paused', 'notDone'],
    // It was there before: nothing follows.
    ['turnOff', 'off', 'off', 'open'],
  ];
  for (const [action, before, after, expected] of cases) {
    it(`${action}: from ${before} to ${after} it is ${expected}`, () => {
      assert.equal(judgePower(action, makeVm({ state: before }), makeVm({ state: after }), 1_000), expected);
    });
  }

  it('reset: only how long it has been running tells', () => {
    const after = (uptimeMs: number | null): Verdict => judgePower('reset', running, makeVm({ uptimeMs }), 10_000);
    assert.equal(after(4_000), 'done');
    assert.equal(after(3_610_000), 'notDone');
    // Within what the clocks may differ.
    assert.equal(after(12_000), 'open');
    assert.equal(after(null), 'open');
  });
});

describe('A look after a change', () => {
  const target = { hostId: 'HV01', vm: off };

  it('sees the VM, or that it is gone', async () => {
    const { context } = makeRig({ HV01: [running] });
    const seen = await lookAfter(context, target, () => 'done');
    assert.deepEqual(seen, { kind: 'seen', vm: running, verdict: 'done' });
    const { context: empty } = makeRig({ HV01: [] });
    assert.deepEqual(await lookAfter(empty, target, () => 'done'), { kind: 'gone' });
  });

  it('does not wait for a host that never answers', async () => {
    const { context } = makeRig({ HV01: [off] });
    context.service.readVm = () => new Promise(() => undefined);
    const abort = new AbortController();
    const looking = lookAfter(context, target, () => 'done', abort.signal);
    abort.abort();
    assert.deepEqual(await looking, { kind: 'unreachable' });
  });
});

describe('The words after a look', () => {
  const context = { hostName: 'HV01', vmName: 'DC01' };
  const say = (action: VmAction, aftermath: Aftermath): string =>
    Object.values(aftermathText(aftermath, { ...context, action })).join(' ');
  const seen = (state: VmState, verdict: Verdict): Aftermath => ({ kind: 'seen', vm: makeVm({ state }), verdict });

  it('say no more than the state proves', () => {
    assert.equal(say('start', seen('running', 'done')), 'DC01 is running now.');
    assert.match(say('start', seen('off', 'notDone')), /^DC01 was not started: it is still off\./);
    assert.match(say('start', seen('starting', 'open')), /^DC01 is starting now, which does not tell/);
    assert.match(say('reset', seen('running', 'notDone')), /^DC01 was not reset: it has been running all the time\./);
    assert.match(say('start', { kind: 'unreachable' }), /^HV01 cannot be reached: the state of DC01 is not known\./);
    assert.equal(say('start', { kind: 'gone' }), 'HV01 no longer has DC01.');
  });
});

describe('A command whose answer was lost', () => {
  const lost = new HyperVError('sessionLost', 'raw text', 'unknown');
  async function start(after: VmState | undefined, error: HyperVError = lost): Promise<Rig> {
    const rig = makeRig({ HV01: [makeVm({ ...off, name: 'DC01' })] });
    rig.behave = ({ hostId }, vm) => {
      if (after === undefined) rig.context.service.readVm = () => Promise.reject(new HyperVError('timeout', ''));
      else rig.store.setVm(hostId, vm.id, { ...vm, state: after });
      throw error;
    };
    await changePower(rig.context, 'start', rig.nodes.vm('HV01', off.id));
    return rig;
  }

  it('is good news when the VM is where it should be', async () => {
    const { ui } = await start('running');
    assert.deepEqual(ui.errors, []);
    assert.deepEqual(ui.told, ['The PowerShell session for HV01 ended before it answered. DC01 is running now.']);
    assert.deepEqual(ui.progressTexts, ['reading the state again']);
  });

  it('may be tried again when nothing has happened', async () => {
    const { ui } = await start('off');
    const [error] = ui.errors;
    assert.match(error?.message ?? '', /^DC01 was not started: it is still off\. .*Try again if you still want it\.$/);
    assert.deepEqual(error?.buttons, ['Retry', 'Show Log']);
  });

  it('says what is not known, and offers no second try then', async () => {
    const starting = (await start('starting')).ui.errors[0];
    assert.match(starting?.message ?? '', /^It is not known whether DC01 was started\..*DC01 is starting now/);
    const unreachable = (await start(undefined)).ui.errors[0];
    assert.match(unreachable?.message ?? '', /HV01 cannot be reached: the state of DC01 is not known\./);
    for (const error of [starting, unreachable]) assert.deepEqual(error?.buttons, ['Show Log']);
  });

  it('of several tells those that were carried out from those that were not', async () => {
    const [first, second, third] = [1, 2, 3].map((number) => makeVm({ ...off, id: vmId(number), name: `VM${number}` }));
    assert.ok(first && second && third);
    const rig = makeRig({ HV01: [first, second, third] });
    rig.behave = ({ hostId }, vm) => {
      if (vm.id !== first.id)
        rig.store.setVm(hostId, vm.id, { ...vm, state: vm.id === second.id ? 'running' : 'starting' });
      throw lost;
    };
    const rows = [first, second, third].map(({ id }) => rig.nodes.vm('HV01', id));
    await changePower(rig.context, 'start', rows[0], rows);
    assert.deepEqual(rig.ui.told, []);
    const message = rig.ui.errors[0]?.message ?? '';
    assert.match(message, /^1 started, 1 failed, 1 not known\. VM1 was not started: it is still off\./);
    assert.match(message, /It is not known whether VM3 was started\./);
  });

  it('of a service tells how its setting is now', async () => {
    const tick = async (isDone: boolean): Promise<Rig> => {
      const rig = makeRig({ HV01: [makeVm({ name: 'DC01' })] });
      rig.behave = ({ hostId }, vm) => {
        if (isDone) rig.store.setVm(hostId, vm.id, withService(vm, 'vss', { enabled: false }));
        throw lost;
      };
      await applyTicks(rig.context, rig.nodes, [{ node: rig.nodes.service('HV01', vmId(1), 'vss'), checked: false }]);
      return rig;
    };
    assert.match((await tick(true)).ui.told[0] ?? '', /of DC01 is disabled now\.$/);
    const { errors } = (await tick(false)).ui;
    assert.match(errors[0]?.message ?? '', /of DC01 was not disabled: it is still enabled\./);
  });

  it('is not looked after when it is known that nothing was changed', async () => {
    assert.deepEqual((await start('running', new HyperVError('timeout', ''))).ui.progressTexts, []);
  });

  describe('as it was cancelled on the way', () => {
    const cancelled = new HyperVError('cancelled', '', 'unknown');

    async function startOn(arrange: (rig: Rig) => void): Promise<Rig> {
      const rig = makeRig({ HV01: [{ ...off, name: 'DC01' }] });
      rig.behave = () => {
        arrange(rig);
        throw cancelled;
      };
      await changePower(rig.context, 'start', rig.nodes.vm('HV01', off.id));
      return rig;
    }

    it('is told of as not known when its host was removed from the view', async () => {
      const { ui } = await startOn(({ store }) => {
        store.arrange([]);
      });
      assert.match(
        ui.errors[0]?.message ?? '',
        /^It is not known whether DC01 was started\. .* HV01 was removed from the view meanwhile, so the state of DC01 is not known\. Add the host again to see it\.$/,
      );
      assert.deepEqual(ui.errors[0]?.buttons, ['Show Log']);
    });

    it('is told of by what the host says, when its host is reached in another way by now', async () => {
      const { ui } = await startOn(() => undefined);
      assert.match(ui.errors[0]?.message ?? '', /^DC01 was not started: it is still off\./);
    });

    it('is not told of when the window closes', async () => {
      const { ui } = await startOn(({ context }) => {
        context.service.readVm = () => Promise.reject(new HyperVError('cancelled', ''));
      });
      assert.deepEqual([ui.errors, ui.told, ui.progressTexts], [[], [], []]);
    });
  });
});
