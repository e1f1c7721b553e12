import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyFiles } from '../../../src/commands/files/copyFiles';
import { ServiceUse } from '../../../src/commands/files/serviceUse';
import { urisIn } from '../../../src/commands/files/sources';
import { scpCommand } from '../../../src/commands/files/sshWay';
import type { VmRecord } from '../../../src/domain/vm';
import type { Rig } from '../../support/commandRig';
import { copied, copyRig, linux, row, settled, story, windows } from '../../support/copyRig';
import { assertGolden } from '../../support/golden';
import { makeVm, vmId } from '../../support/vms';

const withAddresses = (vm: VmRecord, ...addresses: readonly string[]): VmRecord => ({
  ...vm,
  guest: { ...vm.guest, addresses },
});

describe('Copying files to VMs of other computers', () => {
  const stories: string[] = [];
  let folder: string;
  let file: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hyperv-far-'));
    file = path.join(folder, 'a.txt');
    await writeFile(file, 'x');
  });
  after(async () => {
    await rm(folder, { recursive: true });
    assertGolden('unit/commands/golden/copyFilesFar.txt', stories.join('\n'));
  });

  function farRig(vms: readonly VmRecord[], near: readonly VmRecord[] = []): Rig {
    const rig = copyRig([`file://${file}`], ...near);
    rig.store.addHost({ kind: 'ssh', id: 'far', name: 'HV09', address: 'hv09' } as never);
    rig.store.setInventory('far', vms, 0);
    rig.hosts.platform = 'linux';
    rig.ui.presses = ['Copy scp Command'];
    return rig;
  }

  const farRow = (rig: Rig, number: number): unknown => rig.nodes.vm('far', vmId(number));

  async function run(name: string, rig: Rig, ...args: readonly unknown[]): Promise<void> {
    await copyFiles(rig.context, new ServiceUse(), ...args);
    await settled();
    const clipboard = rig.ui.copied.map((text) => `clipboard: ${text.replaceAll(file, '<file>')}\n`);
    stories.push(`== ${name}\n${story(rig)}\n${clipboard.join('')}`);
  }

  it('says why not, and makes a command of what was dropped', async () => {
    const rig = farRig([linux]);
    await run('dropped', rig, farRow(rig, 2), undefined, 'file:///data/my%20disk.iso');
    assert.deepEqual(rig.ui.copied, ["scp -r '/data/my disk.iso' 'user@10.0.0.2:/tmp/'"]);
    assert.deepEqual(rig.hosts.steps.asked, []);
  });

  it('asks for the files when none were dropped, and only who wants the command', async () => {
    const rig = farRig([linux]);
    rig.hosts.steps.replies = ['Files…'];
    await run('from the menu', rig, farRow(rig, 2));
    assert.deepEqual(rig.ui.copied, [`scp -r '${file}' 'user@10.0.0.2:/tmp/'`]);
    const not = farRig([linux]);
    not.ui.presses = [];
    await run('not wanted', not, farRow(not, 2));
    assert.deepEqual([not.ui.copied, not.hosts.steps.asked], [[], []]);
  });

  it('gives one command for each VM, by an address that leads there, and names those without', async () => {
    const rig = farRig([
      linux,
      withAddresses(makeVm({ id: vmId(3), name: 'app' }), 'fe80::1', '169.254.1.1', 'fd00::3'),
      withAddresses(makeVm({ id: vmId(4), name: 'mute' }), '127.0.0.1'),
    ]);
    rig.hosts.platform = 'win32';
    const rows = [2, 3, 4].map((number) => farRow(rig, number));
    await run('three VMs', rig, rows[0], rows, 'file:///a');
    assert.deepEqual(rig.ui.copied[0]?.split('\n'), [
      "scp -r '/a' 'user@10.0.0.2:/tmp/'",
      "scp -r '/a' 'user@[fd00::3]:C:/Users/Public/Downloads/'",
    ]);
    const none = farRig([withAddresses(linux)]);
    await run('no address', none, farRow(none, 2), undefined, 'file:///a');
    assert.deepEqual(none.ui.offers, []);
  });

  it('holds up no VM of this computer', async () => {
    const rig = farRig([linux], [windows]);
    rig.hosts.steps.replies = ['C:\\Temp'];
    rig.ui.presses = [];
    const rows = [row(rig), farRow(rig, 2)];
    await run('near and far', rig, rows[0], rows, `file://${file}`);
    assert.equal(copied(rig).length, 1);
    assert.equal(rig.ui.offers.length, 1);
  });

  it('makes no command of files that are elsewhere', async () => {
    const rig = farRig([linux]);
    await run('file of a remote window', rig, farRow(rig, 2), undefined, 'vscode-remote://ssh-remote%2Bx/a.txt');
    assert.deepEqual(rig.ui.copied, []);
  });
});

describe('The scp command', () => {
  it('quotes names for the shell of the system, and takes no address but one', () => {
    const names = ["/it's $(x)", '/b'];
    assert.equal(scpCommand(linux, names, 'linux'), String.raw`scp -r '/it'\''s $(x)' '/b' 'user@10.0.0.2:/tmp/'`);
    assert.equal(
      scpCommand(windows, ["C:\\it's \u2018x\u2019 $(y) `z`"], 'win32'),
      "scp -r 'C:\\it''s \u2018\u2018x\u2019\u2019 $(y) `z`' 'user@10.0.0.1:C:/Users/Public/Downloads/'",
    );
    for (const address of ['1; rm -rf ~', '-oProxyCommand=x', '1:2', 'fe80::1%eth0', '10.0.0.1 x'])
      assert.equal(scpCommand(withAddresses(linux, address), ['/a'], 'linux'), undefined, address);
    assert.equal(scpCommand(withAddresses(linux, 'fd00::1'), ['/a'], 'linux'), "scp -r '/a' 'user@[fd00::1]:/tmp/'");
  });
});

describe('A list of dropped files', () => {
  it('is empty for what has no address, which VS Code hands over as the root', () => {
    for (const list of ['', 'file:///', 'vscode-local:/', '\r\n']) assert.deepEqual(urisIn(list), [], list);
    assert.deepEqual(urisIn('file:///c%3A/'), ['file:///c%3A/']);
  });

  it('is read as lines without comments', () => {
    assert.deepEqual(urisIn('# x\r\nfile:///a\r\n\r\nfile:///b c\n'), ['file:///a', 'file:///b c']);
  });
});
