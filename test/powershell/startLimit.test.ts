// Many hosts that are looked at together, over real sessions: four start at once, and the others say that they wait.
import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { HostService } from '../../src/hyperv/hostService';
import { openHost } from '../../src/hyperv/hostSession';
import { HostStore } from '../../src/hyperv/hostStore';
import type { LabHostDefinition } from '../../src/hyperv/hosts';
import { systemClock } from '../../src/powershell/clock';
import { SessionError } from '../../src/powershell/errors';
import { StartLimit } from '../../src/powershell/startLimit';
import { fakeTransport, remotely } from '../support/fakeRemote';
import { ListLog } from '../support/listLog';
import { enginePath, Harness } from '../support/sessionHarness';
import { ManualClock } from '../support/manualClock';

const spec = {
  hosts: Array.from({ length: 6 }, (_, index) => ({ name: `HV${index}`, vms: [{ name: `vm${index}`, state: 'off' }] })),
};

function labHosts(): LabHostDefinition[] {
  return spec.hosts.map(({ name }, index) => ({ kind: 'lab', id: name, name, spec, index }));
}

class Rig {
  /** Stands still, so that nobody's start takes too long on a slow computer. */
  readonly starts = new StartLimit(new ManualClock());
  readonly store = new HostStore();
  readonly waited = new Set<string>();
  most = 0;
  readonly service = new HostService({
    store: this.store,
    clock: systemClock,
    connect: (definition) =>
      openHost(definition, { powershell: enginePath(), cwd: tmpdir(), log: new ListLog(), starts: this.starts }),
  });

  constructor() {
    for (const host of labHosts()) this.service.addHost(host);
    this.store.onDidChange(() => {
      this.most = Math.max(this.most, this.starts.starting);
      for (const { definition, waitsToStart } of this.store.hosts()) if (waitsToStart) this.waited.add(definition.id);
    });
  }

  read(): Promise<unknown> {
    return Promise.all(this.store.hosts().map(({ definition }) => this.service.refresh(definition.id)));
  }
}

describe('six hosts that are looked at together', function () {
  this.timeout(120_000);

  it('start four at a time; the others say that they wait, and all are read', async () => {
    const rig = new Rig();
    try {
      await rig.read();
      assert.deepEqual(
        rig.store.hosts().map(({ status, vms, waitsToStart }) => [status.kind, vms.size, waitsToStart === true]),
        Array.from({ length: 6 }, () => ['ready', 1, false]),
      );
      assert.deepEqual([rig.most, rig.waited.size, rig.starts.starting], [4, 2, 0]);
    } finally {
      await rig.service.dispose();
    }
  });

  it('can be given up, those that wait as well as those that start', async () => {
    const rig = new Rig();
    const reading = rig.read();
    while (rig.waited.size < 2) await new Promise((resolve) => setImmediate(resolve));
    await rig.service.dispose();
    await reading;
    assert.equal(rig.starts.starting, 0);
  });
});

describe('a session that waits for a person to sign in', function () {
  this.timeout(60_000);
  const harness = new Harness();
  after(() => harness.cleanUp());

  it('does not keep others from starting', async () => {
    const starts = new StartLimit(new ManualClock(), 1);
    const turn = (signal: AbortSignal): Promise<() => void> => starts.enter(signal, () => undefined);
    let asked: () => void = () => undefined;
    const asking = new Promise<void>((resolve) => (asked = resolve));
    const far = remotely(harness, 'far');
    const waiting = harness.session({
      ...far,
      turn,
      remote: {
        ...far.remote,
        target: { host: 'far' },
        signIn: {
          run: async (_attempt, signal) => {
            asked();
            return await new Promise<never>((_, reject) => {
              signal.addEventListener('abort', () => {
                reject(new SessionError('closed', 'x'));
              });
            });
          },
        },
      },
      script: { functions: '', transport: fakeTransport('') },
    });
    const refused = assert.rejects(waiting.start());
    await asking;
    const other = harness.session({ turn });
    await other.start();
    assert.deepEqual([other.state, starts.starting], ['ready', 0]);
    await waiting.stop();
    await refused;
  });
});
