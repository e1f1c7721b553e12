import assert from 'node:assert/strict';
import { tellLostContact } from '../../../src/commands/lostContact';
import type { LostVm } from '../../../src/domain/health/heartbeatHistory';
import { silenceMs } from '../../../src/domain/health/heartbeatHistory';
import { HyperVError } from '../../../src/domain/errors';
import { ContactWatch } from '../../../src/hyperv/contactWatch';
import { HostStore } from '../../../src/hyperv/hostStore';
import { showContactBadge } from '../../../src/views/contactBadge';
import { FakeUi } from '../../support/fakeUi';
import { ManualClock, settled } from '../../support/manualClock';
import { makeVm, vmId } from '../../support/vms';

const server = makeVm({ id: vmId(1), name: 'srv' });
const web = makeVm({ id: vmId(2), name: 'web' });

interface Bench {
  readonly store: HostStore;
  readonly clock: ManualClock;
  readonly contact: ContactWatch;
  readonly told: (readonly LostVm[])[];
}

function bench(): Bench {
  const store = new HostStore();
  const clock = new ManualClock();
  const contact = new ContactWatch(store, clock, () => clock.now());
  const told: (readonly LostVm[])[] = [];
  contact.onDidChange((lost) => told.push(lost));
  store.addHost({ kind: 'local', id: 'HV', name: 'HV01' });
  store.setInventory('HV', [server, web], 0);
  return { store, clock, contact, told };
}

describe('The watch over heartbeats', () => {
  it('tells who lost contact once, and when they answer again', () => {
    const { store, contact, told } = bench();
    store.setVm('HV', server.id, { ...server, heartbeat: 'lostCommunication' });
    store.setVm('HV', web.id, { ...web, notes: 'changed' });
    assert.deepEqual(
      contact.lost.map(({ vmId: id }) => id),
      [server.id],
    );
    store.setVm('HV', server.id, server);
    assert.deepEqual(
      told.map(({ length }) => length),
      [1, 0],
    );
  });

  it('notices by itself that a guest has been silent for long, and only then', async () => {
    const { store, clock, contact } = bench();
    store.setVm('HV', server.id, { ...server, heartbeat: 'noContact' });
    assert.deepEqual([contact.lost, clock.pending], [[], [silenceMs]]);
    await clock.advance(silenceMs);
    assert.equal(contact.lost.length, 1);
    assert.deepEqual(clock.pending, []);
  });

  it('counts no VM of a host that cannot be read, and none that is gone', () => {
    const { store, contact } = bench();
    store.setVm('HV', server.id, { ...server, heartbeat: 'lostCommunication' });
    store.setStatus('HV', { kind: 'failed', error: new HyperVError('sessionLost', 'gone') });
    assert.deepEqual(contact.lost, []);
    store.setInventory('HV', [{ ...server, heartbeat: 'lostCommunication' }, web], 0);
    assert.equal(contact.lost.length, 1);
    store.setVm('HV', server.id, undefined);
    assert.deepEqual(contact.lost, []);
    store.arrange([]);
    assert.equal(contact.history.of('HV', web.id), undefined);
  });

  it('knows what was there before it began', () => {
    const { store } = bench();
    store.setVm('HV', server.id, { ...server, heartbeat: 'lostCommunication' });
    const later = new ContactWatch(store, new ManualClock(), () => 5_000);
    assert.deepEqual(
      later.lost.map(({ vmId: id, sinceMs }) => [id, sinceMs]),
      [[server.id, 5_000]],
    );
    assert.equal(later.history.of('HV', web.id)?.firstSeenMs, 5_000);
  });

  it('leaves no timer behind', () => {
    const { store, clock, contact } = bench();
    store.setVm('HV', server.id, { ...server, heartbeat: 'noContact' });
    contact.dispose();
    assert.deepEqual(clock.pending, []);
  });
});

describe('The number on the icon of the view', () => {
  it('is set when it is another one, and taken away when nobody is lost', () => {
    const { store, contact } = bench();
    const badges: unknown[] = [];
    const view = {
      set badge(badge: { value: number } | undefined) {
        badges.push(badge?.value);
      },
    };
    showContactBadge(view as Parameters<typeof showContactBadge>[0], contact);
    store.setVm('HV', server.id, { ...server, heartbeat: 'lostCommunication' });
    store.setVm('HV', web.id, { ...web, notes: 'changed' });
    store.setVm('HV', web.id, { ...web, heartbeat: 'lostCommunication' });
    store.setVm('HV', server.id, server);
    store.setVm('HV', web.id, web);
    assert.deepEqual(badges, [1, 2, 1, undefined]);
  });
});

describe('The notification of lost contact', () => {
  it('is shown only to who asked for it, once for all that were lost', async () => {
    const { store, contact } = bench();
    const ui = new FakeUi();
    let wanted = false;
    const explained: (readonly LostVm[])[] = [];
    tellLostContact(
      { contact, store, ui },
      () => wanted,
      (lost) => explained.push(lost),
    );
    store.setVm('HV', server.id, { ...server, heartbeat: 'lostCommunication' });
    assert.equal(ui.errors.length, 0);
    wanted = true;
    // The one lost before is no news.
    ui.presses = ['Explain'];
    store.setVm('HV', web.id, { ...web, heartbeat: 'lostCommunication' });
    assert.deepEqual(
      ui.errors.map(({ message }) => message),
      ['web on HV01 runs, and its guest no longer answers.'],
    );
    await settled();
    assert.deepEqual(
      explained.map((lost) => lost.map(({ vmId: id }) => id)),
      [[web.id]],
    );
    store.setInventory('HV', [server, web], 0);
    store.setInventory(
      'HV',
      [
        { ...server, heartbeat: 'lostCommunication' },
        { ...web, heartbeat: 'lostCommunication' },
      ],
      0,
    );
    assert.equal(ui.errors.at(-1)?.message, '2 virtual machines run, and their guests no longer answer.');
  });
});
