// Hosts that are followed by the store's owner, over real sessions and the demo lab; the time of the following is the test's.
import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { HostService } from '../../src/hyperv/hostService';
import { openHost } from '../../src/hyperv/hostSession';
import { HostStore } from '../../src/hyperv/hostStore';
import type { HostClient } from '../../src/hyperv/hostClient';
import type { VmRecord } from '../../src/domain/vm';
import { labGuid, labVmId } from '../support/labHost';
import { ListLog } from '../support/listLog';
import { ManualClock } from '../support/manualClock';
import { enginePath, until } from '../support/sessionHarness';

const running = 2;
const off = 3;
const minuteMs = 60_000;
/** Longer than the time between two readings, whatever the jitter. */
const nextReadingMs = 1.3 * minuteMs;
const first = labVmId(1);

/** Hosts of one lab, each with a session of its own. */
class Rig {
  readonly clock = new ManualClock();
  readonly store = new HostStore();
  readonly clients = new Map<string, HostClient>();
  readonly logs = new Map<string, ListLog>();
  readonly service = new HostService({
    store: this.store,
    clock: this.clock,
    connect: async (definition) => {
      const log = new ListLog();
      const client = await openHost(definition, { powershell: enginePath(), cwd: tmpdir(), log });
      this.clients.set(definition.id, client);
      this.logs.set(definition.id, log);
      return client;
    },
  });

  constructor(spec: { readonly hosts: readonly { readonly name: string }[] }) {
    spec.hosts.forEach(({ name }, index) => {
      this.service.addHost({ kind: 'lab', id: name, name, spec, index });
    });
    this.service.setVisible(true);
  }

  state(hostId: string): VmRecord['state'] | undefined {
    return this.store.vm(hostId, first)?.state;
  }

  call(hostId: string, method: string, parameters: object): Promise<unknown> {
    const client = this.clients.get(hostId);
    assert.ok(client);
    return client.call(method, parameters as never);
  }

  touch(hostId: string, state: number): Promise<unknown> {
    return this.call(hostId, 'lab.touch', { action: 'state', id: labGuid(1), state });
  }

  /** Lets the time of the following pass as it does, until something has come of it. */
  async passUntil(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await sleep(50);
      await this.clock.advance(50);
    }
  }

  /** Changes the VM again and again until the host is heard: what happens before it was asked to tell has no event. */
  async heard(hostId: string): Promise<void> {
    while (this.state(hostId) !== 'running') {
      await this.touch(hostId, off);
      await this.touch(hostId, running);
      for (let turns = 20; turns > 0 && this.state(hostId) !== 'running'; turns--) {
        await sleep(50);
        await this.clock.advance(50);
      }
    }
  }

  answered(hostId: string, method: string): number {
    const lines = this.logs.get(hostId)?.lines ?? [];
    return lines.filter((line) => new RegExp(`^debug <- \\d+ ${method} (?!batch)`).test(line)).length;
  }

  /** Methods that the session was asked for, what it asks by itself and what moves the lab left out. */
  requests(hostId: string): string[] {
    const lines = this.logs.get(hostId)?.lines ?? [];
    return lines.flatMap((line) => /^debug -> \d+ ((?:inventory|vm|host)\b\S*)/.exec(line)?.[1] ?? []);
  }
}

describe('hosts that somebody looks at', function () {
  // Events come in their own time.
  this.timeout(300_000);
  let rig: Rig;
  const vms = [{ name: 'one', id: labGuid(1), state: 'off' }];
  afterEach(() => rig.service.dispose());

  it('are asked anew to tell when they have fallen silent without a word, and then tell again', async () => {
    rig = new Rig({ hosts: [{ name: 'HV', vms }] } as never);
    await rig.service.refresh('HV');
    await rig.heard('HV');
    await rig.call('HV', 'lab.fault', { kind: 'indicationsSilent' });
    // The lab takes it with its next look.
    const left = async (): Promise<unknown> => rig.call('HV', 'lab.fault', { kind: 'errorOnce', clear: true });
    while (((await left()) as { faults: number }).faults > 0);
    await rig.touch('HV', off);
    const before = rig.requests('HV').length;
    await rig.clock.advance(nextReadingMs);
    await until(() => rig.state('HV') === 'off');
    assert.ok(rig.requests('HV').slice(before).includes('inventory'), 'only the reading could find it');
    // What it tells late is waited for; then it is asked to tell, and read once more.
    await rig.clock.advance(15_000);
    await until(() => rig.answered('HV', 'inventory') === 3);
    await rig.touch('HV', running);
    await rig.passUntil(() => rig.state('HV') === 'running');
    assert.equal(rig.answered('HV', 'inventory'), 3, 'a reading of the whole host found it');
  });

  it('are asked for nothing while nobody looks, however long, and at once when somebody looks again', async () => {
    rig = new Rig({ hosts: [{ name: 'HV', vms }] } as never);
    await rig.service.refresh('HV');
    await until(() => rig.requests('HV').includes('host.watch'));
    rig.service.setVisible(false);
    // Whoever looks at something else for a moment finds the view as it is; then the watching ends.
    await rig.clock.advance(5 * minuteMs);
    const before = rig.requests('HV');
    await rig.touch('HV', running);
    for (let minute = 0; minute < 60; minute++) await rig.clock.advance(minuteMs);
    await rig.call('HV', 'lab.fault', { kind: 'errorOnce', clear: true });
    assert.deepEqual([rig.requests('HV'), rig.state('HV')], [before, 'off']);
    rig.service.setVisible(true);
    await until(() => rig.state('HV') === 'running');
    assert.ok(rig.requests('HV').length > before.length);
  });
});
