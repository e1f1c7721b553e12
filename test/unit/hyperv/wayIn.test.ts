import assert from 'node:assert/strict';
import type { VmRecord } from '../../../src/domain/vm';
import { isSshUser, sshWay, wayIn } from '../../../src/hyperv/wayIn';
import { makeVm } from '../../support/vms';

describe('The way into a guest', () => {
  const of = (
    osName: string | null,
    addresses: readonly string[] = ['10.0.0.7'],
    facts: Partial<VmRecord> = {},
  ): unknown => wayIn(makeVm({ ...facts, guest: { ...makeVm().guest, osName, addresses } }), 'anna');

  it('is PowerShell Direct for Windows, ssh to the first address that can be reached for the others, or said to be none', () => {
    assert.deepEqual(of('Windows Server 2019'), { kind: 'powershellDirect' });
    assert.deepEqual(of('Ubuntu'), { kind: 'ssh', target: { host: '10.0.0.7', user: 'anna' } });
    assert.deepEqual(of('Ubuntu', ['2001:db8::8', '10.0.0.8']), {
      kind: 'ssh',
      target: { host: '2001:db8::8', user: 'anna' },
    });
    // Link-local: they lead nowhere from another computer.
    assert.deepEqual(of('Ubuntu', ['fe80::1', '169.254.7.7', '10.0.0.8']), {
      kind: 'ssh',
      target: { host: '10.0.0.8', user: 'anna' },
    });
    assert.deepEqual(
      [of(null), of('Ubuntu', []), of('Ubuntu', ['169.254.7.7']), of('Ubuntu', ['x'], { state: 'saved' })],
      ['systemNotKnown', 'noAddress', 'noAddress', 'notRunning'],
    );
  });

  it('may be a link-local address with its zone, for whoever types one, and any user that ssh can take', () => {
    assert.deepEqual(sshWay('anna@[fe80::1%eth0]:2222'), {
      kind: 'ssh',
      target: { host: 'fe80::1%eth0', user: 'anna', port: 2_222 },
    });
    for (const user of ['CORP\\anna', 'anna@corp.example', 'anna.smith', '\u00e5sa']) assert.ok(isSshUser(user), user);
    for (const user of ['a b', '-oProxyCommand=x', '', 'a\n', '$(x)', 'a\\']) assert.ok(!isSshUser(user), user);
  });

  it('leads nowhere for what is no address, which a guest may say', () => {
    for (const address of ['-oProxyCommand=calc', '10.0.0.7 -x', 'a;b', '$(x)', '`x`', '\n', '12345', 'x'.repeat(300)])
      assert.equal(of('Ubuntu', [address]), 'noAddress', address);
  });
});
