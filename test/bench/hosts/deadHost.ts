// A host that never answers must not hold up the one beside it.
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { openHost } from '../../../src/hyperv/hostSession';
import { HostService } from '../../../src/hyperv/hostService';
import { HostStore } from '../../../src/hyperv/hostStore';
import type { HostDefinition } from '../../../src/hyperv/hosts';
import { systemClock } from '../../../src/powershell/clock';
import { silentLog } from '../../../src/powershell/log';
import { atMost, race, timesAsMuch, toRow, type Results } from '../measure';
import type { Plan } from '../plan';

const live: HostDefinition = { kind: 'lab', id: 'lab:live', name: 'live', spec: { vmsPerHost: 20 }, index: 0 };
const alone = 'the live host alone';

export async function deadHost({ executable, cwd, fewTurns }: Plan): Promise<Results> {
  // Takes connections and says nothing, for which ssh waits until its time is up.
  const sockets = new Set<Socket>();
  const mute = createServer((socket) => sockets.add(socket.on('error', () => undefined))).listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const { port } = mute.address() as AddressInfo;
  const dead: HostDefinition = { kind: 'ssh', id: 'dead', name: 'dead', target: { host: '127.0.0.1', port } };
  const ending: Promise<void>[] = [];
  const firstRows = (hosts: readonly HostDefinition[]) => async (): Promise<void> => {
    const store = new HostStore();
    const connect = (definition: HostDefinition): ReturnType<typeof openHost> =>
      openHost(definition, { powershell: executable, cwd, log: silentLog });
    const service = new HostService({ store, clock: systemClock, connect });
    for (const host of hosts) service.addHost(host);
    const ready = new Promise<void>((resolve) => {
      store.onDidChange(() => {
        if ((store.host(live.id)?.vms.size ?? 0) > 0) resolve();
      });
    });
    for (const { id } of hosts) void service.refresh(id);
    await ready;
    ending.push(service.dispose());
  };
  const prepare = (): Promise<unknown> => Promise.all(ending.splice(0));
  try {
    const contenders = [
      { name: 'ours, beside a dead host', prepare, run: firstRows([dead, live]) },
      { name: alone, prepare, run: firstRows([live]) },
    ];
    const row = toRow('Window', 'First rows of a live host beside a dead one', await race(contenders, fewTurns));
    return {
      rows: [row],
      budgets: [atMost(1.2, 'First rows beside a dead host, and without it', timesAsMuch(row, alone))],
    };
  } finally {
    await Promise.all(ending);
    for (const socket of sockets) socket.destroy();
    mute.close();
  }
}
