import assert from 'node:assert/strict';
import type { HypervLabApi } from '../../src/extensionApi';
import { Prompts } from './support/prompts';
import { freshLab, run, until, vm, vmNode } from './support/window';

describe('Power', () => {
  let api: HypervLabApi;
  let prompts: Prompts;

  beforeEach(async () => {
    api = await freshLab();
    prompts = new Prompts();
    prompts.install();
  });

  afterEach(() => {
    prompts.restore();
  });

  it('starts a VM, and the row follows it', async () => {
    await run('start', vmNode('resting'));
    await until(() => vm(api, 'resting').state === 'running', 'the VM runs');
    assert.deepEqual(prompts.shown, []);
  });

  it('offers only VMs that can start when none was named', async () => {
    await run('start');
    assert.deepEqual(prompts.picks[0], ['LIVE', 'resting']);
  });

  it('says why nothing is done for a VM in the wrong state', async () => {
    await run('start', vmNode('polite'));
    assert.equal(prompts.shown[0]?.kind, 'information');
    assert.match(prompts.shown[0].message, /polite/);
  });

  it('cuts the power only after a question that names the VM, the host and what is lost', async () => {
    await run('turnOff', vmNode('polite'));
    const [question] = prompts.shown;
    assert.equal(question?.kind, 'modal');
    assert.equal(question.message, 'Turn off polite on LIVE?');
    assert.match(question.detail ?? '', /lost/);
    assert.deepEqual(question.buttons, ['Turn Off']);
    assert.equal(vm(api, 'polite').state, 'running');
  });

  it('cuts the power when a person says so', async () => {
    prompts.answer = ({ buttons }) => buttons[0];
    await run('turnOff', vmNode('polite'));
    await until(() => vm(api, 'polite').state === 'off', 'the VM is off');
  });
});
