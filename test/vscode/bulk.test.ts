// Commands for many virtual machines in the extension host: 120 of one host, of which twelve cannot start.
import assert from 'node:assert/strict';
import type { VmRecord } from '../../src/domain/vm';
import { useLab } from './support/lab';
import { Searches } from './support/searches';
import { host, hostNode, hosts, manyVms, refreshHost, run, until } from './support/window';

const failing = manyVms.filter((vm) => 'startError' in vm).map(({ name }) => name);
const rows = manyVms.map(({ id }) => ({ kind: 'vm', id: '', hostId: hosts.many, vmId: id }));

describe('A command for many VMs', function () {
  // A busy machine takes a while for 120 jobs.
  this.timeout(180_000);
  const lab = useLab();
  const searches = new Searches();

  const status = (): string => host(lab.api, hosts.many).status;
  const running = (): VmRecord[] => host(lab.api, hosts.many).vms.filter(({ state }) => state === 'running');
  const allOff = (names?: readonly string[]): boolean =>
    host(lab.api, hosts.many).vms.every(
      ({ name, state }) => state === 'off' || (names !== undefined && !names.includes(name)),
    );
  const summaries = (): string[] => lab.prompts.shown.map(({ message }) => message);

  beforeEach(async () => {
    searches.install();
    // The first request to a host that nobody has asked starts its session.
    if (status() === 'idle') await refreshHost(hosts.many);
    await lab.api.labRequest(hosts.many, 'lab.reset', {});
    await lab.api.labRequest(hosts.many, 'lab.fault', { kind: 'accessDenied', clear: true });
    await run('retryHost', hostNode(hosts.many));
    await until(() => status() === 'ready' && allOff(), 'the host with many VMs is read');
  });

  afterEach(async () => {
    searches.restore();
    // As it was for the other tests.
    await lab.api.labRequest(hosts.many, 'lab.reset', {});
    await refreshHost(hosts.many);
  });

  it('has one progress that counts them, one summary, and a list of those that failed to be tried again', async () => {
    lab.prompts.answer = ({ buttons }) => {
      lab.prompts.answer = () => undefined;
      return buttons.find((button) => button.startsWith('Select'));
    };
    await run('start', rows[0], rows);
    const [progress, ...others] = lab.prompts.progress;
    assert.equal(progress?.title, 'Starting 120 virtual machines');
    assert.deepEqual(others, []);
    const counts = progress.messages.map((message) => Number(/^(\d+) of 120( · \d+ failed)?$/.exec(message)?.[1]));
    assert.ok(counts.length > 3, progress.messages.join('\n'));
    assert.deepEqual(
      counts,
      [...counts].sort((a, b) => a - b),
    );
    assert.equal(progress.messages.at(-1), '120 of 120 · 12 failed');
    assert.deepEqual(summaries(), ['108 started, 12 failed. MANY does not have enough free memory.']);
    assert.deepEqual(lab.prompts.shown[0]?.buttons, ['Retry', 'Select Failures…', 'Show Log']);
    assert.equal(running().length, 108);

    await until(() => searches.ticked.length > 0, 'the list of failures is there');
    assert.deepEqual(searches.labels.slice(1), failing);
    assert.deepEqual(searches.ticked, failing);
    // What the host told of them on the way is overtaken; until then they are seen as starting, and left out.
    await until(() => allOff(failing), 'those that failed are off again');
    await searches.accept();
    await until(() => summaries().length === 2, 'the second failure is told');
    assert.equal(summaries()[1], '0 started, 12 failed. MANY does not have enough free memory.');
  });

  it('sends nothing more after Cancel, and says how many were not asked', async () => {
    lab.prompts.onProgress = (message, cancel) => {
      if (Number(/^(\d+) of/.exec(message)?.[1]) >= 60) cancel();
    };
    await run('start', rows[0], rows);
    const [, started = '', failed = '', notAsked = ''] =
      /^(\d+) started, (\d+) failed, (\d+) not asked\./.exec(summaries()[0] ?? '') ?? [];
    assert.equal(summaries().length, 1);
    assert.equal(Number(started) + Number(failed) + Number(notAsked), 120, summaries()[0]);
    // Eight are under way at most.
    assert.ok(Number(notAsked) >= 40 && Number(notAsked) <= 60, notAsked);
    assert.equal(running().length, Number(started));
    await refreshHost(hosts.many);
    assert.equal(running().length, Number(started));
    // In the order of the rows: whoever was not asked stands behind all others.
    const asked = 120 - Number(notAsked);
    const last = manyVms.slice(asked).map(({ name }) => name);
    assert.deepEqual(
      running().filter(({ name }) => last.includes(name)),
      [],
    );
  });
});
