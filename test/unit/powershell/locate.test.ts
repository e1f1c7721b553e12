// Where PowerShell is looked for.
import assert from 'node:assert/strict';
import { SessionError } from '../../../src/powershell/errors';
import { locatePowerShell, type LocateOptions } from '../../../src/powershell/locate';

function locate(files: readonly string[], options: LocateOptions): string {
  return locatePowerShell({ env: {}, isExecutable: (path) => files.includes(path), ...options });
}

const missing = (error: unknown): boolean => SessionError.is(error, 'powershellMissing');
const windows = { platform: 'win32', arch: 'x64', env: { SystemRoot: 'D:\\Windows', PATH: 'C:\\Work' } } as const;
const system32 = 'D:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
const sysnative = 'D:\\Windows\\Sysnative\\WindowsPowerShell\\v1.0\\powershell.exe';

describe('locating PowerShell', () => {
  it('takes the configured path, and nothing else when it is wrong', () => {
    const files = ['/opt/my/pwsh', '/usr/bin/pwsh'];
    assert.equal(locate(files, { platform: 'linux', configured: ' /opt/my/pwsh ' }), '/opt/my/pwsh');
    for (const configured of ['/opt/other/pwsh', 'pwsh', './pwsh']) {
      assert.throws(() => locate([...files, 'pwsh', './pwsh'], { platform: 'linux', configured }), missing);
    }
  });

  it('takes Windows PowerShell from the system folder, never from PATH', () => {
    assert.equal(locate([system32, 'C:\\Work\\powershell.exe'], windows), system32);
    assert.throws(() => locate(['C:\\Work\\powershell.exe', 'C:\\Work\\pwsh.exe'], windows), missing);
  });

  it('leaves the 32-bit view of Windows when it can', () => {
    assert.equal(locate([system32, sysnative], { ...windows, arch: 'ia32' }), sysnative);
    assert.equal(locate([system32], { ...windows, arch: 'ia32' }), system32);
  });

  it('takes pwsh from PATH elsewhere, then from where packages put it', () => {
    const env = { PATH: '/home/me/bin:/usr/games' };
    assert.equal(locate(['/usr/games/pwsh', '/usr/bin/pwsh'], { platform: 'linux', env }), '/usr/games/pwsh');
    assert.equal(locate(['/opt/homebrew/bin/pwsh'], { platform: 'darwin', env }), '/opt/homebrew/bin/pwsh');
  });

  it('never takes one from the working directory', () => {
    const env = { PATH: ':.:bin' };
    assert.throws(() => locate(['pwsh', './pwsh', 'bin/pwsh'], { platform: 'linux', env }), missing);
  });
});
