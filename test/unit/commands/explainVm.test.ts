import assert from 'node:assert/strict';
import { explainVm } from '../../../src/commands/explainVm';
import { reportPage } from '../../../src/commands/explainVmReport';
import { code, foreignText, table } from '../../../src/commands/explainVmMarkdown';
import { HyperVError } from '../../../src/domain/errors';
import { vmReport } from '../../../src/domain/health/vmReport';
import type { CheckpointFile } from '../../../src/domain/checkpoints/files';
import { makeCheckpoint, makeFile, makeReading } from '../../support/checkpoints';
import { assertGolden } from '../../support/golden';
import { makeRig } from '../../support/commandRig';
import type { Rig } from '../../support/commandRig';
import { FakePages } from '../../support/fakePages';
import { settled } from '../../support/manualClock';
import { healthNowMs, makeHealth } from '../../support/health';
import { makeVm, vmId, withService } from '../../support/vms';
import type { VmRecord } from '../../../src/domain/vm';

const server = makeVm({ id: vmId(1), name: 'srv', uptimeMs: 3_600_000 });
const silent = withService(makeVm({ id: vmId(2), name: 'web', uptimeMs: 3_600_000 }), 'vss', { status: 'noContact' });

async function explained(rig: Rig, ...numbers: readonly number[]): Promise<FakePages> {
  const pages = new FakePages();
  const rows = numbers.map((number) => rig.nodes.vm('HV', vmId(number)));
  await explainVm(rig.context, rig.nodes, pages, rows[0], rows);
  return pages;
}

describe('Explain This VM', () => {
  it('shows one page on the row it was called on, read anew', async () => {
    const rig = makeRig({ HV: [server, silent] });
    const { shown } = await explained(rig, 1);
    assert.deepEqual(
      rig.calls.map(({ method }) => method),
      ['readHealth', 'readThumbnail'],
    );
    assert.equal(shown.length, 1);
    assert.equal(shown[0]?.name, 'srv');
    assert.match(shown[0].text, /^# srv on HV\n/);
    assert.match(shown[0].text, /\*\*Application-consistent\.\*\*/);
  });

  it('shows the console of a VM that runs, and says who sees it', async () => {
    const rig = makeRig({ HV: [server] });
    rig.thumbnail = { width: 640, height: 480, png: 'iVBORw0KGgo=' };
    const { shown } = await explained(rig, 1);
    assert.match(
      shown[0]?.text ?? '',
      /\n## Screen\n\nAs it was at .*\. Whoever is sent this page sees it\.\n\n!\[The screen of the guest\]\(data:image\/png;base64,iVBORw0KGgo=\)\n/,
    );
  });

  it('says what checkpoints take on the host, and asks for that only where there are some', async () => {
    const space = async (files: readonly CheckpointFile[] | null, count = 1): Promise<string | undefined> => {
      const rig = makeRig({ HV: [server] });
      const fact = { name: 'x', kind: 'person', createdAtMs: null, automatic: false } as const;
      const health = makeHealth({ checkpoints: Array.from({ length: count }, () => fact) });
      Object.assign(rig.context.details, { readHealth: () => Promise.resolve(health) });
      rig.reading = makeReading([makeCheckpoint(1, { files })], { nowFiles: files === null ? null : [] });
      const { shown } = await explained(rig, 1);
      return /\| Space for checkpoints \| (.*) \|/.exec(shown[0]?.text ?? '')?.[1];
    };
    assert.equal(await space([makeFile('D:\\a.avhdx', 3 * 1_073_741_824)]), '3.0 GB');
    assert.equal(await space([makeFile('D:\\a.avhdx', null)]), 'size unknown');
    assert.equal(await space(null), 'not known');
    assert.equal(await space(null, 0), undefined);
  });

  it('says how to be sure of what is only expected, where that can be done now', async () => {
    const { shown } = await explained(makeRig({ HV: [server] }), 1);
    assert.match(shown[0]?.text ?? '', /\n\*\*To be sure\*\*: .*“Prove Production Checkpoint…”/);
    const disabled = makeVm({ id: vmId(4), checkpointType: 'disabled' });
    const rig = makeRig({ HV: [silent, disabled] });
    for (const number of [2, 4]) assert.doesNotMatch((await explained(rig, number)).shown[0]?.text ?? '', /To be sure/);
  });

  it('asks for no console of several VMs, of one that is off, and where nobody wants to see it', async () => {
    const off = makeVm({ id: vmId(3), name: 'off', state: 'off' });
    const rig = makeRig({ HV: [server, silent, off] });
    await explained(rig, 1, 2);
    await explained(rig, 3);
    Object.assign(rig.context, { showsThumbnails: () => false });
    const { shown } = await explained(rig, 1);
    assert.deepEqual(
      rig.calls.filter(({ method }) => method === 'readThumbnail'),
      [],
    );
    assert.doesNotMatch(shown[0]?.text ?? '', /screen/i);
  });

  it('says why there is no picture of the console', async () => {
    const rig = makeRig({ HV: [server] });
    const readThumbnail = (): Promise<never> => Promise.reject(new HyperVError('notSupported', 'x'));
    Object.assign(rig.context.details, { readThumbnail });
    const { shown } = await explained(rig, 1);
    assert.match(
      shown[0]?.text ?? '',
      /There is no picture of its screen\. HV shows its console to nobody, as is so for a shielded/,
    );
  });

  it('shows of several VMs a table first, and then each', async () => {
    const { shown } = await explained(makeRig({ HV: [server, silent] }), 1, 2);
    const { text: markdown = '' } = shown[0] ?? {};
    assert.match(markdown, /^# 2 virtual machines on HV\n\n\| Virtual machine \| State/);
    assert.match(markdown, /\| web \| running \| heartbeat OK \| Crash-consistent.* \| Backup \(VSS\) \|/);
    assert.deepEqual(markdown.match(/^## .*$/gm), ['## srv on HV', '## web on HV']);
  });

  it('asks which one in the palette, and shows nothing when nobody answers', async () => {
    const rig = makeRig({ HV: [server] });
    const pages = new FakePages();
    await explainVm(rig.context, rig.nodes, pages);
    assert.deepEqual([rig.ui.picks.length, pages.shown.length], [1, 0]);
    rig.ui.choices.push('srv');
    await explainVm(rig.context, rig.nodes, pages);
    assert.equal(pages.shown.length, 1);
  });

  it('says so when the host does not answer, and shows what was known as that', async () => {
    const rig = makeRig({ HV: [server] });
    const refuse = (): Promise<never> => Promise.reject(new HyperVError('sessionLost', 'gone'));
    const service = { ...rig.context.service, readVm: refuse };
    const details = { ...rig.context.details, readHealth: refuse };
    const pages = new FakePages();
    await explainVm({ ...rig.context, service, details }, rig.nodes, pages, rig.nodes.vm('HV', vmId(1)));
    const { text: markdown = '' } = pages.shown[0] ?? {};
    assert.match(markdown, /\*\*This is what was known earlier:\*\*/);
    assert.match(markdown, /\*\*Checkpoints, disks and replication are unknown because they could not be read\.\*\*/);
    assert.match(markdown, /\| Checkpoints \| not known \|/);
  });

  it('shows no half of a page when somebody cancels', async () => {
    const rig = makeRig({ HV: [server, silent] });
    rig.ui.cancelAt = /1 of 2/;
    const { shown } = await explained(rig, 1, 2);
    assert.deepEqual(shown, []);
  });

  it('reads the records of one host together, and the rest of each after the other', async () => {
    const vms = Array.from({ length: 120 }, (_, index) => makeVm({ id: vmId(index + 1), name: `vm-${index + 1}` }));
    const rig = makeRig({ HV: vms });
    const { readVm } = rig.context.service;
    const reading = { now: 0, most: 0 };
    rig.context.service.readVm = async (...args) => {
      reading.most = Math.max(reading.most, ++reading.now);
      const vm = await readVm(...args);
      reading.now -= 1;
      return vm;
    };
    await explained(rig, ...vms.map((_, index) => index + 1));
    assert.deepEqual(rig.ui.progressTexts.at(-1), '120 of 120');
    assert.equal(reading.most, 50);
  });

  it('asks a host that has not answered once, not for each of its VMs, and goes on with the others', async () => {
    const many = (from: number): VmRecord[] =>
      Array.from({ length: 20 }, (_, index) => makeVm({ id: vmId(from + index), name: `vm-${from + index}` }));
    const rig = makeRig({ DEAD: many(1), HV: many(101) });
    const { readVm } = rig.context.service;
    const { readHealth } = rig.context.details;
    const asked: string[] = [];
    rig.context.service.readVm = (hostId, ...rest) =>
      hostId === 'DEAD' ? Promise.reject(new HyperVError('timeout', '')) : readVm(hostId, ...rest);
    rig.context.details.readHealth = (hostId, ...rest) => {
      asked.push(hostId);
      return hostId === 'DEAD' ? Promise.reject(new HyperVError('timeout', '')) : readHealth(hostId, ...rest);
    };
    const pages = new FakePages();
    const rows = rig.store
      .hosts()
      .flatMap(({ definition: { id }, vms }) => [...vms.keys()].map((vm) => rig.nodes.vm(id, vm)));
    await explainVm(rig.context, rig.nodes, pages, rows[0], rows);
    assert.deepEqual(
      asked.filter((host) => host === 'DEAD'),
      ['DEAD'],
    );
    assert.equal(asked.length, 21);
    const { text: markdown = '' } = pages.shown[0] ?? {};
    assert.equal(markdown.match(/^\| vm-\d+ \| DEAD \| running, as was known earlier \|/gm)?.length, 20);
    assert.equal(markdown.match(/^\| vm-\d+ \| HV \| running \|/gm)?.length, 20);
  });

  it('tells of many VMs those that need a look first, and only them in full', async () => {
    const vms = Array.from({ length: 200 }, (_, index) => {
      const vm = makeVm({ id: vmId(index + 1), name: `vm-${index + 1}`, uptimeMs: 3_600_000 });
      return index % 100 === 99 ? withService(vm, 'vss', { status: 'noContact' }) : vm;
    });
    const { shown } = await explained(makeRig({ HV: vms }), ...vms.map((_, index) => index + 1));
    const { text: markdown = '' } = shown[0] ?? {};
    assert.deepEqual(
      markdown
        .match(/^\| vm-\d+ /gm)
        ?.slice(0, 3)
        .map((cell) => cell.trim()),
      ['| vm-100', '| vm-200', '| vm-1'],
    );
    assert.equal(markdown.match(/^\| vm-\d+ /gm)?.length, 200);
    assert.deepEqual(markdown.match(/^## .*$/gm), ['## vm-100 on HV', '## vm-200 on HV']);
    assert.match(
      markdown,
      /\n2 of them need a look; they come first, and are told of below\. For the whole report on any other/,
    );
  });

  it('does not call a guest silent for a service that was enabled a moment ago', async () => {
    const disabled = withService(server, 'vss', { enabled: false, status: 'noContact' });
    const rig = makeRig({ HV: [disabled] });
    rig.store.setVm('HV', server.id, withService(server, 'vss', { enabled: true, status: 'noContact' }));
    rig.time.nowMs += 2_000;
    const early = (await explained(rig, 1)).shown[0]?.text ?? '';
    assert.match(
      early,
      /\| Backup \(VSS\) \| unknown \| Unknown because the guest, or its part, may still be starting/,
    );
    assert.match(early, /\*\*Not now\.\*\*/);
    assert.deepEqual(rig.ui.offers, []);
    rig.time.nowMs += 30_000;
    const late = (await explained(rig, 1)).shown[0]?.text ?? '';
    assert.match(late, /\| Backup \(VSS\) \| needs a look \|/);
  });

  it('tells the history and the loss of contact that this window saw', async () => {
    const rig = makeRig({ HV: [server] });
    rig.time.nowMs = healthNowMs + 60_000;
    const lost = withService({ ...server, heartbeat: 'lostCommunication' }, 'heartbeat', {
      status: 'lostCommunication',
    });
    rig.store.setVm('HV', server.id, lost);
    rig.time.nowMs = healthNowMs + 240_000;
    const { shown } = await explained(rig, 1);
    const { text: markdown = '' } = shown[0] ?? {};
    assert.match(markdown, /\*\*The guest fell silent 3 minutes ago, although the virtual machine runs\.\*\*/);
    assert.match(markdown, /\| \S+ \S+ \| running \| heartbeat lost \|\n\| \S+ \S+ \| running \| heartbeat OK \|/);
    assert.match(markdown, /\*\*Crash-consistent, or paused during the backup\.\*\*/);
  });
});

describe('After the report on one VM', () => {
  const bare = (['keyValuePairExchange', 'vss'] as const).reduce(
    (vm, key) => withService(vm, key, { status: 'noContact' }),
    makeVm({ id: vmId(5), name: 'db', uptimeMs: 3_600_000 }),
  );
  const young = withService(
    makeVm({ id: vmId(6), name: 'new', uptimeMs: 1_000, heartbeat: 'noContact' }),
    'heartbeat',
    {
      status: 'noContact',
    },
  );
  const noVss = withService(makeVm({ id: vmId(7), name: 'nas', uptimeMs: 3_600_000 }), 'vss', { enabled: false });

  it('nothing is offered where nothing needs it, and where somebody decided so', async () => {
    const chosen = withService(server, 'timeSynchronization', { enabled: false });
    const off = makeVm({ id: vmId(3), name: 'off', state: 'off', uptimeMs: null });
    // Its heartbeat answers, and its daemons may still come: there is nothing to wait for.
    const early = withService(makeVm({ id: vmId(8), name: 'early', uptimeMs: 60_000 }), 'vss', { status: 'noContact' });
    for (const vm of [server, chosen, off, early]) {
      const rig = makeRig({ HV: [vm] });
      await explainVm(rig.context, rig.nodes, new FakePages(), rig.nodes.vm('HV', vm.id));
      assert.deepEqual(rig.ui.offers, [], vm.name);
    }
    const rig = makeRig({ HV: [bare, noVss] });
    await explained(rig, 5, 7);
    assert.deepEqual(rig.ui.offers, []);
  });

  it('the way into a guest of which something needs a look is offered, where there is one', async () => {
    const rig = makeRig({ HV: [bare] });
    rig.ui.presses = ['Connect…'];
    rig.ui.choices = ['Virtual Machine Connection'];
    await explained(rig, 5);
    await settled();
    assert.deepEqual(rig.ui.offers, [
      { message: 'What needs a look in db: Data Exchange, Backup (VSS)', buttons: ['Connect…'] },
    ]);
    assert.deepEqual(rig.started, [`vmconnect.exe localhost -G ${bare.id}`]);
    const elsewhere = makeRig({ HV: [bare] });
    elsewhere.hosts.platform = 'linux';
    elsewhere.context.details.readHealth = () => Promise.resolve(makeHealth());
    const silentGuest = { ...bare, guest: { ...bare.guest, osName: null, addresses: [] } };
    elsewhere.store.setVm('HV', bare.id, silentGuest);
    await explained(elsewhere, 5);
    assert.deepEqual(elsewhere.ui.offers, []);
  });

  it('a guest that may still be starting can be waited for, and is then explained anew', async () => {
    const rig = makeRig({ HV: [young] });
    rig.ui.presses = ['Wait for Heartbeat'];
    const pages = new FakePages();
    const offer = rig.ui.offer.bind(rig.ui);
    rig.ui.offer = (...args) => {
      rig.store.setVm('HV', young.id, makeVm({ id: young.id, name: 'new', uptimeMs: 20_000 }));
      return offer(...args);
    };
    await explainVm(rig.context, rig.nodes, pages, rig.nodes.vm('HV', young.id));
    await settled();
    assert.match(rig.ui.offers[0]?.message ?? '', /^The guest of new may still be starting/);
    assert.deepEqual(rig.ui.mentioned, ['new answers.']);
    assert.equal(pages.shown.length, 2);
  });

  it('the service that backups need can be enabled, and the VM is then explained anew', async () => {
    const rig = makeRig({ HV: [noVss] });
    rig.behave = (_, vm) => withService(vm, 'vss', { enabled: true, status: 'noContact' });
    rig.ui.presses = ['Enable Backup (VSS)'];
    const pages = new FakePages();
    await explainVm(rig.context, rig.nodes, pages, rig.nodes.vm('HV', noVss.id));
    await settled();
    // Its guest answers a moment later; a page before that would call it silent.
    assert.equal(pages.shown.length, 1);
    rig.store.setVm('HV', noVss.id, withService(noVss, 'vss', { enabled: true, status: 'ok' }));
    await rig.clock.advance(1_000);
    assert.deepEqual(rig.ui.offers[0]?.buttons, ['Enable Backup (VSS)']);
    assert.deepEqual(rig.calls.find(({ method }) => method === 'service.set')?.parameters, {
      id: noVss.id,
      service: 'vss',
      enabled: true,
    });
    assert.match(pages.shown.at(-1)?.text ?? '', /\*\*Application-consistent\.\*\*/);
  });

  it('a host that did not answer can be tried again, and one that left something out read again', async () => {
    const rig = makeRig({ HV: [server] });
    const { readVm } = rig.context.service;
    rig.context.service.readVm = () => Promise.reject(new HyperVError('sessionLost', ''));
    rig.context.service.retry = (hostId) => {
      rig.context.service.readVm = readVm;
      rig.calls.push({ hostId, method: 'retry', parameters: {} });
      return Promise.resolve();
    };
    rig.ui.presses = ['Retry Host'];
    const pages = new FakePages();
    await explainVm(rig.context, rig.nodes, pages, rig.nodes.vm('HV', server.id));
    await settled();
    assert.equal(pages.shown.length, 2);
    assert.doesNotMatch(pages.shown[1]?.text ?? '', /known earlier/);
    const partial = makeRig({ HV: [withService(server, 'shutdown', { enabled: null, status: null })] });
    partial.ui.presses = ['Refresh'];
    await explained(partial, 1);
    await settled();
    assert.deepEqual(
      partial.ui.offers.map(({ buttons }) => buttons),
      [['Refresh'], ['Refresh']],
    );
    assert.ok(partial.calls.some(({ method }) => method === 'refresh'));
  });
});

const hostileNames = [
  'https://evil.example/x',
  'www.evil.example',
  'mail@evil.example',
  '[click](command:workbench.action.quit)',
  '![x](https://evil.example/p.png)',
  '<img src=x onerror=alert(1)>',
  '$(trash) **bold** _it_ ~~gone~~',
  '# heading',
  '1. list',
  '| cell | cell |',
  '`tick` ``two``',
  'line\nbreak\r\n\r\n# no heading',
  'right \u202Eto left',
  '</code></pre><script>',
  `long ${'\u{1F680}'.repeat(5_000)}`,
];

describe('What hosts and guests wrote', () => {
  it('stays text in the report, whatever it is', () => {
    const vms = hostileNames.map((name, index) => makeVm({ id: vmId(index + 1), name, notes: 'hunter2' }));
    const reports = vms.map((vm) =>
      vmReport({
        hostName: vm.name,
        vm: { ...vm, guest: { ...vm.guest, osName: vm.name, fullyQualifiedDomainName: vm.name } },
        readAtMs: Date.UTC(2026, 0, 1) + new Date(2026, 0, 1).getTimezoneOffset() * 60_000,
        health: makeHealth({
          checkpoints: [{ name: vm.name, kind: 'person', createdAtMs: null, automatic: null }],
          disks: [{ path: vm.name, kind: 'file', shared: false, remote: false }],
        }),
        healthProblem: vm.name,
        vmProblem: vm.name,
        seen: undefined,
        lostSinceMs: undefined,
      }),
    );
    const page = reportPage(reports);
    assert.doesNotMatch(page, /hunter2/);
    assertGolden('unit/commands/golden/explainVmHostile.md', page);
  });

  it('is shown as it is when it is plain words, and named where nobody sees it', () => {
    assert.equal(foreignText('Windows Server 2025 Standard'), 'Windows Server 2025 Standard');
    assert.equal(foreignText('Prüfstand (alt)'), 'Prüfstand (alt)');
    assert.equal(foreignText('a\u202Eb'), '`a<U+202E>b`');
    assert.equal(foreignText('\u{1F469}\u200D\u{1F4BB}'), '`\u{1F469}\u200D\u{1F4BB}`');
    assert.equal(foreignText(' \n '), '—');
    assert.equal(code('a``b'), '```a``b```');
    assert.equal(code('`'), '`` ` ``');
    assert.equal(table(['a'], [['x | y'], ['\\|']]), '| a |\n| --- |\n| x \\| y |\n| \\| |');
  });
});
