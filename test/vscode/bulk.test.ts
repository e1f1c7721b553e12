// One command for 120 VMs of a real session: started all while some fail, picked from the list of failures, left halfway.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { useLab } from './support/lab';
import { Searches } from './support/searches';
import { host, hosts, refreshHost, run, until } from './support/window';

const count = 120;
const ids = Array.from(
  { length: count },
  (_, index) => `6c1c0a1f-0000-4d0c-9a0f-${String(index + 1).padStart(12, '0')}`,
);
const names = ids.map((_, index) => `many-${String(index + 1).padStart(3, '0')}`);
const rows = ids.map((vmId) => ({ kind: 'vm', id: '', hostId: hosts.live, vmId }));
/** EnabledState of Msvm_ComputerSystem. */
const off = 3;

describe('Many VMs at once', () => {
  const lab = useLab();
  const searches = new Searches();

  beforeEach(async () => {
    searches.install();
    for (const [index, id] of ids.entries()) {
      const touch = { action: 'create', id, name: names[index], state: off };
      await lab.api.labRequest(hosts.live, 'lab.touch', touch);
    }
    await refreshHost(hosts.live);
  });

  afterEach(() => {
    searches.restore();
  });

  const running = (): number =>
    host(lab.api, hosts.live).vms.filter(({ id, state }) => ids.includes(id) && state === 'running').length;

  /** Starting takes seconds, which the clock of the lab jumps over while that goes on. */
  async function hurrying(work: Promise<void>): Promise<void> {
    const ended = work.then(
      () => true,
      () => true,
    );
    const goesOn = async (): Promise<boolean> => !(await Promise.race([ended, Promise.resolve(false)]));
    while (await goesOn()) await lab.api.labRequest(hosts.live, 'lab.advance', { ms: 2_000 });
    await work;
  }

  it('start, tell which failed, and try those again that are picked', async () => {
    for (const vm of [names[9], names[10], names[11]])
      await lab.api.labRequest(hosts.live, 'lab.fault', { kind: 'errorOnce', on: 'Msvm_ConcreteJob', vm, code: 32778 });
    lab.prompts.answer = ({ buttons }) => buttons.find((button) => button === 'Select Failures…');
    await hurrying(run('start', rows[0], rows));
    const [summary] = lab.prompts.shown;
    assert.match(summary?.message ?? '', /^117 started, 3 failed\. /);
    assert.deepEqual(summary?.buttons, ['Retry', 'Select Failures…', 'Show Log']);
    assert.equal(lab.prompts.progress[0]?.title, 'Starting 120 virtual machines');
    assert.match(lab.prompts.progress[0].messages.join('\n'), /^\d+ of 120 · \d failed$/m);
    await until(() => searches.labels.length === 4, 'the failures are listed below their cause');
    assert.match(searches.labels[0] ?? '', /^3 · LIVE does not have enough free memory\.$/);
    assert.deepEqual(searches.labels.slice(1), names.slice(9, 12));
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await hurrying(until(() => running() === count, 'those run as well'));
  });

  it('are left halfway: nothing more is sent, and the summary says what was', async () => {
    const work = run('start', rows[0], rows);
    const leaving = until(() => lab.prompts.progress.length > 0, 'the progress is there').then(() => {
      lab.prompts.progress[0]?.cancel();
    });
    await hurrying(work);
    await leaving;
    const summary = lab.prompts.shown[0]?.message ?? '';
    const [, started, notAsked] = /^(\d+) started, (\d+) not asked\.$/.exec(summary) ?? [];
    assert.equal(Number(started) + Number(notAsked), count, summary);
    assert.ok(Number(notAsked) > 0);
    await refreshHost(hosts.live);
    assert.equal(running(), Number(started));
  });
});
