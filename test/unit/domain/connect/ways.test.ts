// Which ways lead into which VM: a table of every kind of guest on every kind of computer, and what is then started.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isAddress, usableAddresses } from '../../../../src/domain/connect/addresses';
import { connectPlan, isGuestFolder, planText } from '../../../../src/domain/connect/plan';
import type { ConnectGoal } from '../../../../src/domain/connect/plan';
import { obstacleText, wayText } from '../../../../src/domain/connect/texts';
import { connectOptions, connectWays } from '../../../../src/domain/connect/ways';
import type { ConnectFacts } from '../../../../src/domain/connect/ways';
import type { VmRecord } from '../../../../src/domain/vm';
import { assertGolden } from '../../../support/golden';
import { makeVm, vmId, withService } from '../../../support/vms';

function guest(osName: string | null, addresses: readonly string[] = ['10.0.0.5']): VmRecord {
  return makeVm({ guest: { ...makeVm().guest, osName, addresses } });
}

const vms: Readonly<Record<string, VmRecord>> = {
  'Windows Server 2025': guest('Windows Server 2025 Standard'),
  'Windows 7': guest('Windows 7 Professional'),
  Ubuntu: guest('Ubuntu'),
  FreeBSD: guest('FreeBSD'),
  'Ubuntu without an address': guest('Ubuntu', []),
  'Ubuntu with a link-local address': guest('Ubuntu', ['fe80::1', '169.254.3.4']),
  'Windows with data exchange disabled, known from before': withService(
    guest('Windows 11 Pro', []),
    'keyValuePairExchange',
    { enabled: false },
  ),
  'a guest that says nothing': guest(null, []),
  'a guest with data exchange disabled': withService(guest(null, []), 'keyValuePairExchange', { enabled: false }),
  'a VM that is off': { ...guest(null, []), state: 'off' },
};

const places: Readonly<Record<string, Omit<ConnectFacts, 'vm'>>> = {
  'the host itself': { host: 'local', platform: 'win32', isHere: true, hasRemoteSsh: true },
  'Windows, host by WinRM': { host: 'winrm', platform: 'win32', isHere: true, hasRemoteSsh: false },
  'macOS, host by SSH': { host: 'ssh', platform: 'darwin', isHere: true, hasRemoteSsh: true },
  'Linux, demo lab': { host: 'lab', platform: 'linux', isHere: true, hasRemoteSsh: false },
  'Windows, but another computer than the window': {
    host: 'local',
    platform: 'win32',
    isHere: false,
    hasRemoteSsh: true,
  },
};

const goal: ConnectGoal = {
  vmId: vmId(7),
  server: 'localhost',
  platform: 'win32',
  address: '10.0.0.5',
  user: undefined,
  folder: undefined,
};

describe('the ways into a VM', () => {
  it('are those that can work, and the others have their reason', () => {
    const lines = Object.entries(places).flatMap(([place, facts]) => [
      `# From ${place}`,
      ...Object.entries(vms).flatMap(([name, vm]) => [
        `${name}:`,
        ...connectOptions({ ...facts, vm }).map(({ way, obstacle, addresses }) => {
          const where = addresses.length === 0 ? '' : `, to ${addresses.join(' or ')}`;
          return `  ${wayText(way)}: ${obstacle === undefined ? `yes${where}` : `no, ${obstacleText(obstacle)}`}`;
        }),
      ]),
      '',
    ]);
    assertGolden('unit/domain/golden/connectWays.txt', lines.join('\n'));
  });

  it('are always all of them, in one order', () => {
    for (const facts of Object.values(places)) {
      const ways = connectOptions({ ...facts, vm: guest(null) }).map(({ way }) => way);
      assert.deepEqual(ways, connectWays);
    }
  });
});

describe('the address of a guest', () => {
  it('is an address, whatever the guest says', () => {
    for (const address of ['10.0.0.1', '255.255.255.255', '2001:db8::1', '::2', '2001:db8:0:0:0:0:0:1', '1::'])
      assert.ok(isAddress(address), address);
    const words = [
      '',
      ' ',
      '-oProxyCommand=x',
      '10.0.0.1;x',
      '10.0.0',
      '10.0.0.256',
      '10.0.0.1.',
      '1.2.3.4 ',
      'fe80::1%eth0',
    ];
    const more = [
      'host',
      '::1::',
      ':::',
      '1:2:3:4:5:6:7:8:9',
      '12345::',
      '1:2:3:4:5:6:7:',
      ':',
      '::ffff:10.0.0.1',
      '10.0.0.1\n',
    ];
    for (const text of [...words, ...more]) assert.ok(!isAddress(text), JSON.stringify(text));
  });

  it('has no character with which anything could be said beside it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (text) => {
        if (isAddress(text)) assert.match(text, /^[0-9A-Fa-f:][0-9A-Fa-f:.]*$/);
      }),
    );
    fc.assert(fc.property(fc.ipV4(), (text) => isAddress(text)));
  });

  it('leads somewhere', () => {
    const said = ['10.0.0.1', '127.0.0.1', '169.254.1.1', 'fe80::1', '::1', '::', '10.0.0.1', '2001:db8::1', '$(x)'];
    assert.deepEqual(usableAddresses(said), ['10.0.0.1', '2001:db8::1']);
  });
});

describe('what is started', () => {
  const text = (way: (typeof connectWays)[number], more: Partial<ConnectGoal> = {}): string =>
    planText(connectPlan(way, { ...goal, ...more }));

  it('is a program of Windows with the id or the address, a terminal, or a window', () => {
    assert.equal(text('vmConnect'), `vmconnect.exe localhost -G ${vmId(7)}`);
    assert.equal(text('remoteDesktop'), 'mstsc.exe /v:10.0.0.5');
    assert.equal(text('remoteDesktop', { address: '2001:db8::1' }), 'mstsc.exe /v:[2001:db8::1]');
    assert.equal(text('remoteDesktop', { platform: 'darwin' }), 'rdp://full%20address=s:10.0.0.5');
    assert.equal(text('ssh'), 'ssh -- 10.0.0.5');
    assert.equal(text('ssh', { user: 'anna' }), 'ssh -l anna -- 10.0.0.5');
    assert.equal(text('remoteFolder', { folder: '/srv/my app' }), 'code --remote ssh-remote+10.0.0.5 /srv/my app');
    assert.equal(
      text('powerShellDirect'),
      `HYPERV_LAB_VM_ID=${vmId(7)} powershell -NoLogo -NoExit -Command Enter-PSSession -VMId $env:HYPERV_LAB_VM_ID`,
    );
  });

  it('names a user, and an address of version 6, as Remote - SSH reads them', () => {
    const plan = connectPlan('remoteFolder', { ...goal, user: 'Anna', address: '2001:db8::1' });
    assert.ok(plan.kind === 'window');
    const [, hex = ''] = plan.authority.split('+');
    assert.deepEqual(JSON.parse(Buffer.from(hex, 'hex').toString()), { hostName: '2001:db8::1', user: 'Anna' });
  });

  it('is nothing without an address', () => {
    for (const address of [undefined, '-oProxyCommand=x', 'host'])
      for (const way of ['remoteDesktop', 'ssh', 'remoteFolder'] as const)
        assert.throws(() => connectPlan(way, { ...goal, address }), RangeError);
  });

  it('opens a folder of the guest only by an absolute path', () => {
    for (const folder of ['/', '/home/anna', '/srv/my app']) assert.ok(isGuestFolder(folder), folder);
    for (const folder of ['', 'home', '~', '/a\n', '/a\u202e', `/${'a'.repeat(5_000)}`])
      assert.ok(!isGuestFolder(folder), folder);
  });
});
