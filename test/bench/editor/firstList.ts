// A host of 2,000 VMs in the window: how long the extension host is held up at most, when an event is on the screen, and
// how soon everything is gone at the end.
import { atMost, exactly, race, toRow, type Results } from '../measure';
import type { Plan } from '../plan';
import type { Driver } from './driver';
import { paintedText } from '../../../tools/lib/painted.mjs';

const hostId = 'lab:HV-LARGE';

interface Loop {
  /** Milliseconds. */
  readonly max: number;
}

interface Vm {
  readonly id: string;
  readonly name: string;
  readonly state: string;
}

export async function firstList({ quick }: Plan, driver: Driver): Promise<Results> {
  const vms = quick ? 500 : 2_000;
  const workbench = await driver.open();
  const idle = await idleLoop(driver);
  await driver.call('environment', {
    HYPERV_LAB_AUTOSTART: '1',
    HYPERV_LAB_SPEC: JSON.stringify({
      hosts: [
        { name: 'HV-EVENTS', vms: [{ name: 'a-vm' }] },
        { name: 'HV-LARGE', vmsPerHost: vms },
        { name: 'HV-SMALL', vmsPerHost: 20 },
      ],
    }),
  });
  await driver.call('startLoop');
  await workbench.openHyperVView();
  await workbench.waitForHosts();
  await untilRead(driver, vms);
  const first = (await driver.call('stopLoop')) as Loop;
  const slices = toRow(
    'Window',
    `Longest piece of work in the extension host while ${vms.toLocaleString('en-US')} VMs are listed`,
    new Map([
      ['ours', exactly(first.max)],
      ['the same window, nothing happens', exactly(idle.max)],
    ]),
  );
  return {
    rows: [slices, await events(driver, workbench, quick ? 3 : 9)],
    budgets: [atMost(50, `Longest piece of work in the extension host, first list of ${vms} VMs, ms`, slices.ours)],
  };
}

/** What the extension host does without us, on this machine at this moment. */
async function idleLoop(driver: Driver): Promise<Loop> {
  await driver.call('startLoop');
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  return (await driver.call('stopLoop')) as Loop;
}

async function untilRead(driver: Driver, count: number): Promise<void> {
  const deadline = performance.now() + 120_000;
  for (;;) {
    if (performance.now() > deadline) throw new Error(`The window did not list ${count} VMs.`);
    const hosts = (await driver.call('hosts')) as { id: string; status: string; vms: number }[];
    if (hosts.some(({ id, vms }) => id === hostId && vms === count)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function events(
  driver: Driver,
  workbench: Awaited<ReturnType<Driver['open']>>,
  turns: number,
): Promise<Results['rows'][number]> {
  const id = 'lab:HV-EVENTS';
  const [vm] = (await driver.call('vms', { hostId: id })) as Vm[];
  if (vm === undefined) throw new Error('The host has no VM.');
  // Watched from now on.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await driver.call('plain', { list: [[vm.name, 'running']] });
  let isOff = false;
  let mark = 0;
  const contenders = [
    {
      name: 'ours, from the change on the host',
      prepare: () => workbench.openHyperVView(),
      run: async () => {
        isOff = !isOff;
        await driver.call('lab', {
          hostId: id,
          method: 'lab.touch',
          params: { action: 'state', id: vm.id, state: isOff ? 3 : 2 },
        });
        await paintedText(workbench.tree, vm.name, isOff ? 'off' : 'running');
      },
    },
    {
      name: 'a plain tree, from its own event',
      prepare: () => openPlain(driver, workbench),
      run: async () => {
        mark++;
        await driver.call('plainRow', { index: 0, description: `state ${mark}` });
        await paintedText(workbench.tree, vm.name, `state ${mark}`);
      },
    },
  ];
  return toRow('Window', 'Event of one VM to its painted row', await race(contenders, turns));
}

export async function openPlain(driver: Driver, workbench: Awaited<ReturnType<Driver['open']>>): Promise<void> {
  const tab = driver.page.getByRole('tab', { name: 'Plain', exact: true });
  if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.locator('a').click();
  await workbench.row('PLAIN').waitFor();
  await workbench.setExpanded(workbench.row('PLAIN'), true);
  await driver.page.mouse.move(0, 0);
}

/** Ends the sessions of the window that was opened last. */
export async function ending(_: Plan, driver: Driver): Promise<Results> {
  const { children, ms } = (await driver.call('deactivate')) as { children: number; ms: number };
  if (children === 0) throw new Error('There was no session to end.');
  const row = toRow(
    'Window',
    `deactivate: until the processes of ${children} hosts are gone`,
    new Map([['ours', exactly(ms)]]),
  );
  return { rows: [row], budgets: [atMost(2_000, 'deactivate: until all children are gone, ms', row.ours)] };
}
