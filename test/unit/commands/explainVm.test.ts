import assert from 'node:assert/strict';
import { explainVm } from '../../../src/commands/explainVm';
import { reportPage } from '../../../src/commands/explainVmReport';
import { code, foreignText, table } from '../../../src/commands/explainVmMarkdown';
import { HyperVError } from '../../../src/domain/errors';
import { vmReport } from '../../../src/domain/health/vmReport';
import { assertGolden } from '../../support/golden';
import { makeRig } from '../../support/commandRig';
import type { Rig } from '../../support/commandRig';
import { FakePages } from '../../support/fakePages';
import { healthNowMs, makeHealth } from '../../support/health';
import { makeVm, vmId, withService } from '../../support/vms';

const server = makeVm({ id: vmId(1), name: 'srv', uptimeMs: 3_600_000 });
const silent = withService(makeVm({ id: vmId(2), name: 'web', uptimeMs: 3_600_000 }), 'vss', { status: 'noContact' });

async function explained(rig: Rig, ...numbers: readonly number[]): Promise<FakePages> {
  const pages = new FakePages();
  const rows = numbers.map((number) => rig.nodes.vm('HV', vmId(number)));
  await explainVm(rig.context, pages, rows[0], rows);
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
    assert.match(markdown, /^# 2 virtual machines\n\n\| Virtual machine/);
    assert.match(markdown, /\| web \| HV \| running \| heartbeat OK \| Crash-consistent.* \| Backup \(VSS\) \|/);
    assert.deepEqual(markdown.match(/^## .*$/gm), ['## srv on HV', '## web on HV']);
  });

  it('asks which one in the palette, and shows nothing when nobody answers', async () => {
    const rig = makeRig({ HV: [server] });
    const pages = new FakePages();
    await explainVm(rig.context, pages);
    assert.deepEqual([rig.ui.picks.length, pages.shown.length], [1, 0]);
    rig.ui.choices.push('srv');
    await explainVm(rig.context, pages);
    assert.equal(pages.shown.length, 1);
  });

  it('says so when the host does not answer, and shows what was known as that', async () => {
    const rig = makeRig({ HV: [server] });
    const refuse = (): Promise<never> => Promise.reject(new HyperVError('sessionLost', 'gone'));
    const service = { ...rig.context.service, readVm: refuse };
    const details = { ...rig.context.details, readHealth: refuse };
    const pages = new FakePages();
    await explainVm({ ...rig.context, service, details }, pages, rig.nodes.vm('HV', vmId(1)));
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
