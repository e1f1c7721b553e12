import assert from 'node:assert/strict';
import { addHost, editHost } from '../../../src/commands/hosts/addHost';
import { forgetGuestPassword } from '../../../src/commands/hosts/forgetGuestPassword';
import { forgetPassword, moveHost, removeHost } from '../../../src/commands/hosts/manage';
import { problemsMessage } from '../../../src/commands/hosts/problemTexts';
import { back } from '../../../src/commands/hosts/stepsUi';
import { testConnection } from '../../../src/commands/hosts/testRun';
import { HyperVError } from '../../../src/domain/errors';
import { inOrder } from '../../../src/hyperv/hostOrder';
import { parseHostsSetting } from '../../../src/hyperv/hostsSetting';
import { makeRig } from '../../support/commandRig';
import type { Rig } from '../../support/commandRig';
import type { FakeHosts } from '../../support/fakeHosts';
import { leave } from '../../support/fakeSteps';
import type { FakeSteps, Reply } from '../../support/fakeSteps';
import { assertGolden } from '../../support/golden';
import { settled } from '../../support/manualClock';
import { makeVm, vmId } from '../../support/vms';

/** A window whose settings name these hosts, and which shows them. */
function setUp(list?: readonly unknown[]): Rig & { steps: FakeSteps } {
  const rig = makeRig({ PC: [] });
  rig.hosts.list = list;
  const remote = parseHostsSetting(list).hosts.map(({ definition }) => definition);
  rig.store.arrange(inOrder([...rig.store.hosts().map(({ definition }) => definition), ...remote]));
  return Object.assign(rig, { steps: rig.hosts.steps });
}

const lab = { kind: 'ssh', host: 'lab01', user: 'admin' } as const;
const hv02 = { kind: 'winrm', host: 'hv02', configurationName: 'Lab' } as const;
const row = (hostId: string) => ({ kind: 'host', id: `host/${hostId}`, hostId }) as const;

function finds(hosts: FakeHosts, error: HyperVError | undefined, fingerprint?: string): void {
  hosts.find = (onStep) => {
    onStep({ step: 'port', outcome: 'running' });
    onStep({ step: 'port', outcome: 'passed', fact: 'lab01:22' });
    onStep({ step: 'signIn', outcome: 'running' });
    if (error === undefined) onStep({ step: 'signIn', outcome: 'passed' });
    else
      onStep({
        step: 'signIn',
        outcome: 'failed',
        error,
        remedy: 'ssh -- lab01',
        ...(fingerprint !== undefined && { fingerprint }),
      });
    return Promise.resolve();
  };
}

const labelsOf = ({ steps }: { steps: FakeSteps }): string[] =>
  (steps.lists.at(-1)?.rows ?? []).map(({ label }) => label);

describe('Add Host', () => {
  it('asks one thing after the other, tests the way, and writes one entry', async () => {
    const rig = setUp([hv02]);
    rig.steps.replies = ['SSH', 'lab01', 'admin', '2222', 'Continue', 'Lab'];
    await addHost(rig.context);
    assert.deepEqual(rig.hosts.list, [hv02, { kind: 'ssh', host: 'lab01', user: 'admin', port: 2222, name: 'Lab' }]);
    assert.deepEqual(
      rig.hosts.tested.map(({ id }) => id),
      ['ssh:admin@lab01:2222'],
    );
    assertGolden('unit/commands/golden/addHost.txt', `${rig.steps.asked.join('\n')}\n`);
    assert.deepEqual(rig.steps.canGoBack, [false, true, true, true, true, true]);
  });

  it('takes a pasted address apart and leaves out what was left empty', async () => {
    const rig = setUp();
    rig.steps.replies = ['SSH', ' admin@lab01:2222 ', 'admin', '2222', 'Continue', ''];
    await addHost(rig.context);
    assert.deepEqual(rig.steps.values, ['', 'admin', '2222', '']);
    assert.deepEqual(rig.hosts.list, [{ ...lab, port: 2222 }]);
    const plain = setUp();
    plain.steps.replies = ['SSH', 'lab01', '', '', 'Continue', ''];
    await addHost(plain.context);
    assert.deepEqual(plain.hosts.list, [{ kind: 'ssh', host: 'lab01' }]);
  });

  it('offers the names of the ssh configuration for SSH only', async () => {
    const rig = setUp();
    rig.hosts.aliases = ['lab01', 'lab02'];
    rig.steps.replies = ['SSH', back, 'WinRM', leave];
    await addHost(rig.context);
    assert.deepEqual(rig.steps.suggestions, [['lab01', 'lab02'], []]);
  });

  it('asks for HTTPS where the way is WinRM', async () => {
    const rig = setUp();
    rig.steps.replies = ['WinRM', 'hv03', 'EXAMPLE\\anna', 'HTTPS', '', 'Continue', ''];
    await addHost(rig.context);
    assert.deepEqual(rig.hosts.list, [{ kind: 'winrm', host: 'hv03', user: 'EXAMPLE\\anna', useSsl: true }]);
    assert.ok(rig.steps.asked.every((asked, index) => asked.includes(`${index + 1}/${index === 0 ? 6 : 7}:`)));
  });

  it('shows WinRM on other systems as not available, with the reason, and does not take it', async () => {
    const rig = setUp();
    rig.hosts.platform = 'linux';
    rig.steps.replies = ['WinRM', 'SSH', leave];
    await addHost(rig.context);
    const winrm = rig.steps.offered[0]?.[1];
    assert.deepEqual([winrm?.isOut, winrm?.description], [true, 'not available here']);
    assert.match(winrm?.detail ?? '', /from Windows to Windows only/);
    assert.deepEqual(rig.steps.refusals, ['WinRM']);
    assert.match(rig.steps.asked.at(-1) ?? '', /2\/6: Name or address/);
  });

  it('says in the field what is wrong with it, and a host that is there already is not added twice', async () => {
    const rig = setUp([{ ...lab, port: 22, name: 'Mine' }]);
    rig.steps.replies = ['SSH', '', '-x', 'lab01', 'a b', 'admin', '0', '22', '23', 'Continue', 'a\nb', 'ok'];
    await addHost(rig.context);
    assert.deepEqual(rig.steps.refusals, [
      'Enter the name or the address of a computer, such as lab01 or admin@lab01:22.',
      'Enter the name or the address of a computer, such as lab01 or admin@lab01:22.',
      'Enter the name of a user, such as admin, admin@example.com or EXAMPLE\\admin.',
      'Enter a whole number from 1 to 65535.',
      'This host is in the view already: Mine. Go back to change its address.',
      'Enter at most 100 characters on one line.',
    ]);
    assert.equal((rig.hosts.list as unknown[]).length, 2);
  });

  for (const at of [0, 1, 2, 3, 4, 5]) {
    it(`leaves no trace when it is left at question ${at + 1}`, async () => {
      const rig = setUp();
      rig.steps.replies = (['SSH', 'lab01', '', '', 'Continue', ''] as Reply[]).with(at, leave);
      await addHost(rig.context);
      assert.equal(rig.steps.asked.length, at + 1);
      assert.equal(rig.hosts.list, undefined);
      assert.deepEqual([rig.ui.errors, rig.ui.told, rig.ui.mentioned], [[], [], []]);
    });
  }

  it('cancels a test that is under way when it is left, and when a person goes back', async () => {
    for (const reply of [leave, back] as const) {
      const rig = setUp();
      rig.hosts.find = () => new Promise(() => undefined);
      rig.steps.replies = ['SSH', 'lab01', '', '', { whileBusy: reply }, leave];
      await addHost(rig.context);
      assert.equal(rig.hosts.signal.aborted, true);
      assert.equal(rig.steps.lists[0]?.closed, true);
      assert.equal(rig.steps.asked.length, reply === back ? 6 : 5);
      assert.equal(rig.hosts.list, undefined);
    }
  });

  it('goes back with all that was answered', async () => {
    const rig = setUp();
    rig.steps.replies = ['SSH', 'lab01', 'admin', back, back, 'lab02', 'admin', '', back, '', 'Continue', ''];
    await addHost(rig.context);
    assert.deepEqual(rig.steps.values, ['', '', '', 'admin', 'lab01', 'admin', '', '', '']);
    assert.deepEqual(rig.hosts.list, [{ ...lab, host: 'lab02' }]);
  });

  it('lets a person add a host whose test failed, or go on without waiting for it', async () => {
    const failing = setUp();
    finds(failing.hosts, new HyperVError('signInRefused', 'x'));
    failing.steps.replies = ['SSH', 'lab01', 'admin', '', 'Add Anyway', ''];
    await addHost(failing.context);
    assert.deepEqual(failing.hosts.list, [lab]);
    const slow = setUp();
    slow.hosts.find = () => new Promise(() => undefined);
    slow.steps.replies = ['SSH', 'lab01', 'admin', '', { whileBusy: 'Continue Without Waiting' }, ''];
    await addHost(slow.context);
    assert.deepEqual(slow.hosts.list, [lab]);
    assert.equal(slow.hosts.signal.aborted, true);
  });

  it('takes no address that only the other kind can have, and no port that was meant for the other kind', async () => {
    const rig = setUp();
    rig.steps.replies = [
      'SSH',
      'lab01:22',
      '',
      '22',
      back,
      back,
      back,
      back,
      'WinRM',
      'fe80:::1',
      'lab01',
      '',
      'HTTP',
      '',
    ];
    await addHost(rig.context);
    assert.equal(rig.steps.refusals.length, 1);
    assert.equal(rig.steps.values.at(-1), '');
    assert.equal(rig.hosts.tested.at(-1)?.id, 'winrm:lab01');
  });

  it('makes room for a password while it tests, and keeps none for a host that is not added', async () => {
    for (const leaves of [true, false]) {
      const rig = setUp();
      rig.hosts.find = async (_onStep, _signal, aside) => {
        await aside(() => Promise.resolve('password'));
      };
      rig.steps.replies = ['WinRM', 'hv03', '', 'HTTP', '', leaves ? leave : 'Continue', ''];
      await addHost(rig.context);
      assert.equal(rig.steps.lists[0]?.asides, 1);
      assert.deepEqual(rig.hosts.forgotten, leaves ? ['winrm:hv03'] : []);
    }
  });

  it('adds nothing when another window has added the same host meanwhile', async () => {
    const rig = setUp();
    rig.hosts.find = () => {
      rig.hosts.list = [{ ...lab, name: 'Theirs' }];
      return Promise.resolve();
    };
    rig.steps.replies = ['SSH', 'lab01', 'admin', '', 'Continue', ''];
    await addHost(rig.context);
    assert.deepEqual(rig.hosts.list, [{ ...lab, name: 'Theirs' }]);
  });

  it('tells when the settings cannot be written, and tries again what was typed', async () => {
    const rig = setUp();
    rig.steps.replies = ['SSH', 'lab01', 'admin', '', 'Continue', ''];
    rig.hosts.failures = [new Error('The file has mistakes.'), new Error('Still.')];
    rig.ui.presses = ['Open Settings', 'Retry', 'Retry'];
    await addHost(rig.context);
    await settled();
    assert.equal(rig.hosts.opened, 1);
    assert.match(rig.ui.errors[0]?.message ?? '', /so the hosts stay as they were\. The file has mistakes\./);
    assert.equal(rig.ui.errors.length, 3);
    assert.deepEqual(rig.hosts.list, [lab]);
  });

  it('never writes over a setting that is no list', async () => {
    const rig = setUp();
    rig.hosts.list = { host: 'lab01' };
    rig.steps.replies = ['SSH', 'lab02', '', '', 'Continue', ''];
    await addHost(rig.context);
    assert.deepEqual(rig.hosts.list, { host: 'lab01' });
    assert.match(rig.ui.errors[0]?.message ?? '', /not a list/);
  });
});

describe('Edit Host', () => {
  it('asks the same with the answers filled in, and keeps what is written by hand', async () => {
    const rig = setUp([hv02, { ...lab, port: 22, configFile: '/etc/lab', name: 'Lab' }]);
    rig.steps.replies = ['SSH', 'lab01', 'admin', '', 'Continue', 'Renamed'];
    await editHost(rig.context, row('ssh:admin@lab01:22'));
    assert.deepEqual(rig.steps.values, ['lab01', 'admin', '22', 'Lab']);
    assert.deepEqual(rig.hosts.list, [hv02, { ...lab, configFile: '/etc/lab', name: 'Renamed' }]);
    assert.match(rig.steps.asked[0] ?? '', /^Edit Host Lab 1\/6/);
  });

  it('accepts the own address, offers hosts of the settings from the palette, and says Save Anyway', async () => {
    const rig = setUp([lab, hv02]);
    rig.ui.choices = ['hv02'];
    finds(rig.hosts, new HyperVError('timeout', 'x'));
    rig.steps.replies = ['WinRM', 'hv02', '', 'HTTPS', '', 'Save Anyway', ''];
    await editHost(rig.context);
    assert.deepEqual(rig.ui.picks[0]?.labels, ['lab01', 'hv02']);
    assert.deepEqual(rig.hosts.list, [lab, { ...hv02, useSsl: true }]);
  });
});

describe('The password of a host', () => {
  it('is forgotten when the host gets another address, and stays when it does not', async () => {
    const rig = setUp([hv02]);
    rig.steps.replies = ['WinRM', 'hv02', '', 'HTTPS', '', 'Continue', 'Mine'];
    await editHost(rig.context, row('winrm:hv02'));
    assert.deepEqual(rig.hosts.forgotten, []);
    rig.steps.replies = ['WinRM', 'hv03', '', 'HTTP', '', 'Continue', ''];
    await editHost(rig.context, row('winrm:hv02'));
    assert.deepEqual(rig.hosts.forgotten, ['winrm:hv02']);
  });

  it('is forgotten with the host, but not before its entry has left the settings', async () => {
    const rig = setUp([lab, hv02]);
    rig.ui.agrees = [true];
    rig.hosts.failures = [new Error('The file has mistakes.')];
    rig.ui.presses = ['Retry'];
    const forgottenWith: unknown[] = [];
    rig.hosts.onForget = () => forgottenWith.push(rig.hosts.list);
    await removeHost(rig.context, row('winrm:hv02'));
    await settled();
    assert.deepEqual([rig.hosts.forgotten, forgottenWith], [['winrm:hv02'], [[lab]]]);
  });

  it('that cannot be forgotten is noted in the log, and the host is removed all the same', async () => {
    const rig = setUp([hv02]);
    rig.ui.agrees = [true];
    rig.hosts.onForget = () => {
      throw new Error('no keyring');
    };
    await removeHost(rig.context, row('winrm:hv02'));
    assert.deepEqual(rig.hosts.list, []);
    assert.equal(rig.logged.length, 1);
  });
});

describe('Remove Host', () => {
  it('names the host, says that nothing on it changes, and takes its entry away', async () => {
    const rig = setUp([lab, hv02]);
    await removeHost(rig.context, row('ssh:admin@lab01'));
    assert.deepEqual(rig.hosts.list, [lab, hv02]);
    rig.ui.agrees = [true];
    await removeHost(rig.context, row('ssh:admin@lab01'));
    assert.deepEqual(rig.hosts.list, [hv02]);
    assert.equal(rig.ui.confirmations[0]?.message, 'Remove lab01 from the view?');
    assert.match(rig.ui.confirmations[0].detail, /nothing is changed/);
  });

  it('takes several at once, and never this computer', async () => {
    const rig = setUp([lab, hv02]);
    rig.ui.agrees = [true];
    const rows = [row('PC'), row('ssh:admin@lab01'), row('winrm:hv02')];
    await removeHost(rig.context, rows[0], rows);
    assert.deepEqual(rig.hosts.list, []);
    assert.match(rig.ui.confirmations[0]?.detail ?? '', /^lab01\nhv02\n/);
  });

  it('says from the palette when the settings name no host', async () => {
    const rig = setUp();
    await removeHost(rig.context);
    assert.match(rig.ui.told[0] ?? '', /Add Host…/);
  });
});

describe('Move Host Up and Down', () => {
  it('change places with the neighbour, and offer from the palette only hosts that can go there', async () => {
    const rig = setUp([lab, hv02]);
    await moveHost(rig.context, 1, row('ssh:admin@lab01'));
    assert.deepEqual(rig.hosts.list, [hv02, lab]);
    const other = setUp([lab, hv02]);
    other.ui.choices = ['hv02'];
    await moveHost(other.context, -1);
    assert.deepEqual(other.ui.picks[0]?.labels, ['hv02']);
    assert.deepEqual(other.hosts.list, [hv02, lab]);
  });

  it('do nothing at the ends', async () => {
    const rig = setUp([lab, hv02]);
    await moveHost(rig.context, -1, row('ssh:admin@lab01'));
    await moveHost(rig.context, 1, row('winrm:hv02'));
    assert.deepEqual(rig.hosts.list, [lab, hv02]);
  });
});

describe('Forget Password', () => {
  it('forgets that of a host by WinRM, and of no other', async () => {
    const rig = setUp([lab, hv02]);
    await forgetPassword(rig.context, row('ssh:admin@lab01'), [row('ssh:admin@lab01'), row('winrm:hv02')]);
    assert.deepEqual(rig.hosts.forgotten, ['winrm:hv02']);
    assert.deepEqual(rig.ui.mentioned, ['No password is kept for hv02.']);
  });
});

describe('Forget Guest Password', () => {
  const guests = {
    HV1: [makeVm({ id: vmId(1), name: 'DC01' }), makeVm({ id: vmId(2), name: 'web' })],
    HV2: [makeVm({ id: vmId(3), name: 'sql' })],
  };

  it('forgets those of the rows it was called on, each once', async () => {
    const rig = makeRig(guests);
    const rows = [rig.nodes.vm('HV1', vmId(1)), rig.nodes.vm('HV2', vmId(3)), rig.nodes.vm('HV1', vmId(1))];
    await forgetGuestPassword(rig.context, rows[0], rows);
    assert.deepEqual(rig.hosts.forgottenGuests, [`HV1/${vmId(1)}`, `HV2/${vmId(3)}`]);
    assert.deepEqual(rig.ui.mentioned, ['No password is kept for these 2 virtual machines.']);
    await forgetGuestPassword(rig.context, rig.nodes.vm('HV1', vmId(2)));
    assert.equal(rig.ui.mentioned[1], 'No password is kept for web.');
  });

  it('lists what is kept when it was called on nothing, also of a virtual machine that is gone', async () => {
    const rig = makeRig(guests);
    rig.hosts.keptGuests = { HV1: [vmId(1), vmId(9)], HV2: [vmId(3)] };
    rig.ui.choices = [vmId(9)];
    await forgetGuestPassword(rig.context);
    assert.deepEqual(rig.ui.picks[0]?.labels, ['All 3 Passwords of Guests', 'HV1/DC01', `HV1/${vmId(9)}`, 'HV2/sql']);
    assert.deepEqual(rig.hosts.forgottenGuests, [`HV1/${vmId(9)}`]);
    rig.ui.choices = ['All 3 Passwords of Guests'];
    await forgetGuestPassword(rig.context);
    assert.equal(rig.hosts.forgottenGuests.length, 4);
  });

  it('forgets nothing when the person leaves, and says so when nothing is kept', async () => {
    const rig = makeRig(guests);
    await forgetGuestPassword(rig.context);
    rig.hosts.keptGuests = { HV1: [vmId(1)] };
    await forgetGuestPassword(rig.context);
    assert.deepEqual([rig.ui.told, rig.hosts.forgottenGuests], [['No password of a guest is kept.'], []]);
    assert.deepEqual(rig.ui.picks[0]?.labels, ['HV1/DC01']);
  });
});

describe('Test Connection', () => {
  it('shows each step as it comes, in words as well as pictures', async () => {
    const rig = setUp([lab]);
    finds(rig.hosts, undefined);
    const shown: string[] = [];
    rig.steps.replies = [leave];
    const list = rig.steps.list.bind(rig.steps);
    rig.steps.list = (head, placeholder) => {
      const made = list<unknown>(head, placeholder);
      const show = made.show.bind(made);
      made.show = (rows, busy, active) => {
        const lines = rows.map(({ icon, label, description = '' }) => `[${icon}] ${label} ${description}`.trimEnd());
        shown.push([busy ? 'busy' : `at rest, Enter is for: ${rows[active ?? 0]?.label ?? ''}`, ...lines].join('\n  '));
        show(rows, busy, active);
      };
      return made as never;
    };
    await testConnection(rig.context, row('ssh:admin@lab01'));
    assertGolden('unit/commands/golden/testConnection.txt', `${shown.join('\n')}\n`);
  });

  it('copies what helps when a failed row is accepted or its button is pressed', async () => {
    const rig = setUp([lab]);
    finds(rig.hosts, new HyperVError('signInRefused', 'x'));
    rig.steps.replies = ['Sign-in', { press: 'ssh -- lab01' }, 'Port', leave];
    await testConnection(rig.context, row('ssh:admin@lab01'));
    assert.deepEqual(rig.ui.copied, ['ssh -- lab01', 'ssh -- lab01']);
    assert.equal(rig.steps.lists[0]?.active, 'Sign-in');
  });

  it('shows the fingerprint of an unknown key, leads to a terminal, and tests again', async () => {
    const rig = setUp([lab]);
    finds(rig.hosts, new HyperVError('hostKeyUnknown', 'x'), 'SHA256:abc');
    rig.steps.replies = ['Sign In Once in a Terminal…', 'Test Again', leave];
    await testConnection(rig.context, row('ssh:admin@lab01'));
    const signIn = rig.steps.lists[0]?.rows.find(({ label }) => label.startsWith('Sign In Once'));
    assert.match(signIn?.detail ?? '', /SHA256:abc/);
    assert.equal(rig.steps.lists[0]?.active, 'Sign In Once in a Terminal…');
    assert.deepEqual(
      rig.hosts.signedIn.map(({ id }) => id),
      ['ssh:admin@lab01'],
    );
    assert.equal(rig.hosts.tested.length, 2);
    assert.ok(!labelsOf(rig).includes('Continue'));
  });

  it('says why the test itself could not be run, and writes it to the log', async () => {
    const rig = setUp([lab]);
    rig.hosts.find = () => Promise.reject(new Error('no bundle'));
    rig.steps.replies = [leave];
    await testConnection(rig.context, row('ssh:admin@lab01'));
    const [fault] = rig.steps.lists[0]?.rows ?? [];
    assert.deepEqual([fault?.label, fault?.detail], ['The test could not be run.', 'no bundle']);
    assert.equal(rig.logged.length, 1);
  });

  it('shows nothing of a run that was left for another one', async () => {
    const rig = setUp([lab]);
    const late: (() => void)[] = [];
    let end: () => void = () => undefined;
    rig.hosts.find = (onStep) => {
      late.push(() => {
        onStep({ step: 'clock', outcome: 'passed' });
      });
      return late.length === 1
        ? Promise.resolve()
        : new Promise((resolve) => {
            end = resolve;
          });
    };
    rig.steps.replies = ['Test Again'];
    const testing = testConnection(rig.context, row('ssh:admin@lab01'));
    while (late.length < 2) await settled();
    late[0]?.();
    assert.ok(!labelsOf(rig).includes('Clock'));
    late[1]?.();
    assert.ok(labelsOf(rig).includes('Clock'));
    end();
    await testing;
  });
});

describe('What is told of wrong entries', () => {
  it('names the entry, the field and what is allowed', () => {
    const { problems } = parseHostsSetting([
      7,
      { kind: 'telnet', host: 'lab01' },
      { kind: 'ssh', host: 'a b' },
      { ...lab, user: '' },
      { ...lab, port: '22' },
      { ...lab, configFile: 'x' },
      { ...hv02, useSsl: 'yes' },
      { ...hv02, configurationName: '-' },
      { ...lab, name: '' },
      { ...lab, prot: 22 },
      lab,
      { ...lab, name: 'again' },
    ]);
    const texts = [...problems, { kind: 'notAList' } as const].map((problem) => problemsMessage([problem]));
    assertGolden('unit/commands/golden/hostsProblems.txt', `${texts.join('\n')}\n\n${problemsMessage(problems)}\n`);
  });
});
