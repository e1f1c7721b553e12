// The command line of a session over ssh, the addresses it takes, and what is read from ssh's words. Starts nothing.
import assert from 'node:assert/strict';
import type { ConnectionCause, ConnectionFailure } from '../../../src/powershell/errors';
import { SessionError } from '../../../src/powershell/errors';
import { locateSsh } from '../../../src/powershell/locateSsh';
import { explainSshExit } from '../../../src/powershell/sshFailure';
import { sshLaunchSpec } from '../../../src/powershell/sshLaunchSpec';
import { checkSshTarget, parseSshTarget } from '../../../src/powershell/sshTarget';

function causeOf(work: () => unknown): ConnectionCause | undefined {
  try {
    work();
  } catch (error) {
    assert.ok(SessionError.is(error), String(error));
    return error.connection?.cause;
  }
  return undefined;
}

describe('address of a computer behind ssh', () => {
  const good = [
    'hv01',
    'hv-01.lab.example',
    'my_alias',
    '10.0.0.7',
    '1and1.example',
    'fe80::1%eth0',
    '::1',
    '[2001:db8::7]',
  ];
  for (const host of good)
    it(`takes ${host}`, () => {
      assert.equal(checkSshTarget({ host }).host, host.replace(/[[\]]/g, ''));
    });

  const bad = [
    ['', 'nothing'],
    ['-oProxyCommand=touch /tmp/x', 'an option'],
    ['-', 'a hyphen'],
    ['host -oProxyCommand=x', 'a blank'],
    ['host;reboot', 'a semicolon'],
    ['$(reboot)', 'a substitution'],
    ['`reboot`', 'backticks'],
    ["a'b", 'a quote'],
    ['user@host', 'a user'],
    ['host:22', 'a port'],
    ['ssh://host', 'an address of the web'],
    ['a\nb', 'a line break'],
    ['host\0', 'a NUL'],
    ['__proto__', 'a name of JavaScript'],
    ['12345', 'a number'],
    ['host.', 'a full stop at the end'],
    ['[host]', 'brackets around a name'],
    ['h\u00f6st', 'a letter outside ASCII'],
    ['a'.repeat(255), 'too many letters'],
    ['%h', 'a token of ssh'],
  ] as const;
  for (const [host, what] of bad)
    it(`refuses ${what} as the host`, () => {
      assert.equal(
        causeOf(() => checkSshTarget({ host })),
        'addressInvalid',
      );
    });

  it('takes users of a domain, and refuses what could be something else', () => {
    for (const user of ['admin', 'LAB\\admin', 'admin@lab.example', 'J\u00f6rg', 'svc_hv$'])
      assert.equal(checkSshTarget({ host: 'a', user }).user, user);
    for (const user of ['', '-oX=y', 'a b', 'a;b', 'a\\', 'a"b', '$(x)', 'a\nb', '`x`', 'a|b'])
      assert.equal(
        causeOf(() => checkSshTarget({ host: 'a', user })),
        'addressInvalid',
        user,
      );
  });

  it('takes ports that there are', () => {
    for (const port of [1, 22, 65_535]) assert.equal(checkSshTarget({ host: 'a', port }).port, port);
    for (const port of [0, -1, 65_536, 22.5, Number.NaN])
      assert.equal(
        causeOf(() => checkSshTarget({ host: 'a', port })),
        'addressInvalid',
        String(port),
      );
  });

  it('is read from one text', () => {
    assert.deepEqual(parseSshTarget('hv01'), { host: 'hv01' });
    assert.deepEqual(parseSshTarget('admin@hv01:2222'), { host: 'hv01', user: 'admin', port: 2222 });
    assert.deepEqual(parseSshTarget('admin@lab@[::1]:22'), { host: '::1', user: 'admin@lab', port: 22 });
    assert.deepEqual(parseSshTarget('fe80::22'), { host: 'fe80::22' });
    for (const text of ['', '@', 'admin@', '@hv01', 'hv01:', 'hv01:99999', 'hv01:22:22', '-oX=y', 'a@-oX=y'])
      assert.equal(
        causeOf(() => parseSshTarget(text)),
        'addressInvalid',
        text,
      );
  });
});

describe('launch of a session over ssh', () => {
  const launch = (more: object = {}): readonly string[] =>
    sshLaunchSpec({ executable: '/usr/bin/ssh', target: { host: 'hv01' }, cwd: '/', env: {}, ...more }).args;

  it('has the far command behind the host, and every option before it', () => {
    const target = { host: 'hv01', user: 'hv01', port: 2222 };
    assert.deepEqual(launch({ target, configFile: '/home/me/lab.conf' }), [
      '-T',
      '-oBatchMode=yes',
      '-oStrictHostKeyChecking=yes',
      '-oConnectTimeout=15',
      '-oServerAliveInterval=15',
      '-oServerAliveCountMax=3',
      '-oLogLevel=INFO',
      '-oRemoteCommand=none',
      '-oClearAllForwardings=yes',
      '-a',
      '-x',
      '-oControlMaster=no',
      '-F/home/me/lab.conf',
      '-lhv01',
      '-p2222',
      '--',
      'hv01',
      'powershell.exe',
      '-NoLogo',
      '-NoProfile',
      '-NonInteractive',
      '-ExecutionPolicy',
      'Bypass',
    ]);
  });

  it('leaves to the configuration of the person what nobody named', () => {
    assert.ok(!launch().some((argument) => /^-[lpF]/.test(argument)));
  });

  it('keeps to the rules of node-powershell', () => {
    const args = launch({ target: { host: 'hv01', user: 'hv01', port: 22 } });
    assert.equal(new Set(args).size, args.length);
    assert.ok(!args.some((argument) => /^\d+$/.test(argument)));
  });

  it('is refused for an address that is none, and for a configuration that is found by accident', () => {
    assert.equal(
      causeOf(() => launch({ target: { host: '-oProxyCommand=x' } })),
      'addressInvalid',
    );
    assert.equal(
      causeOf(() => launch({ configFile: 'ssh_config' })),
      'addressInvalid',
    );
  });

  it('watches no process: this computer and the far one number theirs alone', () => {
    const spec = sshLaunchSpec({ executable: '/usr/bin/ssh', target: { host: 'a' }, cwd: '/', env: {} });
    assert.equal(spec.parentPid, undefined);
  });
});

describe('locating ssh', () => {
  it('takes the one of Windows, and none from PATH', () => {
    const env = { SystemRoot: 'D:\\Win', PATH: 'C:\\Git\\usr\\bin' };
    const all = { platform: 'win32', env, isExecutable: () => true } as const;
    assert.equal(locateSsh({ ...all, arch: 'x64' }), 'D:\\Win\\System32\\OpenSSH\\ssh.exe');
    assert.equal(locateSsh({ ...all, arch: 'ia32' }), 'D:\\Win\\Sysnative\\OpenSSH\\ssh.exe');
  });

  it('looks along PATH elsewhere, in absolute folders only', () => {
    const env = { PATH: '.:bin::/opt/bin:/usr/bin' };
    const seen: string[] = [];
    const isExecutable = (path: string): boolean => seen.push(path) > 1;
    assert.equal(locateSsh({ platform: 'linux', env, isExecutable }), '/usr/bin/ssh');
    assert.deepEqual(seen, ['/opt/bin/ssh', '/usr/bin/ssh']);
  });

  it('says so when there is none', () => {
    assert.equal(
      causeOf(() => locateSsh({ platform: 'linux', env: {}, isExecutable: () => false })),
      'sshMissing',
    );
  });
});

describe('what ssh says when it ends', () => {
  const changed = [
    '@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@',
    '@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @',
    'IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!',
    'The fingerprint for the ED25519 key sent by the remote host is',
    'SHA256:FvDXyhXjI9dXm6bVWqJdYyq2N7DfYJQmJmQYk0K1u1c.',
    'Host key for [127.0.0.1]:2222 has changed and you have requested strict checking.',
    'Host key verification failed.',
  ];
  const cases: readonly (readonly [string, readonly string[], ConnectionFailure])[] = [
    [
      'an unknown host key',
      [
        'No ED25519 host key is known for hv01 and you have requested strict checking.',
        'Host key verification failed.',
      ],
      { cause: 'hostKeyUnknown' },
    ],
    [
      'a changed host key',
      changed,
      { cause: 'hostKeyChanged', fingerprint: 'SHA256:FvDXyhXjI9dXm6bVWqJdYyq2N7DfYJQmJmQYk0K1u1c' },
    ],
    [
      'a refused sign-in',
      ['admin@hv01: Permission denied (publickey,password,keyboard-interactive).'],
      { cause: 'permissionDenied', methods: 'publickey,password,keyboard-interactive' },
    ],
    [
      'too many keys',
      ['Received disconnect from 10.0.0.7 port 22:2: Too many authentication failures'],
      { cause: 'permissionDenied' },
    ],
    [
      'an unknown name',
      ['ssh: Could not resolve hostname hv01: Der angegebene Host ist unbekannt.'],
      { cause: 'hostNotFound' },
    ],
    ['nobody who listens', ['ssh: connect to host hv01 port 22: Connection refused'], { cause: 'refused' }],
    ['nobody who answers', ['ssh: connect to host hv01 port 22: Connection timed out'], { cause: 'timedOut' }],
    ['nobody on the way', ['ssh: connect to host hv01 port 22: No route to host'], { cause: 'timedOut' }],
    ['a server that is silent', ['Connection timed out during banner exchange'], { cause: 'timedOut' }],
    ['a line that went dead', ['Timeout, server hv01 not responding.'], { cause: 'timedOut' }],
    ['a connection that was closed', ['Connection closed by 10.0.0.7 port 22'], { cause: 'closed' }],
    ['a connection that broke', ['client_loop: send disconnect: Broken pipe'], { cause: 'closed' }],
    [
      'a server that let nobody in',
      ['kex_exchange_identification: Connection closed by remote host', 'Connection closed by 10.0.0.7 port 22'],
      { cause: 'closed' },
    ],
    [
      'a mistake in the configuration',
      ['/home/me/.ssh/config: line 3: Bad configuration option: hosst'],
      { cause: 'configuration' },
    ],
    [
      'a configuration that others may write',
      ['Bad owner or permissions on C:\\Users\\me/.ssh/config'],
      { cause: 'configuration' },
    ],
    ['nothing', [], { cause: 'closed' }],
  ];
  for (const [name, lines, expected] of cases)
    it(`is understood: ${name}`, () => {
      const noise = ['stderr: a banner', ...lines.map((line) => `stderr: ${line}`)];
      assert.deepEqual(explainSshExit({ code: 255, signal: null }, noise), expected);
    });

  it('is not looked for in what the far computer prints', () => {
    const noise = ['stdout: Permission denied (publickey).'];
    assert.deepEqual(explainSshExit({ code: 255, signal: null }, noise), { cause: 'closed' });
  });

  it('is nothing when the far PowerShell ended, or when we ended ssh', () => {
    assert.equal(explainSshExit({ code: 0, signal: null }, []), undefined);
    assert.equal(explainSshExit({ code: null, signal: 'SIGTERM' }, []), undefined);
    assert.equal(explainSshExit({ code: 1, signal: null }, ['stderr: Session pump: x']), undefined);
  });

  it('is the lack of a PowerShell, whatever the far shell and its language', () => {
    for (const line of [
      "'powershell.exe' is not recognized as an internal or external command,",
      'Der Befehl "powershell.exe" ist entweder falsch geschrieben oder',
      "powershell.exe : The term 'powershell.exe' is not recognized as the name of a cmdlet",
    ])
      assert.deepEqual(explainSshExit({ code: 1, signal: null }, [`stderr: ${line}`]), { cause: 'shellMissing' });
    const bash = 'stderr: bash: line 1: powershell.exe: command not found';
    assert.deepEqual(explainSshExit({ code: 127, signal: null }, [bash]), { cause: 'shellMissing' });
  });
});
