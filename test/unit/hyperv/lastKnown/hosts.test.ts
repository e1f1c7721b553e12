// When what hosts were last seen as is read and written. Time is the test's.
import assert from 'node:assert/strict';
import { HyperVError } from '../../../../src/domain/errors';
import { HostStore } from '../../../../src/hyperv/hostStore';
import type { HostDefinition } from '../../../../src/hyperv/hosts';
import type { LastKnown } from '../../../../src/hyperv/lastKnown';
import { LastKnownHosts } from '../../../../src/hyperv/lastKnownHosts';
import { silentLog } from '../../../../src/powershell/log';
import { ManualClock, settled } from '../../../support/manualClock';
import { makeVm } from '../../../support/vms';

const here: HostDefinition = { kind: 'local', id: 'here', name: 'here' };
const far: HostDefinition = { kind: 'ssh', id: 'far', name: 'far', target: { host: 'far' } };
const lab: HostDefinition = { kind: 'lab', id: 'lab', name: 'lab', spec: {}, index: 0 };
const vm = makeVm();

class Rig {
  readonly clock = new ManualClock();
  wallMs = 1_000_000;
  readonly store = new HostStore(undefined, () => this.wallMs);
  readonly done: string[] = [];
  /** The texts, in order. */
  readonly written: string[] = [];
  readonly kept = new Map<string, LastKnown>();
  readonly hosts: LastKnownHosts;

  constructor(...definitions: HostDefinition[]) {
    this.store.arrange(definitions);
    for (const { id } of definitions) this.kept.set(id, { seenAtMs: 1, vms: new Map([[vm.id, vm]]) });
    this.hosts = new LastKnownHosts({
      store: this.store,
      folder: '/nowhere',
      log: silentLog,
      clock: this.clock,
      files: {
        read: ({ id }) => {
          this.done.push(`read ${id}`);
          return Promise.resolve(this.kept.get(id));
        },
        write: ({ id }, seenAtMs, text) => {
          this.written.push(text);
          this.done.push(`write ${id} ${seenAtMs}`);
          return Promise.resolve();
        },
        keepOnly: (hosts) => {
          this.done.push(`keep ${hosts.map(({ id }) => id).join(' ')}`);
          return Promise.resolve();
        },
      },
    });
  }

  taken(): string[] {
    return this.done.splice(0);
  }
}

describe('hosts as they were last seen', () => {
  it('are read once when somebody first looks, and shown; those of the demo lab are not', async () => {
    const rig = new Rig(here, far, lab);
    await settled();
    assert.deepEqual(rig.taken(), ['read here', 'read far', 'keep here far']);
    assert.deepEqual(
      rig.store.hosts().map(({ lastKnown }) => lastKnown?.vms.size),
      [1, 1, undefined],
    );
    rig.store.arrange([here, far]);
    await settled();
    assert.deepEqual(rig.taken(), ['keep here far']);
  });

  it('are written a while after something changed, and not when nothing that is kept did', async () => {
    const rig = new Rig(here, lab);
    await settled();
    rig.taken();
    rig.store.setInventory('here', [vm], 0);
    rig.store.setInventory('lab', [vm], 0);
    rig.store.setVm('here', vm.id, { ...vm, state: 'off' });
    assert.deepEqual(rig.taken(), []);
    await rig.clock.advance(5_000);
    assert.deepEqual(rig.taken(), ['write here 1000000']);
    rig.store.setVm('here', vm.id, { ...vm, state: 'off', heartbeat: 'noContact' });
    await rig.clock.advance(5_000);
    assert.deepEqual(rig.taken(), []);
    rig.store.setVm('here', vm.id, vm);
    await rig.clock.advance(5_000);
    assert.deepEqual(rig.taken(), ['write here 1000000']);
    assert.deepEqual(rig.clock.pending, []);
  });

  it('are not written by what is last known itself, and what is kept of a host that fails stays', async () => {
    const rig = new Rig(here);
    await settled();
    rig.taken();
    rig.store.setStatus('here', { kind: 'failed', error: new HyperVError('hostUnreachable', 'x') });
    await rig.clock.advance(5_000);
    await rig.hosts.end();
    assert.deepEqual(rig.taken(), []);
  });

  it('are what a host said last, also when it was lost before that was written, and is asked again', async () => {
    const rig = new Rig(here);
    await settled();
    rig.store.setInventory('here', [{ ...vm, state: 'off' }], 0);
    rig.store.setStatus('here', { kind: 'failed', error: new HyperVError('hostUnreachable', 'x') });
    rig.store.setStatus('here', { kind: 'connecting' });
    await rig.hosts.end();
    assert.match(rig.written.at(-1) ?? '', /"off"/);
  });

  it('are written at the end with when they were last read, before the store is emptied', async () => {
    const rig = new Rig(here);
    await settled();
    rig.store.setInventory('here', [vm], 0);
    await rig.clock.advance(5_000);
    rig.taken();
    rig.wallMs = 2_000_000;
    rig.store.setInventory('here', [vm], 0);
    const ending = rig.hosts.end();
    rig.store.dispose();
    await ending;
    assert.deepEqual([rig.taken(), rig.clock.pending], [['write here 2000000'], []]);
  });

  it('are forgotten when they are removed, and read anew when they come back', async () => {
    const rig = new Rig(here, far);
    await settled();
    rig.taken();
    rig.store.arrange([here]);
    await settled();
    assert.deepEqual(rig.taken(), ['keep here']);
    rig.store.arrange([here, far]);
    await settled();
    assert.deepEqual(rig.taken(), ['read far', 'keep here far']);
  });
});
