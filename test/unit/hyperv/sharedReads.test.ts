// Equal reads share one request, but never over the end of a change: a host client over a supervised session, whose
// process only pretends.
import assert from 'node:assert/strict';
import { methods } from '../../../src/hyperv/api';
import { HostClient } from '../../../src/hyperv/hostClient';
import type { Hello } from '../../../src/powershell/hello';
import { silentLog } from '../../../src/powershell/log';
import { SupervisedSession } from '../../../src/powershell/supervisor';
import { FakeSession } from '../../support/fakeSession';
import { ManualClock, settled } from '../../support/manualClock';
import { vmId } from '../../support/vms';

const id = vmId(1);
const on = { rows: [['vm', id, 'DC01', 2, 0]] };
const off = { rows: [['vm', id, 'DC01', 3, 0]] };

describe('shared reads of a host client', () => {
  let session: FakeSession;
  let clock: ManualClock;
  let host: HostClient;

  beforeEach(() => {
    session = new FakeSession();
    session.starting.resolve({} as Hello);
    clock = new ManualClock();
    const supervised = new SupervisedSession({ methods, log: silentLog, clock, create: () => session });
    host = new HostClient({ session: supervised, methods, clock, log: silentLog });
  });

  async function respond(nth: number, value: unknown): Promise<void> {
    assert.ok(session.sent[nth], `nothing was sent after ${sent().join()}`);
    session.sent[nth].resolve({ value, frames: 1, bytes: 1 });
    await settled();
  }

  function sent(): string[] {
    return session.sent.map(({ method }) => method);
  }

  it('nobody who asks after a change gets what was read before its job ended', async () => {
    const started = host.change('vm.start', { id });
    await settled();
    await respond(0, { ...off, job: '0000000a-0000-4000-8000-000000000000' });
    const before = host.readVm(id);
    await settled();
    // The look at the job waits for that reading, and a reading that is asked for now waits for the look.
    await clock.advance(250);
    await respond(1, off);
    assert.equal((await before).state, 'off');
    const during = host.readVm(id);
    await settled();
    assert.deepEqual(sent(), ['vm.start', 'vm.read', 'job.read']);
    await respond(2, on);
    assert.equal((await started).state, 'running');
    const after = host.readVm(id);
    await settled();
    await respond(3, on);
    assert.deepEqual([(await during).state, (await after).state], ['running', 'running']);
    assert.deepEqual(sent(), ['vm.start', 'vm.read', 'job.read', 'vm.read']);
  });

  it('nobody who asks after a change without a job gets what was read before its answer', async () => {
    const before = host.readVm(id);
    await settled();
    const saved = host.change('vm.save', { id });
    await settled();
    assert.deepEqual(sent(), ['vm.read', 'vm.save']);
    await respond(1, off);
    await saved;
    const after = host.readVm(id);
    await respond(0, on);
    await respond(2, off);
    assert.deepEqual([(await before).state, (await after).state], ['running', 'off']);
  });
});
