// Clocks of the host and of guests on the real engine: what the probe finds, how a password travels, who is let in.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { clockPage } from '../../src/commands/time/report';
import { resumedAt } from '../../src/commands/time/readClock';
import type { ClockReading } from '../../src/commands/time/readClock';
import { HyperVError } from '../../src/domain/errors';
import type { GuestAnswer, GuestReading, HostClock } from '../../src/domain/time/facts';
import type { VmRecord } from '../../src/domain/vm';
import { hostFunctions } from '../../src/hyperv/hostFunctions';
import { openHost } from '../../src/hyperv/hostSession';
import type { HostClient } from '../../src/hyperv/hostClient';
import type { GuestAccess } from '../../src/hyperv/timeClient';
import { guestTimeReading } from '../../src/hyperv/timeReading';
import { wayIn } from '../../src/hyperv/wayIn';
import { defaultLabHosts } from '../../src/lab/stories';
import { runScript } from '../support/engineScript';
import { FakeCredentials } from '../support/fakeRemote';
import { assertGolden } from '../support/golden';
import hostileGuest from '../support/hostileGuest.ps1';
import { labGuid, labVmId, refused } from '../support/labHost';
import { ListLog } from '../support/listLog';
import { enginePath } from '../support/sessionHarness';
import { skipUnless } from '../support/skip';

const direct: GuestAccess = { kind: 'powershellDirect' };
const ssh: GuestAccess = { kind: 'ssh', target: { host: '10.0.0.9' } };
/** Beyond one block of the key, and with what scripts and encodings trip over. */
const password = `p\u00e4$("'\`x\u{1d11e}=` + 'long'.repeat(60);

const vms = [
  { name: 'plain', id: labGuid(1) },
  { name: 'linux', id: labGuid(2), guest: 'ubuntu', clock: { follows: 'host', offsetMs: -40_000 } },
  { name: 'closed', id: labGuid(3), clock: { refuses: true } },
  { name: 'closedLinux', id: labGuid(4), guest: 'debian', clock: { refuses: true } },
  { name: 'off', id: labGuid(5), state: 'off' },
  { name: 'late', id: labGuid(6), clock: { offsetMs: -3_600_000, locale: 'ja-JP', role: 4, build: 9_600 } },
];

describe('Clocks', function () {
  this.timeout(60_000);
  const log = new ListLog(true);
  let client: HostClient;
  const person = new FakeCredentials();
  const never = new AbortController().signal;
  const guest = (number: number): { id: ReturnType<typeof labVmId>; name: string } => ({
    id: labVmId(number),
    name: `vm ${number}`,
  });
  const read = (number: number, access: GuestAccess = direct, signal = never): Promise<GuestReading> =>
    client.clocks.readGuest(guest(number), access, signal);

  before(async () => {
    const clock = { follows: 'server', server: 'time.example', locale: 'de-DE', sleptMinutesAgo: 30 };
    client = await openHost(
      { kind: 'lab', id: 'lab', name: 'lab', spec: { hosts: [{ name: 'HV', vms, clock }] }, index: 0 },
      { powershell: enginePath(), cwd: tmpdir(), log, guestCredentials: () => person },
    );
  });
  beforeEach(async () => {
    person.kept = { user: 'LAB\\anna', password };
    person.asked = 0;
    person.answers = [];
    await client.call('lab.reset', {});
  });
  after(() => client.stop());

  it('of the host tell whom it follows in its own language, and when it slept', async () => {
    const host: HostClock = await client.clocks.readHost();
    assert.deepEqual(host.source, { kind: 'server', name: 'time.example' });
    assert.equal(host.stratum, 4);
    assert.match(host.raw[1]?.text ?? '', /^Sprungindikator: 0\(keine Warnung\)/);
    assert.equal(Math.round((host.nowMs - (host.wokeAtMs ?? 0)) / 60_000), 30);
  });

  it('of a Windows guest tell whom it follows, and how far it is from the host', async () => {
    const { clock, offset } = await read(1);
    assert.ok(clock.kind === 'windows');
    assert.deepEqual([clock.source, clock.hostProvider, clock.clientType], [{ kind: 'hostService' }, true, 'servers']);
    assert.ok(offset !== null && Math.abs(offset.offsetMs) <= offset.uncertaintyMs, JSON.stringify(offset));
    const late = await read(6);
    assert.ok(late.clock.kind === 'windows');
    assert.deepEqual([late.clock.source, late.clock.domainRole, late.clock.build], [{ kind: 'hostService' }, 4, 9_600]);
    assert.ok(Math.abs((late.offset?.offsetMs ?? 0) + 3_600_000) <= (late.offset?.uncertaintyMs ?? 0));
  });

  it('of a Linux guest tell the same', async () => {
    const { clock, offset } = await read(2, ssh);
    assert.ok(clock.kind === 'linux');
    assert.deepEqual([clock.chrony?.reference, clock.daemons], ['PHC0', ['chronyd']]);
    assert.ok(offset !== null && Math.abs(offset.offsetMs + 40_000) <= offset.uncertaintyMs, JSON.stringify(offset));
  });

  it('are set when somebody asks for it, and when the service is enabled anew', async () => {
    assert.equal((await client.clocks.sync(guest(6), direct, never)).exitCode, 0);
    assert.ok(Math.abs((await read(6)).offset?.offsetMs ?? 1e9) < 1_000);
    assert.deepEqual(await client.clocks.sync(guest(2), ssh, never), { exitCode: 0, text: '200 OK' });
    await client.call('lab.reset', {});
    for (const enabled of [false, true])
      await client.change('service.set', { id: labVmId(6), service: 'timeSynchronization', enabled });
    assert.ok(Math.abs((await read(6)).offset?.offsetMs ?? 1e9) < 1_000);
  });

  it('are shown to nobody whom the guest does not let in: asked once more, and nothing refused is kept', async () => {
    person.answers = [{ user: 'anna', password: 'another' }];
    await refused(read(3), 'signInRefused');
    assert.deepEqual([person.asked, person.kept], [1, undefined]);
    await refused(read(4, ssh), 'signInRefused');
    // Nobody wants to say one.
    await refused(read(1), 'credentialMissing');
  });

  it('are shown after a mistake in the password, which is then kept', async () => {
    person.kept = undefined;
    person.answers = [
      { user: 'anna', password: 'wrong' },
      { user: 'anna', password },
    ];
    await read(1);
    assert.deepEqual([person.asked, person.kept], [2, { user: 'anna', password }]);
  });

  it('leave no password in any frame or line of the log', async () => {
    await read(1);
    const all = log.lines.join('\n');
    assert.match(all, /time\.guest/);
    for (const form of [
      password,
      JSON.stringify(password).slice(1, -1),
      'longlong',
      Buffer.from(password, 'utf16le').toString('base64').slice(0, 40),
    ])
      assert.ok(!all.includes(form), form);
  });

  it('can be given up while the guest keeps us waiting, and the next question is answered', async () => {
    await client.call('lab.fault', { kind: 'hang', on: 'Guest' });
    const stop = new AbortController();
    const reading = refused(read(1, direct, stop.signal), 'cancelled');
    assert.ok((await client.clock()) > 0);
    stop.abort();
    await reading;
    await client.call('lab.fault', { kind: 'all' });
    assert.equal((await read(1)).clock.kind, 'windows');
  });
});

/** The times of a run, and how long its ways were: everything else of the report is the same each time. */
function withoutTimes(page: string): string {
  const round = (offset: string): string =>
    offset.replace(/^([+-][\d.]+) s$/, (_, seconds: string) => `${Math.round(Number(seconds)) + 0} s`);
  return page
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, '<time>')
    .replaceAll(/([+-][\dsmin. ]+) \(±[\d.]+ s\)/g, (_, offset: string) => `about ${round(offset)}`)
    .replaceAll(/([+-][\dsmin. ]+), give or take [\d.]+ s/g, (_, offset: string) => `about ${round(offset)}`);
}

describe('The report on the clocks of the demo lab', function () {
  this.timeout(120_000);

  for (const [index, { name }] of defaultLabHosts.entries()) {
    it(`tells the story of each clock of ${name}`, async () => {
      const source = new FakeCredentials();
      source.kept = { user: 'lab', password };
      const client = await openHost(
        { kind: 'lab', id: 'lab', name, spec: {}, index },
        { powershell: enginePath(), cwd: tmpdir(), log: new ListLog(), guestCredentials: () => source },
      );
      try {
        const host = await client.clocks.readHost();
        const readings: ClockReading[] = [];
        for (const vm of (await client.inventory()).vms) {
          source.kept = { user: 'lab', password };
          const resumedAtMs = resumedAt(vm, await client.readHealth(vm.id));
          const guest = await answerOf(client, vm);
          const target = { hostId: 'lab', hostName: name, vm };
          readings.push({ target, facts: { vm, host, guest, resumedAtMs }, vmProblem: undefined });
        }
        assertGolden(`powershell/golden/clocks-${name}.md`, withoutTimes(clockPage(readings, 0)));
      } finally {
        await client.stop();
      }
    });
  }
});

async function answerOf(client: HostClient, vm: VmRecord): Promise<GuestAnswer> {
  const known = wayIn(vm);
  // A person knows what the guest did not say.
  const way = known === 'systemNotKnown' ? ssh : known;
  if (typeof way === 'string') return { kind: 'silent', why: way };
  try {
    return { kind: 'read', ...(await client.clocks.readGuest(vm, way, new AbortController().signal)) };
  } catch (error) {
    if (!HyperVError.is(error, 'signInRefused')) throw error;
    return { kind: 'silent', why: 'refused' };
  }
}

describe('Guests that answer with whatever they like', function () {
  this.timeout(60_000);

  interface Found {
    readonly time: Readonly<Record<string, unknown>> & { readonly samples: readonly (readonly number[])[] };
    readonly sync: { readonly exitCode: number | null; readonly text: string };
    readonly keys: number;
  }
  let found: Readonly<Record<string, Found>>;
  before(async () => {
    found = (await runScript(hostileGuest, { HV_SCRIPT: hostFunctions })) as typeof found;
  });

  it('fit into one frame, however long they are', () => {
    assert.ok(JSON.stringify(found['long']).length < 40_000);
    assert.equal(String(found['long']?.time['status']).length, 4_000);
  });

  it('are called unknown where they are no numbers, and no facts', () => {
    for (const name of ['numbers', 'shapes', 'nothing']) {
      const { time, sync } = found[name] ?? {};
      assert.deepEqual(time?.samples, [], name);
      const { provider, role, build, wokeMs } = time;
      assert.deepEqual([provider, role, build, wokeMs, sync?.exitCode], [null, null, null, null, null], name);
      assert.equal(guestTimeReading(time).offset, null);
    }
  });

  it('are passed on where they are as they should be', () => {
    const { time, sync, keys } = found['good'] ?? {};
    assert.equal(time?.samples.length, 4);
    assert.deepEqual([time.samples[0]?.[1], time['provider'], time['role'], time['wokeMs']], [1.5, 0, 5, 12]);
    assert.deepEqual(sync, { exitCode: -2_147_023_728, text: 'z' });
    assert.equal(keys, 0);
  });
});

describe('The probe itself', function () {
  this.timeout(60_000);

  /** @param w32tm what stands in for it: a script of `sh` */
  async function hostWith(w32tm: string): Promise<HostClock> {
    const folder = mkdtempSync(path.join(tmpdir(), 'w32tm-'));
    const before = process.env['PATH'];
    try {
      const script = path.join(folder, 'w32tm.exe');
      writeFileSync(script, `#!/bin/sh\n${w32tm}\n`);
      chmodSync(script, 0o755);
      process.env['PATH'] = `${folder}${path.delimiter}${before ?? ''}`;
      const client = await openHost(
        { kind: 'local', id: 'local', name: 'local' },
        { powershell: enginePath(), cwd: tmpdir(), log: new ListLog() },
      );
      try {
        return await client.clocks.readHost();
      } finally {
        await client.stop();
      }
    } finally {
      process.env['PATH'] = before;
      rmSync(folder, { recursive: true });
    }
  }

  before(function () {
    skipUnless(this, process.platform !== 'win32', 'a script cannot stand in for w32tm.exe on Windows');
  });

  it('runs w32tm and passes on what it prints, and calls unknown what this computer does not have', async () => {
    const host = await hostWith(
      'if [ "$2" = /source ]; then echo time.example,0x9; else printf "Leap: 0(no)\\nStratum: 4 (x)\\nx: 1\\nId: 0x0A000003 (x)\\n"; fi',
    );
    assert.deepEqual([host.source, host.stratum], [{ kind: 'server', name: 'time.example' }, 4]);
    assert.deepEqual([host.hostProvider, host.domainRole, host.build, host.wokeAtMs], [null, null, null, null]);
  });

  for (const [name, w32tm] of [
    ['nothing', 'exit 0'],
    ['ten megabytes', 'head -c 10485760 /dev/zero | tr "\\0" x'],
    ['bytes of another code page', 'printf "\\213\\220\\377\\033[31m: 0\\n"'],
  ] as const) {
    it(`calls unknown what w32tm does not say: ${name}`, async () => {
      const { source, stratum, raw } = await hostWith(w32tm);
      assert.deepEqual([source, stratum], [{ kind: 'unknown' }, null]);
      for (const { text } of raw) assert.ok(text.length <= 4_000);
    });
  }
});
