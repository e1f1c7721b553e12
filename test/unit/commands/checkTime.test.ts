import assert from 'node:assert/strict';
import { checkTime } from '../../../src/commands/time/checkTime';
import { HyperVError } from '../../../src/domain/errors';
import { chronyLine, udevLine } from '../../../src/domain/time/linuxCommands';
import { makeRig } from '../../support/commandRig';
import type { Rig } from '../../support/commandRig';
import { FakePages } from '../../support/fakePages';
import { leave } from '../../support/fakeSteps';
import { hostClock, linux, read, windows } from '../../support/timeFacts';
import { makeVm, vmId, withService } from '../../support/vms';

const server = makeVm({ id: vmId(1), name: 'srv', uptimeMs: 3_600_000 });
const web = makeVm({
  id: vmId(2),
  name: 'web',
  uptimeMs: 3_600_000,
  guest: { ...makeVm().guest, osName: 'Ubuntu', addresses: ['10.0.0.7'] },
});
const off = makeVm({ id: vmId(3), name: 'old', state: 'off', uptimeMs: null });
const guestToo = 'Ask the Guest Too';
const hostOnly = 'Ask the Host Only';

async function checked(rig: Rig, ...numbers: readonly number[]): Promise<FakePages> {
  const pages = new FakePages();
  const rows = numbers.map((number) => rig.nodes.vm('HV', vmId(number)));
  await checkTime(rig.context, rig.nodes, pages, rows[0], rows);
  await settled();
  return pages;
}

/** What the command left behind: an offer that was taken at once. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

function calls(rig: Rig): readonly string[] {
  return rig.calls.map(({ method }) => method);
}

describe('Check Time', () => {
  it('goes into no guest before a person allowed it, and says what will run there', async () => {
    const rig = makeRig({ HV: [server, web] });
    rig.hosts.steps.replies = [leave];
    assert.deepEqual((await checked(rig, 1, 2)).shown, []);
    assert.deepEqual(rig.calls, []);
    const [choices = []] = rig.hosts.steps.offered;
    assert.match(choices[0]?.detail ?? '', /w32tm \/query.*chronyc/);
    rig.hosts.steps.replies = [hostOnly];
    const { shown } = await checked(rig, 1);
    assert.deepEqual(calls(rig), ['readHealth', 'readHostTime']);
    assert.match(shown[0]?.text ?? '', /Unknown what happens in the guest, because nobody allowed to read there\./);
  });

  it('waits for a host that is still being read, to know which guest it is', async () => {
    const early = { ...server, guest: { ...server.guest, osName: null }, partial: true as const };
    const rig = makeRig({ HV: [early] });
    const service = { ...rig.context.service };
    Object.assign(service, {
      readVm: () => {
        rig.store.setVm('HV', vmId(1), server);
        return Promise.resolve(server);
      },
    });
    rig.hosts.steps.replies = [leave];
    const pages = new FakePages();
    await checkTime({ ...rig.context, service }, rig.nodes, pages, rig.nodes.vm('HV', vmId(1)));
    assert.match(rig.hosts.steps.offered[0]?.[0]?.detail ?? '', /PowerShell Direct/);
    assert.equal(rig.hosts.steps.offered[0]?.[0]?.label, guestToo);
  });

  it('asks nothing where no guest could answer', async () => {
    const rig = makeRig({ HV: [off] });
    const { shown } = await checked(rig, 3);
    assert.deepEqual(rig.hosts.steps.asked, []);
    assert.match(shown[0]?.text ?? '', /because the virtual machine does not run\./);
  });

  it('asks Windows by PowerShell Direct and Linux by ssh, as whom the person says', async () => {
    const rig = makeRig({ HV: [server, web] });
    rig.hosts.steps.replies = [guestToo, 'anna'];
    rig.clocks.guest = ({ name }) => Promise.resolve(read(name === 'web' ? linux() : windows()));
    const { shown } = await checked(rig, 1, 2);
    assert.deepEqual(rig.hosts.steps.asked.slice(1), ['Check Time: User name for ssh at 10.0.0.7']);
    assert.deepEqual(
      rig.calls
        .filter(({ method }) => method === 'readGuestTime')
        .map(({ parameters: { name, kind, target } }) => [name, kind, target]),
      [
        ['srv', 'powershellDirect', undefined],
        ['web', 'ssh', { host: '10.0.0.7', user: 'anna' }],
      ],
    );
    assert.equal(calls(rig).filter((method) => method === 'readHostTime').length, 1);
    const { text: markdown = '', name } = shown[0] ?? {};
    assert.equal(name, 'Clocks of 2 virtual machines');
    assert.match(markdown, /^# The clocks of 2 virtual machines\n\n\| Virtual machine/);
    assert.match(markdown, /\| web \| HV \| The host \| no \| \+0\.004 s \(±0\.011 s\) \|/);
    // Several are a report; what to do is offered for one at a time.
    assert.deepEqual(rig.ui.offers, []);
  });

  it('lets a person say what a guest without data exchange did not', async () => {
    const mute = { ...web, guest: { ...web.guest, osName: null, addresses: [] } };
    const rig = makeRig({ HV: [mute] });
    rig.hosts.steps.replies = ['Ask as a Linux Guest…', 'not an address!', 'anna@10.1.1.1'];
    await checked(rig, 2);
    assert.deepEqual(rig.hosts.steps.refusals, ['This is not an address.']);
    rig.hosts.steps.replies = ['Ask as a Windows Guest'];
    await checked(rig, 2);
    rig.hosts.steps.replies = [hostOnly];
    await checked(rig, 2);
    assert.deepEqual(
      rig.calls
        .filter(({ method }) => method === 'readGuestTime')
        .map(({ parameters: { kind, target } }) => [kind, target]),
      [
        ['ssh', { host: '10.1.1.1', user: 'anna' }],
        ['powershellDirect', undefined],
      ],
    );
  });

  it('forgets a password first for whoever wants to sign in as somebody else', async () => {
    const rig = makeRig({ HV: [server] });
    rig.hosts.steps.replies = [hostOnly, 'Ask the Guest as Somebody Else'];
    // Where nothing is kept, there is nothing to forget.
    await checked(rig, 1);
    rig.hosts.keptGuests = { HV: [vmId(1)] };
    await checked(rig, 1);
    assert.deepEqual(
      rig.hosts.steps.offered.map((choices) => choices.map(({ label }) => label)),
      [
        [guestToo, hostOnly],
        [guestToo, 'Ask the Guest as Somebody Else', hostOnly],
      ],
    );
    assert.deepEqual(rig.hosts.forgottenGuests, [`HV/${vmId(1)}`]);
    assert.ok(calls(rig).includes('readGuestTime'));
  });

  it('may ask for one password for all guests of a command, and for no others', async () => {
    const second = { ...server, id: vmId(4), name: 'srv2' };
    const rig = makeRig({ HV: [server, second] });
    rig.hosts.steps.replies = [guestToo, guestToo];
    await checked(rig, 1, 4);
    await checked(rig, 1);
    const [first, other, later] = rig.occasions;
    assert.ok(first !== undefined && first === other);
    assert.notEqual(later, first);
  });

  it('asks for no other password after somebody gave none', async () => {
    const second = { ...server, id: vmId(4), name: 'srv2' };
    const rig = makeRig({ HV: [server, second] });
    rig.hosts.steps.replies = [guestToo];
    rig.clocks.guest = () => Promise.reject(new HyperVError('credentialMissing', 'none'));
    await checked(rig, 1, 4);
    assert.equal(calls(rig).filter((method) => method === 'readGuestTime').length, 1);
  });

  for (const [reason, words] of [
    ['signInRefused', /because it refused the sign-in\. Check the user and the key: sign in once with ssh/],
    ['hostUnreachable', /because it could not be reached\. Check its address, and that its SSH server runs/],
    ['hostKeyUnknown', /because it could not be reached\. This computer does not know its SSH key yet/],
    ['hostKeyChanged', /because it could not be reached\. It shows another SSH key than before\./],
    ['sshMissing', /because it could not be reached\. This computer has no ssh\./],
    ['timeout', /because it could not be reached\. It did not answer in time/],
    ['farPowershellMissing', /because the reading failed\. It has no program sh for this user\./],
    ['failed', /because the reading failed\. web reported a failure without a known cause\./],
  ] as const) {
    it(`says why the guest did not answer, in words for guests: ${reason}`, async () => {
      const rig = makeRig({ HV: [web] });
      rig.hosts.steps.replies = [guestToo, ''];
      rig.clocks.guest = () => Promise.reject(new HyperVError(reason, 'x'));
      assert.match((await checked(rig, 2)).shown[0]?.text ?? '', words);
    });
  }

  it('quotes what a host said about a guest, and tells how to sign in as somebody else', async () => {
    const rig = makeRig({ HV: [server] });
    rig.hosts.steps.replies = [guestToo, guestToo];
    rig.clocks.guest = () => Promise.reject(new HyperVError('failed', 'x', 'none', { hostMessage: '# [x](y) failed' }));
    assert.match((await checked(rig, 1)).shown[0]?.text ?? '', /because the reading failed\. `# \[x\]\(y\) failed`/);
    rig.clocks.guest = () => Promise.reject(new HyperVError('signInRefused', 'x'));
    assert.match(
      (await checked(rig, 1)).shown[0]?.text ?? '',
      /refused the sign-in\. Check again, and give another user name or password/,
    );
  });

  it('names a few of many addresses', async () => {
    const many = [1, 2, 3, 4, 5].map((number) => ({
      ...web,
      id: vmId(number),
      guest: { ...web.guest, addresses: [`10.0.0.${number}`] },
    }));
    const rig = makeRig({ HV: many });
    rig.hosts.steps.replies = [guestToo, leave];
    await checked(rig, 1, 2, 3, 4, 5);
    assert.equal(rig.hosts.steps.asked[1], 'Check Time: User name for ssh at 10.0.0.1, 10.0.0.2, 10.0.0.3 and 2 more');
  });

  it('says so when the host does not answer either', async () => {
    const rig = makeRig({ HV: [server] });
    rig.hosts.steps.replies = [guestToo];
    rig.clocks.host = () => Promise.reject(new HyperVError('sessionLost', 'gone'));
    assert.match(
      (await checked(rig, 1)).shown[0]?.text ?? '',
      /Unknown whom the host follows, because it could not be asked\./,
    );
  });

  it('shows no half of a page when somebody cancels', async () => {
    const rig = makeRig({ HV: [server, web] });
    rig.hosts.steps.replies = [hostOnly];
    rig.ui.cancelAt = /1 of 2/;
    assert.deepEqual((await checked(rig, 1, 2)).shown, []);
  });

  it('works from the row of the service, and from the palette', async () => {
    const rig = makeRig({ HV: [server] });
    rig.hosts.steps.replies = [hostOnly, hostOnly];
    rig.ui.choices = ['srv'];
    const pages = new FakePages();
    await checkTime(rig.context, rig.nodes, pages, rig.nodes.service('HV', vmId(1), 'timeSynchronization'));
    await checkTime(rig.context, rig.nodes, pages);
    assert.equal(pages.shown.length, 2);
  });
});

describe('After Check Time', () => {
  const alone = linux({ chrony: { reference: 'ntp.example', stratum: 3, synchronized: true }, sources: [] });

  it('nothing happens unless a person takes what is offered', async () => {
    const rig = makeRig({ HV: [web] });
    rig.hosts.steps.replies = [guestToo, ''];
    rig.clocks.guest = () => Promise.resolve(read(alone));
    await checked(rig, 2);
    assert.deepEqual(rig.ui.offers, [
      {
        message: 'Who sets the clock of web: A time server',
        buttons: ['Copy chrony Line'],
      },
    ]);
    assert.deepEqual(calls(rig), ['readHealth', 'readHostTime', 'readGuestTime']);
  });

  it('nothing is offered where nothing is wrong', async () => {
    const rig = makeRig({ HV: [server] });
    rig.hosts.steps.replies = [guestToo];
    assert.match((await checked(rig, 1)).shown[0]?.text ?? '', /Nothing has to be done\./);
    assert.deepEqual(rig.ui.offers, []);
  });

  it('the line for chrony can be copied', async () => {
    const rig = makeRig({ HV: [web] });
    rig.hosts.steps.replies = [guestToo, ''];
    rig.clocks.guest = () => Promise.resolve(read(alone));
    rig.ui.presses = ['Copy chrony Line'];
    assert.equal((await checked(rig, 2)).shown.length, 1);
    assert.deepEqual(rig.ui.copied, [chronyLine]);
  });

  it('the clock can be set, after a question, and is read again', async () => {
    const rig = makeRig({ HV: [server] });
    rig.hosts.steps.replies = [guestToo];
    rig.clocks.guest = () => Promise.resolve({ ...read(windows()), offset: { offsetMs: -9_000, uncertaintyMs: 10 } });
    rig.ui.presses = ['Set the Clock'];
    rig.ui.agrees = [true];
    const { shown } = await checked(rig, 1);
    assert.match(rig.ui.confirmations[0]?.detail ?? '', /w32tm \/resync/);
    assert.deepEqual(
      calls(rig).filter((method) => method.endsWith('GuestTime')),
      ['readGuestTime', 'syncGuestTime', 'readGuestTime'],
    );
    assert.equal(shown.length, 2);
    assert.equal(shown[0]?.id, shown[1]?.id);
    // That it was told to is one thing, what was measured then another.
    assert.deepEqual(rig.ui.mentioned, ['srv was told to set its clock.']);
    assert.match(rig.ui.offers[1]?.message ?? '', /^The clock of srv still differs from that of its host: -9\.000 s\./);
    // Nobody is asked for the same permission twice.
    assert.equal(rig.hosts.steps.asked.length, 1);
  });

  it('what was measured after the clock was set is told, also where nothing is left to do', async () => {
    const rig = makeRig({ HV: [server] });
    const offsets = [-9_000, 40];
    rig.clocks.guest = () =>
      Promise.resolve({ ...read(windows()), offset: { offsetMs: offsets.shift() ?? 0, uncertaintyMs: 10 } });
    rig.hosts.steps.replies = [guestToo];
    rig.ui.presses = ['Set the Clock'];
    rig.ui.agrees = [true];
    await checked(rig, 1);
    assert.equal(rig.ui.mentioned[1], 'The clock of srv agrees with that of its host now: +0.040 s');
    assert.equal(rig.ui.offers.length, 1);
  });

  it('nothing is claimed of a clock that could not be measured after it was set', async () => {
    const rig = makeRig({ HV: [server] });
    const answers = [{ ...read(windows()), offset: { offsetMs: -9_000, uncertaintyMs: 10 } }];
    rig.clocks.guest = () => {
      const answer = answers.shift();
      return answer === undefined ? Promise.reject(new HyperVError('timeout', 'x')) : Promise.resolve(answer);
    };
    rig.hosts.steps.replies = [guestToo];
    rig.ui.presses = ['Set the Clock'];
    rig.ui.agrees = [true];
    await checked(rig, 1);
    assert.match(rig.ui.mentioned[1] ?? '', /^It is not known whether the clock of srv was set/);
  });

  it('the clock is measured only when a service that was enabled has found its guest', async () => {
    const off = withService(server, 'timeSynchronization', { enabled: false });
    const rig = makeRig({ HV: [off] });
    rig.hosts.steps.replies = [guestToo];
    rig.clocks.guest = () =>
      Promise.resolve(read(windows({ clientType: 'none', source: { kind: 'local' }, unsynchronized: true })));
    rig.behave = (_, vm) => withService(vm, 'timeSynchronization', { enabled: true, status: 'noContact' });
    rig.ui.presses = ['Enable Service'];
    await checked(rig, 1);
    const readings = (): number => calls(rig).filter((method) => method === 'readGuestTime').length;
    assert.equal(readings(), 1);
    await rig.clock.advance(1_000);
    assert.equal(readings(), 1);
    rig.store.setVm('HV', vmId(1), server);
    await rig.clock.advance(1_000);
    await settled();
    assert.equal(readings(), 2);
  });

  it('the rule for udev can be copied, and the service of a guest that follows nobody be enabled', async () => {
    const rig = makeRig({ HV: [web, withService({ ...web, id: vmId(5) }, 'timeSynchronization', { enabled: false })] });
    rig.hosts.steps.replies = [guestToo, '', guestToo, ''];
    rig.clocks.guest = () =>
      Promise.resolve(read(linux({ daemons: [], chrony: null, sources: [], stableName: false, synchronized: false })));
    rig.ui.presses = ['Copy udev Rule'];
    await checked(rig, 2);
    assert.deepEqual([rig.ui.copied, rig.ui.mentioned], [[udevLine], [`Copied: ${udevLine}`]]);
    rig.ui.presses = ['Enable Service'];
    await checked(rig, 5);
    assert.deepEqual(
      rig.calls.filter(({ method }) => method === 'service.set').map(({ parameters }) => parameters),
      [{ id: vmId(5), service: 'timeSynchronization', enabled: true }],
    );
  });

  it('the clock is left alone when the person does not agree, and a refusal of the guest is told', async () => {
    const rig = makeRig({ HV: [server] });
    rig.hosts.steps.replies = [guestToo, guestToo];
    rig.clocks.guest = () => Promise.resolve({ ...read(windows()), offset: { offsetMs: -9_000, uncertaintyMs: 10 } });
    rig.ui.presses = ['Set the Clock'];
    await checked(rig, 1);
    assert.ok(!calls(rig).includes('syncGuestTime'));
    rig.ui.presses = ['Set the Clock'];
    rig.ui.agrees = [true];
    rig.clocks.sync = () => Promise.resolve({ exitCode: 1, text: '\nsudo: a password is required\n' });
    await checked(rig, 1);
    assert.deepEqual(
      rig.ui.errors.map(({ message }) => message),
      ['The clock of srv was not set. It says: sudo: a password is required'],
    );
  });

  it('the service can be disabled and enabled, and a half of that is told', async () => {
    const rig = makeRig({ HV: [server] });
    const late = { ...read(windows()), offset: { offsetMs: -90_000, uncertaintyMs: 10 } };
    rig.hosts.steps.replies = [guestToo, guestToo];
    rig.clocks.guest = () => Promise.resolve(late);
    rig.clocks.host = () => Promise.resolve(hostClock({ wokeAtMs: hostClock().nowMs - 60_000 }));
    rig.ui.presses = ['Disable and Enable'];
    await checked(rig, 1);
    const changes = (): unknown[] =>
      rig.calls.filter(({ method }) => method === 'service.set').map(({ parameters }) => parameters['enabled']);
    assert.deepEqual(changes(), [false, true]);
    rig.ui.presses = ['Disable and Enable'];
    rig.behave = ({ parameters }, vm) => {
      if (parameters['enabled'] === true) throw new HyperVError('sessionLost', 'gone');
      return vm;
    };
    await checked(rig, 1);
    assert.match(rig.ui.errors[0]?.message ?? '', /^Time Synchronization of srv is disabled now\. /);
  });

  it('the service is disabled by the command that is there for it', async () => {
    const rig = makeRig({ HV: [server] });
    rig.hosts.steps.replies = [guestToo];
    rig.clocks.guest = () => Promise.resolve(read(windows({ clientType: 'domain', domainRole: 4, build: 9_600 })));
    rig.ui.presses = ['Disable Service'];
    await checked(rig, 1);
    assert.deepEqual(
      rig.calls.filter(({ method }) => method === 'service.set').map(({ parameters }) => parameters),
      [{ id: vmId(1), service: 'timeSynchronization', enabled: false }],
    );
  });
});
