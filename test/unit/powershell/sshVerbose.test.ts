import assert from 'node:assert/strict';
import { parseSshRoute, parseSshVerbose } from '../../../src/powershell/sshVerbose';

describe('The answer of ssh -G', () => {
  it('says where a connection goes', () => {
    const lines = ['host far', 'user anna', 'hostname 10.0.0.5', 'port 2222', 'proxyusefdpass no'];
    assert.deepEqual(parseSshRoute(lines), { host: '10.0.0.5', port: 2222, through: undefined });
  });

  it('says what leads it another way', () => {
    const lines = ['hostname far', 'port 22'];
    const through = (line: string): string | undefined => parseSshRoute([...lines, line])?.through;
    assert.equal(through('proxyjump bob@bastion'), 'ProxyJump bob@bastion');
    // It may hold a password.
    assert.equal(through('proxycommand nc --proxy-auth anna:secret %h %p'), 'ProxyCommand');
    assert.equal(through('proxyjump none'), undefined);
  });

  it('is none when ssh said something else', () => {
    assert.equal(parseSshRoute([]), undefined);
    assert.equal(parseSshRoute(['hostname far', 'port http']), undefined);
  });
});

describe('What ssh -v says', () => {
  it('holds the key of the last computer on the way, and not the keys we offer', () => {
    const { fingerprint } = parseSshVerbose([
      'debug1: Server host key: ssh-ed25519 SHA256:jump',
      'debug1: Offering public key: client ED25519 SHA256:mine explicit',
      'debug1: Server host key: ssh-ed25519 SHA256:far+/=',
    ]);
    assert.equal(fingerprint, 'SHA256:far+/=');
  });

  it('names the way of the sign-in, in the words of new and of old versions', () => {
    const methodOf = (line: string): string | undefined => parseSshVerbose([line]).method;
    assert.equal(methodOf('Authenticated to far ([10.0.0.5]:22) using "publickey".'), 'publickey');
    assert.equal(methodOf('debug1: Authentication succeeded (keyboard-interactive).'), 'keyboard-interactive');
    assert.equal(methodOf('Authenticated to far ([10.0.0.5]:22).'), undefined);
  });

  it('holds a command to copy only when there is nothing else in it', () => {
    const commandOf = (line: string): string | undefined => parseSshVerbose([line]).forgetCommand;
    const command = 'ssh-keygen -f "C:\\\\Users\\\\anna b/.ssh/known_hosts" -R "[far]:2222"';
    assert.equal(commandOf(`  ${command}`), command);
    for (const forged of [`${command}; calc`, 'ssh-keygen -f "$(calc)" -R "far"', 'ssh-keygen -f "x" -R "`calc`"']) {
      assert.equal(commandOf(forged), undefined, forged);
    }
  });

  it('leaves what a quieter ssh would have printed', () => {
    assert.deepEqual(parseSshVerbose(['debug1: Connection closed', 'Permission denied (publickey).']).plain, [
      'Permission denied (publickey).',
    ]);
  });
});
