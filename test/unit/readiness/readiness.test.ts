import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseProbeFacts, unreadiness } from '../../../src/domain/readiness';
import type { ProbeFacts, Unreadiness } from '../../../src/domain/readiness';
import { remedyCommand, unreadinessText } from '../../../src/domain/readinessTexts';
import { ProbeStandIn } from '../../../src/hyperv/probeStandIn';
import { HyperVError } from '../../../src/domain/errors';
import { HostStore } from '../../../src/hyperv/hostStore';
import { readinessValues } from '../../../src/manifest';
import { viewReadiness } from '../../../src/views/readinessView';

/** A member of the group on a machine where all is well, but the read failed. */
const usual: ProbeFacts = {
  platform: 'win32',
  moduleFound: true,
  serviceState: 'running',
  tokenHasGroup: true,
  accountInGroup: true,
  elevated: false,
  canRead: false,
  accountSid: 'S-1-5-21-1-2-3-1001',
};
const outsider = { tokenHasGroup: false, accountInGroup: false } as const;
const unknown = parseProbeFacts({}, 'win32');

const cases: readonly (readonly [string, ProbeFacts, Unreadiness | undefined])[] = [
  ['another system', { ...usual, platform: 'darwin', canRead: true }, 'notWindows'],
  ['a read that works', { ...usual, canRead: true }, undefined],
  ['a read that works without any group', { ...usual, ...outsider, canRead: true }, undefined],
  ['a read that works, with nothing else known', { ...unknown, canRead: true }, undefined],
  ['no service', { ...usual, serviceState: 'missing' }, 'featureOff'],
  ['neither service nor module', { ...usual, serviceState: 'missing', moduleFound: false }, 'featureOff'],
  ['no service, nor rights', { ...usual, ...outsider, serviceState: 'missing' }, 'featureOff'],
  ['a stopped service', { ...usual, serviceState: 'stopped' }, 'serviceStopped'],
  [
    'a stopped service, for somebody without rights',
    { ...usual, ...outsider, serviceState: 'stopped' },
    'serviceStopped',
  ],
  ['no membership', { ...usual, ...outsider }, 'notInGroup'],
  ['no membership and an unknown service', { ...usual, ...outsider, serviceState: null }, 'notInGroup'],
  ['a member and an unknown service', { ...usual, serviceState: null }, undefined],
  ['an unknown service, nor module', { ...usual, serviceState: null, moduleFound: false }, 'noModule'],
  [
    'a membership newer than the sign-in and an unknown service',
    { ...usual, tokenHasGroup: false, serviceState: null },
    'needsSignIn',
  ],
  ['a membership that may come through a group', { ...usual, ...outsider, accountInGroup: null }, 'notInGroup'],
  ['no membership, nor module', { ...usual, ...outsider, moduleFound: false }, 'notInGroup'],
  ['a membership newer than the sign-in', { ...usual, tokenHasGroup: false }, 'needsSignIn'],
  ['an administrator', { ...usual, ...outsider, elevated: true }, undefined],
  ['an administrator without the module', { ...usual, ...outsider, elevated: true, moduleFound: false }, 'noModule'],
  ['rights that are not known', { ...usual, ...outsider, elevated: null }, undefined],
  ['a group that is not known', { ...usual, tokenHasGroup: null }, undefined],
  ['a member without the module', { ...usual, moduleFound: false }, 'noModule'],
  ['a member with everything', usual, undefined],
  ['nothing known', unknown, undefined],
];

const causes = readinessValues.filter((value) => value !== 'ready' && value !== 'noHosts');

describe('Readiness', () => {
  for (const [what, facts, expected] of cases) {
    it(`with ${what} is ${expected ?? 'left unexplained'}`, () => {
      assert.equal(unreadiness(facts), expected);
    });
  }

  it('takes whatever is missing or malformed for unknown', () => {
    const odd = { moduleFound: 'yes', serviceState: 'Running', elevated: 1, accountSid: "S-1-5'; calc" };
    assert.deepEqual(parseProbeFacts(odd, 'win32'), unknown);
    for (const value of [null, 'text', 7]) assert.deepEqual(parseProbeFacts(value, 'win32'), unknown);
    assert.deepEqual(parseProbeFacts({ ...usual }, 'win32'), usual);
  });

  it('is told in the same words by the empty view and by a row', () => {
    const nls = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
    for (const cause of causes) {
      const { what, nextStep } = unreadinessText(cause);
      const shown = nls[`view.hosts.welcome.${cause}`] ?? '';
      assert.equal(shown.split('\n')[0], `${what} ${nextStep}`);
      assert.equal(shown.includes('command:hyperv.copySetupCommand'), remedyCommand(cause, usual) !== undefined, cause);
      assert.ok(shown.includes('command:hyperv.openDemoLab'), cause);
      if (cause !== 'notWindows') assert.ok(shown.includes('command:hyperv.refresh'), cause);
    }
  });

  it('adds an account to the group by identifiers only, and nobody when the account is not known', () => {
    assert.equal(
      remedyCommand('notInGroup', usual),
      'Add-LocalGroupMember -SID S-1-5-32-578 -Member S-1-5-21-1-2-3-1001',
    );
    assert.equal(remedyCommand('notInGroup', unknown), undefined);
  });
});

describe('The view', () => {
  const failure = { kind: 'failed', error: new HyperVError('accessDenied', '') } as const;
  function withLocal(): HostStore {
    const store = new HostStore();
    store.addHost({ kind: 'local', id: 'local', name: 'PC' });
    store.setStatus('local', failure, { ...usual, ...outsider });
    return store;
  }

  it('is empty without hosts, and says which kind of machine this is', () => {
    assert.equal(viewReadiness([], 'linux'), 'notWindows');
    assert.equal(viewReadiness([], 'win32'), 'noHosts');
  });

  it('explains a local host that is alone, also during a retry, until a read works', () => {
    const store = withLocal();
    assert.equal(viewReadiness(store.hosts(), 'win32'), 'notInGroup');
    store.setStatus('local', { kind: 'connecting' });
    assert.equal(viewReadiness(store.hosts(), 'win32'), 'notInGroup');
    store.setInventory('local', [], 0);
    assert.equal(viewReadiness(store.hosts(), 'win32'), 'ready');
  });

  it('has rows for a failure that nothing explains, and beside other hosts', () => {
    const store = withLocal();
    store.addHost({ kind: 'lab', id: 'lab', name: 'LAB', spec: {}, index: 0 });
    assert.equal(viewReadiness(store.hosts(), 'win32'), 'ready');
    store.removeHost('lab');
    store.setStatus('local', failure);
    assert.equal(viewReadiness(store.hosts(), 'win32'), 'ready');
  });
});

describe('The stand-in for a local host', () => {
  it('sees the next thing at each read, and keeps to the last', async () => {
    const host = new ProbeStandIn([
      { ...usual, serviceState: 'stopped' },
      { ...usual, canRead: true },
    ]);
    await assert.rejects(host.inventory());
    assert.equal((await host.probe()).serviceState, 'stopped');
    assert.deepEqual((await host.inventory()).vms, []);
    assert.deepEqual((await host.inventory()).vms, []);
  });
});
