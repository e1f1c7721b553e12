import assert from 'node:assert/strict';
import path from 'node:path';
import { SessionError } from '../../../src/powershell/errors';
import { readSshAliases, sshAliases } from '../../../src/hyperv/sshAliases';
import { sshSignIn } from '../../../src/hyperv/sshSignIn';

describe('names in an ssh configuration', () => {
  it('are those after Host, without patterns, each once', () => {
    const configuration = [
      'Host lab01 lab02 # both',
      '  HostName 192.0.2.1',
      'host=quoted',
      'HOST "lab03"\tlab01',
      'Host *.example !not lab?? *',
      '#Host comment',
      'Match host secret',
      'HostKeyAlias no',
      'Host -oProxyCommand=evil',
    ].join('\r\n');
    assert.deepEqual(sshAliases(configuration), ['lab01', 'lab02', 'quoted', 'lab03']);
  });

  it('are none where there is no file', async () => {
    assert.deepEqual(await readSshAliases(path.resolve('no-such-file')), []);
  });
});

describe('the sign-in in a terminal', () => {
  const host = { kind: 'ssh', id: 'ssh:lab01', name: 'Lab' } as const;

  it('goes the way of the sessions, with each value as an argument of its own and the host after all options', () => {
    const target = { host: '[fe80::1]', user: 'EXAMPLE\\anna', port: 2222 };
    const configFile = '/home/anna/my config';
    assert.deepEqual(sshSignIn({ ...host, target, configFile }, '/usr/bin/ssh'), {
      executable: '/usr/bin/ssh',
      args: ['-F', configFile, '-l', 'EXAMPLE\\anna', '-p', '2222', '--', 'fe80::1'],
    });
    assert.deepEqual(sshSignIn({ ...host, target: { host: 'lab01' } }, '/usr/bin/ssh').args, ['--', 'lab01']);
  });

  it('is none for what is no address', () => {
    assert.throws(() => sshSignIn({ ...host, target: { host: '-x' } }, '/usr/bin/ssh'), SessionError);
  });
});
