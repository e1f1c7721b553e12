import assert from 'node:assert/strict';
import type { HeartbeatStatus } from '../../../src/domain/heartbeat';
import {
  filterStates,
  filterTest,
  needsAttention,
  parseTreeFilter,
  queryOf,
  rankOf,
  ranks,
  searchable,
} from '../../../src/domain/vmFilter';
import type { TreeFilter } from '../../../src/domain/vmFilter';
import { makeVm, withService } from '../../support/vms';

function rank(text: string, name: string, ...others: readonly string[]): number | undefined {
  return rankOf(queryOf(text), searchable(name, others));
}

describe('What is typed', () => {
  it('fits a name that begins with it best, then one with a word that does, then one that contains it', () => {
    assert.equal(rank('dc', 'DC01'), ranks.nameBegins);
    assert.equal(rank('dc', 'lab-dc01'), ranks.nameWordBegins);
    assert.equal(rank('dc', 'abcdc dc'), ranks.nameWordBegins);
    assert.equal(rank('dc', 'abcdc'), ranks.inName);
    assert.equal(rank('dc', 'web', 'HV-DC'), ranks.elsewhere);
    assert.equal(rank('dc', 'web', 'HV01'), undefined);
  });

  it('may be several words, each of which must be somewhere', () => {
    assert.equal(rank('web  server', 'Web Server 1'), ranks.nameBegins);
    assert.equal(rank('server web', 'Web Server 1'), ranks.inName);
    assert.equal(rank('web off', 'Web 1', 'HV01', 'off'), ranks.elsewhere);
    assert.equal(rank('web saved', 'Web 1', 'HV01', 'off'), undefined);
  });

  it('fits in any letter case, however its accents are written', () => {
    assert.equal(rank('MÜLLER', 'mu\u0308ller'), ranks.nameBegins);
  });

  it('finds everything while it is nothing', () => {
    assert.equal(rank('  ', 'web'), ranks.nameBegins);
  });

  it('is text, not a pattern', () => {
    assert.equal(rank('.*', 'web'), undefined);
    assert.equal(rank('[', 'web [old]'), ranks.nameWordBegins);
  });
});

describe('A filter of the tree', () => {
  const passes = (filter: TreeFilter, facts: Parameters<typeof makeVm>[0]): boolean =>
    filterTest(filter, ({ name, notes }) => searchable(name, [notes]))(makeVm(facts));

  it('of text takes what Find VM finds', () => {
    assert.ok(passes({ kind: 'text', text: 'web' }, { name: 'x', notes: 'the web' }));
    assert.ok(!passes({ kind: 'text', text: 'web' }, { name: 'x' }));
  });

  it('of a state takes exactly that', () => {
    assert.ok(passes({ kind: 'state', state: 'off' }, { state: 'off' }));
    assert.ok(!passes({ kind: 'state', state: 'off' }, { state: 'saved' }));
  });

  it('is read back as it was kept, and anything else is none', () => {
    const filters: readonly TreeFilter[] = [
      { kind: 'text', text: 'web' },
      ...filterStates.map((state) => ({ kind: 'state', state }) as const),
      { kind: 'attention' },
    ];
    for (const filter of filters) assert.deepEqual(parseTreeFilter(JSON.parse(JSON.stringify(filter))), filter);
    const others = [undefined, null, 1, 'text', {}, { kind: 'text' }, { kind: 'text', text: ' ' }, { kind: 'state' }];
    for (const other of [...others, { kind: 'state', state: 'unknown' }, { kind: 'new' }])
      assert.equal(parseTreeFilter(other), undefined);
  });
});

describe('A VM needs attention', () => {
  it('when its row has a sign', () => {
    const troubled: readonly HeartbeatStatus[] = ['applicationsCritical', 'error', 'lostCommunication'];
    for (const heartbeat of troubled) assert.ok(needsAttention(makeVm({ heartbeat })), heartbeat);
    assert.ok(needsAttention(makeVm({ state: 'unknown' })));
  });

  it('when one of its services fails that is enabled', () => {
    assert.ok(needsAttention(withService(makeVm(), 'vss', { status: 'lostCommunication' })));
    assert.ok(!needsAttention(withService(makeVm(), 'vss', { status: 'error', enabled: false })));
  });

  it('not while it starts, rests, or lacks what its guest never had', () => {
    assert.ok(!needsAttention(makeVm()));
    assert.ok(!needsAttention(makeVm({ heartbeat: 'noContact' })));
    assert.ok(!needsAttention(makeVm({ state: 'off', heartbeat: 'lostCommunication' })));
    assert.ok(!needsAttention(withService(makeVm(), 'vss', { status: 'noContact' })));
  });
});
