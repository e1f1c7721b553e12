// Session diagnostics as a text: everything is in it, and no secret is.
import assert from 'node:assert/strict';
import type { SupervisorDiagnostics } from '../../../src/powershell/diagnostics';
import { diagnosticsReport } from '../../../src/powershell/diagnosticsReport';
import { Secrets } from '../../../src/powershell/secrets';

const full: SupervisorDiagnostics = {
  state: 'ready',
  starts: 3,
  recycled: 1,
  closedIdle: 1,
  failure: {
    kind: 'probe',
    message: 'The process ended with code 255.',
    connection: { cause: 'hostKeyChanged', fingerprint: 'SHA256:abc', methods: 'publickey' },
    noise: ['stderr: Host key verification failed.'],
  },
  session: {
    state: 'ready',
    program: '/usr/bin/ssh',
    hello: {
      proto: 1,
      ps: '5.1.26100.1',
      edition: 'Desktop',
      os: 'Microsoft Windows NT 10.0.26100.0',
      pid: 4711,
      culture: 'de-DE',
      languageMode: 'FullLanguage',
      module: 'Hyper-V',
      admin: true,
      unicode: true,
    },
    latencyMs: 12.34,
    requests: 42,
    pending: 2,
    health: { queue: 1, running: 2, abandoned: 1, privateMB: 123, handles: 456, uptimeMs: 60_000 },
    noise: ['stdout: the password is hunter22'],
  },
};

describe('diagnostics report', () => {
  it('has everything of every host', () => {
    const text = diagnosticsReport([{ name: 'HV01', diagnostics: full }], new Secrets());
    assert.deepEqual(text.split('\n'), [
      'Host: HV01',
      '  session: ready; 3 started, 1 replaced, 1 ended unused',
      '  last failure: probe: The process ended with code 255.',
      '  connection: hostKeyChanged',
      '  host key: SHA256:abc',
      '  sign-in by: publickey',
      '  printed before it:',
      '    stderr: Host key verification failed.',
      '  process: ready, /usr/bin/ssh',
      '  engine: PowerShell 5.1.26100.1 (Desktop), process 4711, Microsoft Windows NT 10.0.26100.0, de-DE, FullLanguage',
      '  requests: 42, 2 under way',
      '  latency: 12.3 ms',
      '  memory: 123 MB, 456 handles, up for 60 s',
      '  runspaces: 2 busy, 1 calls waiting, 1 abandoned',
      '  printed:',
      '    stdout: the password is hunter22',
      '',
    ]);
  });

  it('says once what a dead session printed, though it is the last failure as well', () => {
    const noise = ['stderr: out of memory'];
    const { session, failure } = full;
    assert.ok(session !== undefined && failure !== undefined);
    const dead = { ...full, failure: { ...failure, noise }, session: { ...session, state: 'dead', noise } } as const;
    const lines = diagnosticsReport([{ name: 'HV01', diagnostics: dead }], new Secrets()).split('\n');
    assert.deepEqual(
      lines.filter((line) => /printed|out of memory/.test(line)),
      ['  printed before it:', '    stderr: out of memory'],
    );
  });

  it('says so when nothing was started', () => {
    const text = diagnosticsReport([{ name: 'HV02', diagnostics: undefined }], new Secrets());
    assert.equal(text, 'Host: HV02\n  session: not started\n');
  });

  it('holds no secret', () => {
    const secrets = new Secrets();
    secrets.add('hunter22');
    assert.doesNotMatch(diagnosticsReport([{ name: 'hunter22', diagnostics: full }], secrets), /hunter22/);
  });
});
