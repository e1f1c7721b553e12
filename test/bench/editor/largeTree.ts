// A host of 10,000 VMs is opened in the tree: beside a plain tree with the same rows and nothing behind them.
import { settings } from '../../../src/manifest';
import { race, toRow, type Contender, type Results } from '../measure';
import type { Plan } from '../plan';
import type { Driver } from './driver';
import { openPlain } from './firstList';
import { paintedAfterClick } from '../../../tools/lib/painted.mjs';

const name = 'HV-HUGE';

export async function largeTree({ quick }: Plan, driver: Driver): Promise<Results> {
  const count = quick ? 2_000 : 10_000;
  const workbench = await driver.open();
  await driver.call('environment', {
    HYPERV_LAB_AUTOSTART: '1',
    HYPERV_LAB_SPEC: JSON.stringify({ hosts: [{ name, vmsPerHost: count }] }),
  });
  await workbench.openHyperVView();
  await workbench.waitForHosts();
  const list = (await driver.call('vms', { hostId: `lab:${name}` })) as { name: string; state: string }[];
  const sorted = list.map((vm) => [vm.name, vm.state]).sort(([a = ''], [b = '']) => a.localeCompare(b));
  await driver.call('plain', { list: sorted });
  const open = async (label: string, rows: number): Promise<number> => {
    const row = workbench.row(label).first();
    return paintedAfterClick(workbench.tree, row.locator('.monaco-tl-twistie'), rows);
  };
  const contenders = (rows: number): Contender[] => [
    {
      name: 'ours, from the click to the painted rows',
      prepare: async () => {
        await workbench.openHyperVView();
        await collapsed(workbench, name);
      },
      run: () => open(name, rows),
    },
    {
      name: 'a plain tree of the same rows',
      prepare: async () => {
        await openPlain(driver, workbench);
        await collapsed(workbench, 'PLAIN');
      },
      run: () => open('PLAIN', count),
    },
  ];
  const turns = quick ? 3 : 5;
  const title = `A host of ${count.toLocaleString('en-US')} VMs is opened in the tree`;
  const grouped = toRow('Window', `${title}, in groups`, await race(contenders(1), turns));
  await driver.call('setting', { name: settings.groupsBy, value: 'none' });
  const flat = toRow('Window', title, await race(contenders(count), turns));
  return { rows: [flat, grouped], budgets: [] };
}

async function collapsed(workbench: Awaited<ReturnType<Driver['open']>>, label: string): Promise<void> {
  await workbench.tree.locator('.monaco-list-row').first().waitFor();
  await workbench.setExpanded(workbench.row(label).first(), false);
  await workbench.page.mouse.move(0, 0);
  await workbench.settled();
}
