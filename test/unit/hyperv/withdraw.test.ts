// A change that is taken back while it waits was certainly not sent; one that was sent goes on. A host client over a
// supervised session whose process only pretends.
import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import { methods } from '../../../src/hyperv/api';
import { HostClient } from '../../../src/hyperv/hostClient';
import type { Hello } from '../../../src/powershell/hello';
import { silentLog } from '../../../src/powershell/log';
import { SupervisedSession } from '../../../src/powershell/supervisor';
import { FakeSession } from '../../support/fakeSession';
import { ManualClock, settled } from '../../support/manualClock';
import { vmId } from '../../support/vms';

const job = '0000000a-0000-4000-8000-000000000000';

describe('A change that is taken back', () => {
  let session: FakeSession;
  let clock: ManualClock;
  let host: HostClient;
  let person: AbortController;

  beforeEach(() => {
    session = new FakeSession();
    clock = new ManualClock();
    person = new AbortController();
    const supervised = new SupervisedSession({ methods, log: silentLog, clock, create: () => session });
    host = new HostClient({ session: supervised, methods, clock, log: silentLog });
  });

  const change = (method: 'vm.start' | 'vm.save', number: number) =>
    host.change(method, { id: vmId(number) }, undefined, undefined, person.signal);
  const wasNotSent = (error: unknown): boolean => HyperVError.is(error, 'cancelled') && error.outcome === 'none';
  const sent = (): string[] => session.sent.map(({ method }) => method);
  const rows = (number: number, state: number) => [['vm', vmId(number), 'DC01', state, 0]];

  async function respond(nth: number, value: unknown): Promise<void> {
    session.sent[nth]?.resolve({ value, frames: 1, bytes: 1 });
    await settled();
  }

  it('behind another one is not sent, and the one before is not touched', async () => {
    session.starting.resolve({} as Hello);
    const first = change('vm.start', 1);
    const second = assert.rejects(change('vm.start', 2), wasNotSent);
    await settled();
    person.abort();
    await second;
    await respond(0, { rows: rows(1, 2) });
    assert.equal((await first).state, 'running');
    assert.deepEqual(sent(), ['vm.start']);
  });

  it('while the job of the host goes on is waited for to the end', async () => {
    session.starting.resolve({} as Hello);
    const saved = change('vm.save', 1);
    await settled();
    await respond(0, { rows: rows(1, 2), job });
    person.abort();
    await clock.advance(250);
    await respond(1, { rows: rows(1, 6) });
    assert.equal((await saved).state, 'saved');
    assert.deepEqual(sent(), ['vm.save', 'job.read']);
  });

  it('behind an earlier change to the same VM is not sent', async () => {
    session.starting.resolve({} as Hello);
    const first = change('vm.start', 1);
    await settled();
    await respond(0, { rows: rows(1, 2), job });
    const second = assert.rejects(change('vm.save', 1), wasNotSent);
    person.abort();
    await second;
    await clock.advance(250);
    await respond(1, { rows: rows(1, 2) });
    await first;
    assert.deepEqual(sent(), ['vm.start', 'job.read']);
  });

  it('while a session starts for it is not sent', async () => {
    const waiting = assert.rejects(change('vm.start', 1), wasNotSent);
    await settled();
    person.abort();
    await waiting;
    session.starting.resolve({} as Hello);
    await settled();
    assert.deepEqual(sent(), []);
  });
});
