// Shut Down for many VMs: how many guests are asked at a time, one progress with phases, one question, one summary.
import assert from 'node:assert/strict';
import { manyProgress, shareOver } from '../../../src/commands/bulkShutdownTexts';
import { deadlineQuestion } from '../../../src/commands/shutdownQuestions';
import { shutdownOutcome } from '../../../src/commands/shutdownTexts';
import { restartGuest, shutDown } from '../../../src/commands/shutDown';
import { HyperVError } from '../../../src/domain/errors';
import { startShutdown } from '../../../src/domain/shutdown';
import type { ShutdownResult, ShutdownState } from '../../../src/domain/shutdownStates';
import { ended, waiting } from '../../../src/domain/shutdownSteps';
import type { VmRecord } from '../../../src/domain/vm';
import { makeRig } from '../../support/commandRig';
import type { Rig } from '../../support/commandRig';
import { settled } from '../../support/manualClock';
import { SlowHost } from '../../support/slowHost';
import { makeVm, vmId } from '../../support/vms';

const perHost = 8;

function runningVms(count: number): VmRecord[] {
  return Array.from({ length: count }, (_, index) => makeVm({ id: vmId(index + 1), name: `vm-${index + 1}` }));
}

function shutDownAll(rig: Rig): Promise<void> {
  const rows = [...(rig.store.host('a')?.vms.keys() ?? [])].map((id) => rig.nodes.vm('a', id));
  return shutDown(rig.context, rows[0], rows);
}

describe('Shut Down of many VMs', () => {
  it('asks so many guests at a time, in the order of the rows', async () => {
    const rig = makeRig({ a: runningVms(20) });
    const host = new SlowHost(rig, (vm) => ({ ...vm, state: 'off' }));
    const done = shutDownAll(rig);
    await settled();
    assert.deepEqual(
      host.sent.map(({ id }) => id),
      Array.from({ length: perHost }, (_, index) => vmId(index + 1)),
    );
    assert.match(rig.ui.progressTexts.at(-1) ?? '', /^\d+ s, 0 of 20 are off, 20 to ask$/);
    await host.answer(vmId(1));
    assert.equal(host.sent.at(-1)?.id, vmId(perHost + 1));
    await rig.clock.advance(100);
    assert.match(rig.ui.progressTexts.at(-1) ?? '', /^\d+ s, 1 of 20 are off, 19 to ask$/);
    await host.answerAll();
    await done;
    assert.equal(host.most('a'), perHost);
    assert.deepEqual(rig.ui.progressTitles, ['Shutting down 20 virtual machines']);
    assert.deepEqual(rig.ui.mentioned, ['20 of 20 virtual machines are off.']);
  });

  it('counts all of them again no more often than they are shown', async () => {
    const rig = makeRig({ a: runningVms(400) });
    rig.behave = () => {
      throw new HyperVError('guestLocked', '');
    };
    await shutDownAll(rig);
    const counted = rig.ui.progressTexts.length;
    // At the beginning and, as no time has passed, at the end; once more for each second that the machine took.
    assert.ok(counted <= 40, `${counted} times`);
    assert.match(rig.ui.progressTexts.at(-1) ?? '', /0 of 400 are off, 400 need an answer$/);
  });

  it('asks those no more whose turn did not come before Cancel', async () => {
    const rig = makeRig({ a: runningVms(20) });
    const host = new SlowHost(rig, (vm) => ({ ...vm, state: 'off' }));
    rig.ui.cancelAt = /^\d+ s, 3 of/;
    const done = shutDownAll(rig);
    await settled();
    for (const number of [1, 2, 3]) await host.answer(vmId(number));
    await rig.clock.advance(100);
    await host.answerAll();
    await done;
    assert.ok(host.sent.length < 20);
    const notAsked = 20 - host.sent.length;
    assert.equal(
      rig.ui.told[0],
      `${host.sent.length} of 20 virtual machines are off. The others: ${notAsked} not asked.`,
    );
  });

  it('has one question for all locked guests, which names a few of them', async () => {
    const rig = makeRig({ a: runningVms(400) });
    rig.behave = ({ parameters }, vm) => {
      if (parameters['force'] === true) return { ...vm, state: 'off' };
      throw new HyperVError('guestLocked', '');
    };
    rig.ui.presses = ['Shut Down Anyway'];
    await shutDownAll(rig);
    assert.equal(rig.ui.questions.length, 1);
    assert.match(
      rig.ui.questions[0]?.message ?? '',
      /refused to shut down: vm-1, vm-2, vm-3, vm-4, vm-5, and 395 more\./,
    );
    assert.ok(rig.ui.progressTexts.some((text) => /^\d+ s, 0 of 400 are off, 400 need an answer$/.test(text)));
    assert.deepEqual(rig.ui.mentioned, ['400 of 400 virtual machines are off.']);
  });

  it('counts who refused, and offers them to be picked and asked again', async () => {
    const rig = makeRig({ a: runningVms(40) });
    const refusing = new Set([1, 2, 3, 4].map(vmId));
    rig.behave = (_, vm) => {
      if (refusing.delete(vm.id)) throw new HyperVError('failed', '');
      return { ...vm, state: 'off' };
    };
    rig.ui.presses = ['Select Failures…'];
    rig.ui.answerMany = () => ['vm-2'];
    await shutDownAll(rig);
    await settled();
    const [error] = rig.ui.errors;
    assert.equal(error?.message, '36 of 40 virtual machines are off. The others: 4 failed.');
    assert.deepEqual(error.buttons, ['Retry', 'Select Failures…', 'Show Log']);
    assert.equal(rig.ui.manyPicks[0]?.texts.title, 'Failures: Shutting down 40 virtual machines');
    assert.deepEqual(
      rig.calls.slice(40).map(({ method, parameters }) => [method, parameters['id']]),
      [['vm.shutDown', vmId(2)]],
    );
    assert.equal(rig.logged.length, 4);
  });

  it('restarts in the same way', async () => {
    const rig = makeRig({ a: runningVms(20) });
    rig.behave = () => {
      throw new HyperVError('failed', '');
    };
    const rows = runningVms(20).map(({ id }) => rig.nodes.vm('a', id));
    await restartGuest(rig.context, rows[0], rows);
    assert.equal(rig.ui.errors[0]?.message, '0 of 20 virtual machines have restarted. The others: 20 failed.');
  });
});

describe('The words for many shutdowns', () => {
  const named = (state: ShutdownState) => ({ vmName: 'vm', hostName: 'a', state });
  const end = (result: ShutdownResult) => named(ended(result));
  const asked = waiting({ startedAtMs: 0 }, 0, 1_000, {});
  const seen = { vmState: 'stopping', heartbeat: null, uptimeMs: null } as const;

  const runs = [
    named(startShutdown(0)),
    named(asked),
    named(asked),
    named({ ...asked, seen }),
    named({ ...asked, kind: 'deadline' }),
    named({ kind: 'locked', startedAtMs: 0 }),
    end({ kind: 'off', elapsedMs: 1 }),
    end({ kind: 'refused', reason: 'guestNotReady' }),
  ];

  it('count each VM in the phase that it is in', () => {
    assert.equal(
      manyProgress('shutDown', runs, '9 s'),
      '9 s, 1 of 8 are off, 1 to ask, 2 asked, 1 going down, 2 need an answer, 1 failed',
    );
    assert.equal(shareOver(runs), 0.5);
  });

  it('say what became of the others when they are too many to be named', () => {
    const ends = [
      end({ kind: 'off', elapsedMs: 1 }),
      end({ kind: 'left', requestStands: true, seen: null }),
      end({ kind: 'left', requestStands: true, seen: null }),
      end({ kind: 'left', requestStands: null, seen: null }),
      end({ kind: 'left', requestStands: false, seen: null }),
      end({ kind: 'notAsked' }),
      end({ kind: 'elsewhere', vmState: 'saved' }),
      end({ kind: 'gone' }),
    ];
    assert.deepEqual(shutdownOutcome('shutDown', ends), {
      manner: 'inform',
      text:
        '1 of 8 virtual machines are off. The others: 2 were asked and may still go off, 1 may have been asked, ' +
        '1 not asked, 1 in another state, 1 no longer there.',
    });
  });

  it('claim of late guests no more than how long the last of them was asked ago', () => {
    assert.match(deadlineQuestion('shutDown', ['a', 'b'], 7_400, false), /^These were asked to shut down at least 7 s/);
  });
});
