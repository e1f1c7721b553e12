import assert from 'node:assert/strict';
import { filterVms } from '../../../src/commands/filterVms';
import { HyperVError } from '../../../src/domain/errors';
import { nextTurn } from '../../../src/hyperv/nextTurn';
import { makeRig } from '../../support/commandRig';
import { makeVm, vmId } from '../../support/vms';

const running = makeVm({ id: vmId(1), name: 'web-1' });
const off = makeVm({ id: vmId(2), name: 'offline', state: 'off' });
const silent = makeVm({ id: vmId(3), name: 'silent', heartbeat: 'lostCommunication' });

describe('Filter VMs', () => {
  it('offers what needs attention and each state, with how many there are', async () => {
    const rig = makeRig({ a: [running, off], b: [silent], dead: [off] });
    rig.store.setStatus('dead', { kind: 'failed', error: new HyperVError('hostUnreachable', 'x') });
    const ended = filterVms(rig.context);
    const { box } = rig.search;
    assert.deepEqual(box.labels, ['needs attention', 'running', 'off', 'saved', 'paused']);
    while (box.row('off').description === undefined) await nextTurn();
    assert.deepEqual(
      box.rows.map(({ label, description }) => `${label}: ${description ?? ''}`),
      ['needs attention: 1 of 3', 'running: 2 of 3', 'off: 1 of 3', 'saved: 0 of 3', 'paused: 0 of 3'],
    );
    box.accept('off');
    await ended;
    assert.deepEqual(rig.context.filter.current, { kind: 'state', state: 'off' });
    assert.ok(!box.isOpen);
  });

  it('takes what is typed, beside the states of which it may be the beginning', async () => {
    const rig = makeRig({ a: [running, off] });
    const ended = filterVms(rig.context);
    const { box } = rig.search;
    box.type(' off ');
    assert.deepEqual(box.labels, ['Contains "off"', 'off']);
    assert.equal(box.active, box.row('Contains "off"').id);
    box.accept('Contains "off"');
    await ended;
    assert.deepEqual(rig.context.filter.current, { kind: 'text', text: 'off' });
  });

  it('counts 10,000 VMs without holding up the next letter, and only for what is typed last', async () => {
    const vms = Array.from({ length: 10_000 }, (_, at) => makeVm({ id: vmId(at), name: `vm-${at}` }));
    const rig = makeRig({ a: vms });
    const ended = filterVms(rig.context);
    const { box } = rig.search;
    for (const text of ['v', 'vm', 'vm-123']) {
      box.type(text);
      assert.equal(box.rows[0]?.description, undefined);
    }
    while (box.rows[0]?.description === undefined) await nextTurn();
    assert.equal(box.row('Contains "vm-123"').description, '11 of 10000');
    // One list for each letter and the empty text, and one with the counts.
    assert.equal(box.shows, 5);
    box.close();
    await ended;
  });

  it('marks the filter there is, and shows all again', async () => {
    const rig = makeRig({ a: [running, off] });
    await rig.context.filter.set({ kind: 'attention' });
    const ended = filterVms(rig.context);
    const { box } = rig.search;
    assert.equal(box.row('needs attention').icon, 'check');
    box.accept('Show all');
    await ended;
    assert.equal(rig.context.filter.current, undefined);
  });

  it('leaves everything as it is when the person leaves', async () => {
    const rig = makeRig({ a: [running] });
    await rig.context.filter.set({ kind: 'attention' });
    const ended = filterVms(rig.context);
    rig.search.box.close();
    await ended;
    assert.deepEqual(rig.context.filter.current, { kind: 'attention' });
  });
});
