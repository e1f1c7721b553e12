import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { HypervLabApi } from '../../src/extensionApi';
import { settings } from '../../src/manifest';
import { Prompts } from './support/prompts';
import { killSessions } from './support/sessions';
import { freshLab, hosts, run, until, vm, vmNode } from './support/window';

/** The shortest that the setting allows. */
const shortDeadlineSeconds = 5;

async function setDeadline(seconds: number | undefined): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  await configuration.update(settings.shutdownTimeoutSeconds, seconds, vscode.ConfigurationTarget.Global);
}

describe('Shut Down', () => {
  let api: HypervLabApi;
  let prompts: Prompts;

  beforeEach(async () => {
    api = await freshLab();
    prompts = new Prompts();
    prompts.install();
  });

  afterEach(async () => {
    prompts.restore();
    await setDeadline(undefined);
  });

  /** What the progress with that number has shown so far. */
  function messages(index: number): string {
    return prompts.progress[index]?.messages.join('\n') ?? '';
  }

  it('waits in sight until the host says that the VM is off', async () => {
    await run('shutDown', vmNode('polite'));
    assert.equal(vm(api, 'polite').state, 'off');
    assert.deepEqual(prompts.shown, []);
    const [progress] = prompts.progress;
    assert.equal(progress?.title, 'Shutting down polite on LIVE');
    assert.match(progress.messages.join('\n'), /\d+ s, the guest was asked, \w+/);
  });

  it('says why a guest without a shutdown service cannot be asked', async () => {
    await run('shutDown', vmNode('silent'));
    assert.equal(vm(api, 'silent').state, 'running');
    const [error] = prompts.shown;
    assert.equal(error?.kind, 'error');
    assert.match(error.message, /^silent was not shut down\./);
    assert.deepEqual(error.buttons, ['Show Log']);
  });

  it('leaves a locked guest running when a person wants that', async () => {
    prompts.answer = () => 'Keep It Running';
    await run('shutDown', vmNode('locked'));
    assert.equal(vm(api, 'locked').state, 'running');
    assert.deepEqual(
      prompts.shown.map(({ buttons }) => buttons),
      [['Shut Down Anyway', 'Keep It Running']],
    );
  });

  it('takes a question that was closed for "keep it running"', async () => {
    await run('shutDown', vmNode('locked'));
    assert.equal(vm(api, 'locked').state, 'running');
  });

  it('shuts a locked guest down anyway when a person chose so', async () => {
    prompts.answer = () => 'Shut Down Anyway';
    await run('shutDown', vmNode('locked'));
    assert.equal(vm(api, 'locked').state, 'off');
  });

  it('asks at the deadline and, left alone, leaves the VM running and the request standing', async () => {
    await setDeadline(shortDeadlineSeconds);
    prompts.answer = () => 'Leave It';
    await run('shutDown', vmNode('deaf'));
    assert.equal(vm(api, 'deaf').state, 'running');
    const [question, farewell] = prompts.shown;
    assert.deepEqual(question?.buttons, ['Keep Waiting', 'Turn Off…', 'Leave It']);
    assert.match(farewell?.message ?? '', /request to shut down stands/);
  });

  it('waits on when asked to, and turns off only through the question of Turn Off', async () => {
    await setDeadline(shortDeadlineSeconds);
    let deadlines = 0;
    prompts.answer = ({ kind, buttons }) => {
      if (kind === 'modal') return buttons[0];
      deadlines += 1;
      return deadlines === 1 ? 'Keep Waiting' : 'Turn Off…';
    };
    await run('shutDown', vmNode('deaf'));
    assert.equal(deadlines, 2);
    assert.equal(prompts.shown.at(-1)?.kind, 'modal');
    await until(() => vm(api, 'deaf').state === 'off', 'the VM is off');
  });

  it('says, when cancelled, that the request stands', async () => {
    const done = run('shutDown', vmNode('deaf'));
    await until(
      () => (prompts.progress[0]?.messages.join() ?? '').includes('the guest was asked'),
      'the guest was asked',
    );
    prompts.progress[0]?.cancel();
    await done;
    assert.match(prompts.shown[0]?.message ?? '', /request to shut down stands/);
    assert.equal(vm(api, 'deaf').state, 'running');
  });

  it('of several VMs has one progress and one summary', async () => {
    const rows = [vmNode('polite'), vmNode('silent'), vmNode('resting')];
    await run('shutDown', rows[0], rows);
    assert.deepEqual(
      prompts.progress.map(({ title }) => title),
      ['Shutting down 2 virtual machines'],
    );
    assert.equal(prompts.shown.length, 1);
    assert.match(prompts.shown[0]?.message ?? '', /^1 of 2 virtual machines are off\. silent was not shut down\./);
  });

  it('joins a shutdown that is already under way', async () => {
    const first = run('shutDown', vmNode('polite'));
    await until(() => messages(0).includes('the guest was asked'), 'the guest was asked');
    await run('shutDown', vmNode('polite'));
    await first;
    assert.match(messages(1), /already shutting down/);
    assert.equal(vm(api, 'polite').state, 'off');
    assert.deepEqual(prompts.shown, []);
  });

  it('offers only VMs whose guest can be asked when called from the palette', async () => {
    prompts.pick = 'polite';
    await run('shutDown');
    assert.deepEqual(prompts.picks[0], ['LIVE', 'deaf', 'locked', 'polite', 'silent']);
    assert.equal(vm(api, 'polite').state, 'off');
  });

  it('goes on waiting when the session is lost after the guest was asked', async function () {
    if (process.platform !== 'linux') this.skip();
    await setDeadline(shortDeadlineSeconds);
    prompts.answer = () => 'Leave It';
    const done = run('shutDown', vmNode('deaf'));
    await until(() => messages(0).includes('the guest was asked'), 'the guest was asked');
    killSessions();
    await done;
    assert.match(prompts.shown[0]?.message ?? '', /^deaf was asked to shut down/);
    assert.match(prompts.shown[1]?.message ?? '', /request to shut down stands/);
    await run('start', vmNode('resting'));
    await until(() => vm(api, 'resting').state === 'running', 'the next command works');
  });

  it('does not claim that the guest was asked when the session is lost on the way', async function () {
    if (process.platform !== 'linux') this.skip();
    await setDeadline(shortDeadlineSeconds);
    prompts.answer = () => 'Leave It';
    await api.labRequest(hosts.live, 'lab.fault', { kind: 'hang', on: 'InitiateShutdown' });
    const done = run('shutDown', vmNode('polite'));
    await until(() => messages(0).includes('1 s, asking the guest'), 'the guest is being asked');
    killSessions();
    await done;
    assert.match(messages(0), /perhaps the guest was asked/);
    assert.match(prompts.shown[0]?.message ?? '', /^It is not known whether these guests were asked to shut down/);
    assert.equal(vm(api, 'polite').state, 'running');
  });
});

describe('Restart Guest', () => {
  let api: HypervLabApi;
  let prompts: Prompts;

  beforeEach(async () => {
    api = await freshLab();
    prompts = new Prompts();
    prompts.install();
  });

  afterEach(async () => {
    prompts.restore();
    await setDeadline(undefined);
  });

  it('waits in sight until the host shows that the guest has restarted', async () => {
    const before = vm(api, 'polite').uptimeMs ?? 0;
    await run('restartGuest', vmNode('polite'));
    assert.equal(vm(api, 'polite').state, 'running');
    assert.ok((vm(api, 'polite').uptimeMs ?? before) < before);
    assert.equal(prompts.progress[0]?.title, 'Restarting the guest of polite on LIVE');
    assert.deepEqual(prompts.shown, []);
  });

  it('is offered from the palette, and restarts a locked guest when a person chose so', async () => {
    prompts.pick = 'locked';
    prompts.answer = () => 'Restart Anyway';
    const before = vm(api, 'locked').uptimeMs ?? 0;
    await run('restartGuest');
    assert.ok((vm(api, 'locked').uptimeMs ?? before) < before);
    assert.deepEqual(prompts.shown[0]?.buttons, ['Restart Anyway', 'Keep It Running']);
  });

  it('of several VMs never calls restarted what was only accepted', async () => {
    await setDeadline(shortDeadlineSeconds);
    prompts.answer = () => 'Leave It';
    const rows = [vmNode('polite'), vmNode('deaf')];
    await run('restartGuest', rows[0], rows);
    assert.deepEqual(prompts.shown[0]?.buttons, ['Keep Waiting', 'Reset…', 'Leave It']);
    assert.match(prompts.shown[1]?.message ?? '', /^1 of 2 virtual machines have restarted\./);
  });
});
