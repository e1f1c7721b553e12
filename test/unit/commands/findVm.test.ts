import assert from 'node:assert/strict';
import { findVm } from '../../../src/commands/findVm';
import { mostShown, searchVms, slices, VmIndex } from '../../../src/commands/findVmSearch';
import { nextTurn } from '../../../src/hyperv/nextTurn';
import type { Found } from '../../../src/commands/findVmSearch';
import { HyperVError } from '../../../src/domain/errors';
import type { HostRecord } from '../../../src/hyperv/hostStore';
import { makeRig } from '../../support/commandRig';
import type { Rig } from '../../support/commandRig';
import type { FakeBox } from '../../support/fakeSearch';
import { makeVm, vmId } from '../../support/vms';

const dc = makeVm({ id: vmId(1), name: 'DC01' });
const dcOff = makeVm({ id: vmId(2), name: 'DC00', state: 'off' });
const lab = makeVm({ id: vmId(3), name: 'lab-dc' });
const web = makeVm({
  id: vmId(4),
  name: 'web',
  notes: 'talks to dc01',
  guest: { ...dc.guest, addresses: ['10.9.9.9'] },
});

interface Open {
  readonly rig: Rig;
  readonly box: FakeBox;
  /** Resolves when the command has ended. */
  readonly ended: Promise<void>;
}

async function open(shown: Parameters<typeof makeRig>[0] = { a: [dc, dcOff, web], b: [lab] }): Promise<Open> {
  const rig = makeRig(shown);
  const ended = findVm(rig.context, rig.nodes);
  const { box } = rig.search;
  await shows(box, () => box.rows.length > 0);
  return { rig, box, ended };
}

/** The list is made between two turns of the window. */
async function shows(box: FakeBox, condition: () => boolean): Promise<void> {
  while (!condition()) await nextTurn();
  assert.ok(box.isOpen);
}

/** Long enough for a list to be made. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await nextTurn();
}

async function type(box: FakeBox, text: string): Promise<readonly string[]> {
  box.type(text);
  await turns();
  return box.labels;
}

describe('Find VM', () => {
  it('lists the VMs of all hosts, running ones first', async () => {
    const { box } = await open();
    assert.deepEqual(box.labels, ['DC01', 'web', 'lab-dc', 'DC00']);
    assert.equal(box.row('DC01').description, 'a, running, heartbeat OK, 10.0.0.1');
  });

  it('ranks what begins with the text before what contains it, and that before what has it elsewhere', async () => {
    const { box } = await open();
    assert.deepEqual(await type(box, 'dc'), ['DC01', 'DC00', 'lab-dc', 'web']);
    assert.equal(box.active, box.row('DC01').id);
  });

  it('finds by host, state, address and notes, and shows the notes where they are the reason', async () => {
    const { box } = await open();
    assert.deepEqual(await type(box, '10.9'), ['web']);
    assert.equal(box.row('web').detail, undefined);
    assert.deepEqual(await type(box, 'off'), ['DC00']);
    assert.deepEqual(await type(box, 'talks'), ['web']);
    assert.equal(box.row('web').detail, 'Notes: talks to dc01');
    assert.deepEqual(await type(box, 'nothing like it'), ['None of 4 virtual machines matches.']);
  });

  it('selects the row of what is chosen, and lets the keyboard go there', async () => {
    const { rig, box, ended } = await open();
    const focused: (boolean | undefined)[] = [];
    const { reveal } = rig.context;
    Object.assign(rig.context, {
      reveal: (...args: Parameters<typeof reveal>) => {
        focused.push(args[2]);
        reveal(...args);
      },
    });
    box.accept('lab-dc');
    await ended;
    assert.deepEqual([rig.revealed, focused, box.isOpen], [[lab.id], [true], false]);
  });

  it('offers on each row what is possible now, and stays open to show what becomes of it', async () => {
    const { rig, box, ended } = await open();
    const buttons = (label: string): string[] | undefined => box.row(label).buttons?.map(({ id }) => id);
    assert.deepEqual(buttons('DC00'), ['start', 'editPairs']);
    assert.deepEqual(buttons('DC01'), ['shutDown', 'editPairs']);
    rig.behave = (_, vm) => ({ ...vm, state: 'running' });
    box.press('DC00', 'start');
    await shows(box, () => buttons('DC00')?.includes('shutDown') === true);
    assert.deepEqual(
      rig.calls.map(({ method }) => method),
      ['vm.start'],
    );
    box.press('DC00', 'editPairs');
    await ended;
    assert.deepEqual([rig.opened, box.isOpen], [['DC00'], false]);
  });

  it('keeps the text and the row which Enter is for when something changes', async () => {
    const { rig, box } = await open();
    await type(box, 'dc');
    box.active = box.row('lab-dc').id;
    rig.store.setVm('a', vmId(9), makeVm({ id: vmId(9), name: 'dc-new' }));
    await shows(box, () => box.labels.includes('dc-new'));
    assert.deepEqual(box.labels, ['dc-new', 'DC01', 'DC00', 'lab-dc', 'web']);
    assert.equal(box.active, box.row('lab-dc').id);
  });

  it('hands over no list that is the same, and one for a burst of changes', async () => {
    const { rig, box } = await open();
    const before = box.shows;
    rig.store.setVm('a', dc.id, { ...dc, uptimeMs: 1, memoryMB: 1 });
    await turns();
    assert.equal(box.shows, before);
    for (let number = 20; number < 40; number++)
      rig.store.setVm('a', vmId(number), makeVm({ id: vmId(number), name: `new-${number}` }));
    await turns();
    assert.equal(box.shows, before + 1);
  });

  it('reads hosts which nobody has looked at yet, and shows that it waits', async () => {
    const rig = makeRig({ a: [dc] });
    rig.store.addHost({ kind: 'local', id: 'new', name: 'new' });
    void findVm(rig.context, rig.nodes);
    const { box } = rig.search;
    await turns();
    assert.deepEqual(
      rig.calls.map(({ hostId, method }) => [hostId, method]),
      [['new', 'refresh']],
    );
    assert.deepEqual([box.labels, box.isBusy], [['DC01', 'Waiting for new…'], true]);
    rig.store.setInventory('new', [lab], 0);
    await turns();
    assert.deepEqual([box.labels, box.isBusy], [['DC01', 'lab-dc'], false]);
  });

  it('names a host that cannot be searched, which Enter tries again', async () => {
    const { rig, box } = await open();
    rig.store.setStatus('b', { kind: 'failed', error: new HyperVError('hostUnreachable', 'x') });
    await turns();
    assert.deepEqual(box.labels, ['DC01', 'web', 'DC00', 'b is not searched']);
    assert.equal(box.row('b is not searched').description, 'not reachable');
    box.accept('b is not searched');
    assert.deepEqual(
      rig.calls.map(({ hostId, method }) => [hostId, method]),
      [['b', 'retry']],
    );
    assert.ok(box.isOpen);
  });

  it('ends when the person leaves, and listens no longer', async () => {
    const { rig, box, ended } = await open();
    const before = box.shows;
    box.close();
    await ended;
    rig.store.setVm('a', dc.id, undefined);
    await turns();
    assert.equal(box.shows, before);
  });

  it('tells of what it cannot go on with', async () => {
    const { rig, box, ended } = await open();
    Object.assign(rig.store, { hosts: () => assert.fail('broken') });
    box.type('x');
    await assert.rejects(ended, /broken/);
    assert.ok(!box.isOpen);
  });
});

describe('The search of 10,000 VMs', () => {
  const hosts: readonly HostRecord[] = Array.from({ length: 20 }, (_, host) => ({
    definition: { kind: 'local', id: `h${host}`, name: `HV${host}` },
    status: { kind: 'ready' },
    vms: new Map(
      Array.from({ length: 500 }, (_unused, at) => {
        const number = host * 500 + at;
        const state = number % 2 === 0 ? 'off' : 'running';
        return [vmId(number), makeVm({ id: vmId(number), name: `vm-${number}`, state })] as const;
      }),
    ),
  }));
  const index = new VmIndex();
  const search = async (text: string): Promise<Found> =>
    (await searchVms(
      hosts,
      index,
      text,
      slices(() => true),
    )) ?? assert.fail();
  const names = ({ best }: Found): string[] => best.map(({ vm }) => vm.name);

  it('shows at most 200, and says how many more there are', async () => {
    const found = await search('');
    assert.deepEqual([found.best.length, found.matching, found.all], [mostShown, 10_000, 10_000]);
    assert.ok(found.best.every(({ vm }) => vm.state === 'running'));
    const rig = makeRig(Object.fromEntries(hosts.map(({ definition, vms }) => [definition.name, [...vms.values()]])));
    void findVm(rig.context, rig.nodes);
    await shows(rig.search.box, () => rig.search.box.rows.length > 0);
    assert.equal(rig.search.box.rows.length, mostShown + 1);
    assert.equal(rig.search.box.labels.at(-1), '9800 more match. Type another letter.');
  });

  it('finds the one among them, the better ranks first', async () => {
    assert.deepEqual(names(await search('vm-1234')), ['vm-1234']);
    assert.deepEqual(names(await search('vm-999')).slice(0, 3), ['vm-999', 'vm-9991', 'vm-9993']);
    assert.deepEqual(names(await search('HV19 vm-9501')), ['vm-9501']);
  });

  it('lets the window go on in a host of any size, and ends when nobody wants it any more', async () => {
    let now = 0;
    let pauses = 0;
    let wanted = true;
    const clock = (): number => (now += 10);
    const pause = (): Promise<void> => {
      pauses++;
      return Promise.resolve();
    };
    const [definition, status] = [hosts[0]?.definition ?? assert.fail(), hosts[0]?.status ?? assert.fail()];
    const large: HostRecord = { definition, status, vms: new Map(hosts.flatMap(({ vms }) => [...vms])) };
    const searchLarge = (which: VmIndex): Promise<Found | undefined> =>
      searchVms(
        [large],
        which,
        'vm',
        slices(() => wanted, clock, pause),
      );
    const whole = new VmIndex();
    const first = await searchLarge(whole);
    // 10,000 in steps of 500: put in order, indexed and matched.
    assert.deepEqual([first?.matching, pauses], [10_000, 60]);
    assert.deepEqual(
      first?.best.slice(0, 2).map(({ vm }) => vm.name),
      ['vm-1', 'vm-3'],
    );
    pauses = 0;
    await searchLarge(whole);
    assert.equal(pauses, 20);
    const stale = searchLarge(whole);
    wanted = false;
    assert.equal(await stale, undefined);
  });
});
