import assert from 'node:assert/strict';
import { skipUnless } from '../support/skip';
import { useLab } from './support/lab';
import { killSessions } from './support/sessions';
import { setShutdownDeadline } from './support/settings';
import { hosts, refreshHost, run, serviceNode, until, vm, vmNode } from './support/window';

/** The shortest that the setting allows. */
const shortDeadlineSeconds = 5;
/** Processes of this extension host are found in /proc. */
const canKillSessions = process.platform === 'linux';

describe('Shut Down', () => {
  const lab = useLab();

  /** What the progress with that number has shown so far. */
  function messages(index: number): string {
    return lab.prompts.progress[index]?.messages.join('\n') ?? '';
  }

  it('waits in sight until the host says that the VM is off', async () => {
    await run('shutDown', vmNode('polite'));
    assert.equal(vm(lab.api, 'polite').state, 'off');
    assert.deepEqual(lab.prompts.shown, []);
    const [progress] = lab.prompts.progress;
    assert.equal(progress?.title, 'Shutting down polite on LIVE');
    assert.match(progress.messages.join('\n'), /\d+ s, the guest was asked, \w+/);
  });

  it('says why a guest without a shutdown service cannot be asked', async () => {
    await run('shutDown', vmNode('silent'));
    assert.equal(vm(lab.api, 'silent').state, 'running');
    const [error] = lab.prompts.shown;
    assert.equal(error?.kind, 'error');
    assert.match(error.message, /^silent was not shut down\./);
    assert.deepEqual(error.buttons, ['Show Log']);
  });

  it('leaves a locked guest running when a person wants that', async () => {
    lab.prompts.answer = () => 'Keep It Running';
    await run('shutDown', vmNode('locked'));
    assert.equal(vm(lab.api, 'locked').state, 'running');
    // An error, as VS Code takes other notifications away after some seconds, answered or not.
    assert.deepEqual(
      lab.prompts.shown.map(({ kind, buttons }) => [kind, buttons]),
      [['error', ['Shut Down Anyway', 'Keep It Running']]],
    );
  });

  it('takes a question that was closed for "keep it running"', async () => {
    await run('shutDown', vmNode('locked'));
    assert.equal(vm(lab.api, 'locked').state, 'running');
  });

  it('shuts a locked guest down anyway when a person chose so', async () => {
    lab.prompts.answer = () => 'Shut Down Anyway';
    await run('shutDown', vmNode('locked'));
    assert.equal(vm(lab.api, 'locked').state, 'off');
  });

  it('asks at the deadline and, left alone, leaves the VM running and the request standing', async () => {
    await setShutdownDeadline(shortDeadlineSeconds);
    lab.prompts.answer = () => 'Leave It';
    await run('shutDown', vmNode('deaf'));
    assert.equal(vm(lab.api, 'deaf').state, 'running');
    const [question, farewell] = lab.prompts.shown;
    assert.equal(question?.kind, 'error');
    assert.deepEqual(question.buttons, ['Keep Waiting', 'Turn Off…', 'Leave It']);
    assert.match(farewell?.message ?? '', /request to shut down stands/);
  });

  it('waits on when asked to, and turns off only through the question of Turn Off', async () => {
    await setShutdownDeadline(shortDeadlineSeconds);
    let deadlines = 0;
    lab.prompts.answer = ({ kind, buttons }) => {
      if (kind === 'modal') return buttons[0];
      deadlines += 1;
      return deadlines === 1 ? 'Keep Waiting' : 'Turn Off…';
    };
    await run('shutDown', vmNode('deaf'));
    assert.equal(deadlines, 2);
    assert.equal(lab.prompts.shown.at(-1)?.kind, 'modal');
    await until(() => vm(lab.api, 'deaf').state === 'off', 'the VM is off');
  });

  it('says, when cancelled, that the request stands', async () => {
    const done = run('shutDown', vmNode('deaf'));
    await until(() => messages(0).includes('the guest was asked'), 'the guest was asked');
    lab.prompts.progress[0]?.cancel();
    await done;
    assert.match(lab.prompts.shown[0]?.message ?? '', /request to shut down stands/);
    assert.equal(vm(lab.api, 'deaf').state, 'running');
  });

  it('cancelled while it waits behind another change is taken back, and the guest never hears of it', async () => {
    await lab.api.labRequest(hosts.live, 'lab.fault', { kind: 'hang', on: 'Disable-VMIntegrationService' });
    const before = run('disableService', serviceNode('polite', 'vss'));
    const done = run('shutDown', vmNode('polite'));
    await until(() => messages(0).includes('asking the guest'), 'the guest is about to be asked');
    lab.prompts.progress[0]?.cancel();
    await done;
    assert.match(lab.prompts.shown[0]?.message ?? '', /so polite was not asked to shut down/);
    await lab.api.labRequest(hosts.live, 'lab.fault', { kind: 'all' });
    await before;
    // Changes to one VM keep their order: had the request been left in the queue, the host would get it before this one.
    await run('enableService', serviceNode('polite', 'vss'));
    await lab.api.labRequest(hosts.live, 'lab.advance', { ms: 60_000 });
    await refreshHost(hosts.live);
    assert.equal(vm(lab.api, 'polite').state, 'running');
  });

  it('of several VMs has one progress and one summary', async () => {
    const rows = [vmNode('polite'), vmNode('silent'), vmNode('resting')];
    await run('shutDown', rows[0], rows);
    assert.deepEqual(
      lab.prompts.progress.map(({ title }) => title),
      ['Shutting down 2 virtual machines'],
    );
    assert.equal(lab.prompts.shown.length, 1);
    assert.match(lab.prompts.shown[0]?.message ?? '', /^1 of 2 virtual machines are off\. silent was not shut down\./);
  });

  it('joins a shutdown that is already under way', async () => {
    const first = run('shutDown', vmNode('polite'));
    await until(() => messages(0).includes('the guest was asked'), 'the guest was asked');
    await run('shutDown', vmNode('polite'));
    await first;
    assert.match(messages(1), /already shutting down/);
    assert.equal(vm(lab.api, 'polite').state, 'off');
    assert.deepEqual(lab.prompts.shown, []);
  });

  it('offers only VMs whose guest can be asked when called from the palette', async () => {
    lab.prompts.pick = ['polite'];
    await run('shutDown');
    // Another host may have told of its VMs by now.
    const offered = lab.prompts.picks[0]?.filter((name) => name !== 'HANGING' && name !== 'unseen');
    assert.deepEqual(offered, ['LIVE', 'deaf', 'locked', 'polite', 'silent']);
    assert.equal(vm(lab.api, 'polite').state, 'off');
  });

  it('goes on waiting when the session is lost after the guest was asked', async function () {
    skipUnless(this, canKillSessions, 'sessions are found in /proc, which only Linux has');
    await setShutdownDeadline(shortDeadlineSeconds);
    lab.prompts.answer = () => 'Leave It';
    const done = run('shutDown', vmNode('deaf'));
    await until(() => messages(0).includes('the guest was asked'), 'the guest was asked');
    killSessions();
    await done;
    assert.match(lab.prompts.shown[0]?.message ?? '', /^deaf was asked to shut down/);
    assert.match(lab.prompts.shown[1]?.message ?? '', /request to shut down stands/);
    await run('start', vmNode('resting'));
    await until(() => vm(lab.api, 'resting').state === 'running', 'the next command works');
  });

  it('does not claim that the guest was asked when the session is lost on the way', async function () {
    skipUnless(this, canKillSessions, 'sessions are found in /proc, which only Linux has');
    await setShutdownDeadline(shortDeadlineSeconds);
    lab.prompts.answer = () => 'Leave It';
    await lab.api.labRequest(hosts.live, 'lab.fault', { kind: 'hang', on: 'InitiateShutdown' });
    const done = run('shutDown', vmNode('polite'));
    await until(() => messages(0).includes('1 s, asking the guest'), 'the guest is being asked');
    killSessions();
    await done;
    assert.match(messages(0), /perhaps the guest was asked/);
    assert.match(lab.prompts.shown[0]?.message ?? '', /^It is not known whether these guests were asked to shut down/);
    assert.equal(vm(lab.api, 'polite').state, 'running');
  });
});

describe('Restart Guest', () => {
  const lab = useLab();

  it('waits in sight until the host shows that the guest has restarted', async () => {
    const before = vm(lab.api, 'polite').uptimeMs ?? 0;
    await run('restartGuest', vmNode('polite'));
    assert.equal(vm(lab.api, 'polite').state, 'running');
    assert.ok((vm(lab.api, 'polite').uptimeMs ?? before) < before);
    assert.equal(lab.prompts.progress[0]?.title, 'Restarting the guest of polite on LIVE');
    assert.deepEqual(lab.prompts.shown, []);
  });

  it('is offered from the palette, and restarts a locked guest when a person chose so', async () => {
    lab.prompts.pick = ['locked'];
    lab.prompts.answer = () => 'Restart Anyway';
    const before = vm(lab.api, 'locked').uptimeMs ?? 0;
    await run('restartGuest');
    assert.ok((vm(lab.api, 'locked').uptimeMs ?? before) < before);
    assert.deepEqual(lab.prompts.shown[0]?.buttons, ['Restart Anyway', 'Keep It Running']);
  });

  it('of several VMs never calls restarted what was only accepted', async () => {
    await setShutdownDeadline(shortDeadlineSeconds);
    lab.prompts.answer = () => 'Leave It';
    const rows = [vmNode('polite'), vmNode('deaf')];
    await run('restartGuest', rows[0], rows);
    assert.deepEqual(lab.prompts.shown[0]?.buttons, ['Keep Waiting', 'Reset…', 'Leave It']);
    assert.match(lab.prompts.shown[1]?.message ?? '', /^1 of 2 virtual machines have restarted\./);
  });
});
