import assert from 'node:assert/strict';
import { HyperVError } from '../../../../src/domain/errors';
import type { HyperVErrorReason, UnreachableCause } from '../../../../src/domain/errors';
import { sshRemedy, winRmRemedy } from '../../../../src/hyperv/connectionTest/remedies';
import type { SshHostDefinition } from '../../../../src/hyperv/sshHost';

const host: SshHostDefinition = { kind: 'ssh', id: 'far', name: 'FAR01', target: { host: 'far01' } };
const odd: SshHostDefinition = { ...host, target: { host: '[fe80::1]', user: 'CORP\\anna$', port: 2222 } };

function remedy(
  reason: HyperVErrorReason,
  {
    cause,
    of = host,
    on = 'linux',
    port,
  }: Partial<{ cause: UnreachableCause; of: SshHostDefinition; on: NodeJS.Platform; port: number }>,
): string | undefined {
  return sshRemedy(new HyperVError(reason, '', 'none', cause && { cause }), of, port, undefined, on).remedy;
}

describe('What helps a host behind ssh', () => {
  it('that refuses connections is its server', () => {
    assert.match(
      remedy('hostUnreachable', { cause: 'refused' }) ?? '',
      /OpenSSH\.Server~~~~0\.0\.1\.0\n.*\nStart-Service sshd$/,
    );
  });

  it('that does not answer is its firewall, at the port that was tried', () => {
    const cause = 'timedOut';
    assert.equal(
      remedy('hostUnreachable', { cause }),
      'Set-NetFirewallRule -Name OpenSSH-Server-In-TCP -Enabled True -Profile Any',
    );
    assert.match(remedy('hostUnreachable', { cause, port: 2200 }) ?? '', /^New-NetFirewallRule .* -LocalPort 2200 /);
  });

  it('whose name is unknown is no command', () => {
    assert.equal(remedy('hostUnreachable', { cause: 'hostNotFound' }), undefined);
  });

  it('whose key is unknown is one sign-in by hand, with every name as one word', () => {
    assert.equal(remedy('hostKeyUnknown', {}), 'ssh far01');
    assert.equal(remedy('hostKeyUnknown', { of: odd }), "ssh -p 2222 -l 'CORP\\anna$' fe80::1");
    assert.equal(remedy('hostKeyUnknown', { of: odd, on: 'win32' }), 'ssh -p 2222 -l "CORP\\anna$" fe80::1');
  });

  it('whose key has changed is to forget the old one, under the name which known_hosts has', () => {
    assert.equal(remedy('hostKeyChanged', {}), 'ssh-keygen -R far01');
    assert.equal(remedy('hostKeyChanged', { of: odd }), "ssh-keygen -R '[fe80::1]:2222'");
  });

  it('that lets nobody in is who may write to its keys, by identifiers', () => {
    assert.match(
      remedy('signInRefused', {}) ?? '',
      /administrators_authorized_keys" \/inheritance:r \/grant "\*S-1-5-32-544:F"/,
    );
  });
});

describe('What helps a host behind WinRM', () => {
  const winrm = { kind: 'winrm', id: 'w', name: 'W', target: { host: 'w' } } as const;
  it('that cannot be reached is to turn remoting on', () => {
    const error = new HyperVError('hostUnreachable', '');
    assert.equal(winRmRemedy(error, winrm).remedy, 'Enable-PSRemoting -Force');
    const encrypted = { ...winrm, target: { host: 'w', useSsl: true } };
    assert.equal(winRmRemedy(error, encrypted).remedy, 'winrm quickconfig -transport:https');
  });

  it('that does not answer is its firewall, also in a network that Windows takes for public', () => {
    const error = new HyperVError('hostUnreachable', '', 'none', { cause: 'timedOut' });
    assert.deepEqual(winRmRemedy(error, winrm).remedy?.split('\n'), [
      'Enable-PSRemoting -SkipNetworkProfileCheck -Force',
      'Set-NetFirewallRule -Name WINRM-HTTP-In-TCP -Profile Any',
    ]);
  });

  it('that no name server knows is no command', () => {
    const error = new HyperVError('hostUnreachable', '', 'none', { cause: 'hostNotFound' });
    assert.deepEqual(winRmRemedy(error, winrm), {});
  });
});
