import assert from 'node:assert/strict';
import { Emitter } from '../../../src/domain/emitter';
import type { HostsProblem } from '../../../src/hyperv/hostsSetting';
import { watchHosts } from '../../../src/hyperv/hostsWatcher';

function setUp(list: unknown) {
  const changes = new Emitter<void>();
  const rig = { list, shown: [] as string[][], told: [] as HostsProblem[][] };
  const watch = watchHosts({
    read: () => rig.list,
    onDidChange: changes.event,
    show: (hosts) => rig.shown.push(hosts.map(({ id }) => id)),
    tell: (problems) => rig.told.push([...problems]),
  });
  const change = (next: unknown): void => {
    rig.list = next;
    changes.fire();
  };
  return { rig, change, watch };
}

const good = { kind: 'ssh', host: 'lab01' };
const bad = { kind: 'ssh', host: '' };

describe('the watch over the setting', () => {
  it('shows the hosts at once and after each change, until it ends', () => {
    const { rig, change, watch } = setUp([good]);
    change([{ kind: 'ssh', host: 'lab02' }, good]);
    watch.dispose();
    change([]);
    assert.deepEqual(rig.shown, [['ssh:lab01'], ['ssh:lab02', 'ssh:lab01']]);
  });

  it('tells of each wrong entry once, wherever it moves, and again when it comes back', () => {
    const { rig, change } = setUp([bad]);
    assert.equal(rig.told.length, 1);
    change([good, bad]);
    assert.equal(rig.told.length, 1);
    change([good, bad, 7]);
    assert.deepEqual(rig.told[1], [{ kind: 'notAnObject', index: 2 }]);
    change([good]);
    change([bad]);
    assert.equal(rig.told.length, 3);
  });

  it('a setting that is not a list hides no session for longer than it lasts', () => {
    const { rig, change } = setUp([good]);
    change('lab01');
    change([good]);
    assert.deepEqual(rig.shown, [['ssh:lab01'], [], ['ssh:lab01']]);
    assert.deepEqual(rig.told, [[{ kind: 'notAList' }]]);
  });
});
