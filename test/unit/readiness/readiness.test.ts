import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseProbeFacts, unreadiness } from '../../../src/domain/readiness';
import type { ProbeFacts } from '../../../src/domain/readiness';
import type { Unreadiness } from '../../../src/domain/unreadiness';
import { remedyCommand, remoteUnreadinessText, unreadinessText } from '../../../src/domain/readinessTexts';
import { ProbeStandIn } from '../../../src/hyperv/probeStandIn';
import { HyperVError } from '../../../src/domain/errors';
import { HostStore } from '../../../src/hyperv/hostStore';
import { readinessValues } from '../../../src/manifest';
import { failureText, viewReadiness } from '../../../src/views/readinessView';

/** A member of the group on a machine where all is well, but the read failed. */
const usual: ProbeFacts = {
  platform: 'win32',
  moduleFound: true,
  moduleVersion: '2.0.0.0',
  serviceState: 'running',
  tokenHasGroup: true,
  accountInGroup: true,
  elevated: false,
  canRead: false,
  sawNothing: false,
  accountSid: 'S-1-5-21-1-2-3-1001',
};
const outsider = { tokenHasGroup: false, accountInGroup: false } as const;
const unknown = parseProbeFacts({}, 'win32');
const nothingToSee = { sawNothing: true, serviceState: 'running', canRead: false } as const;

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
  ['nothing to see for somebody of whom nothing is known', { ...unknown, ...nothingToSee }, 'notInGroup'],
  ['nothing to see for a new member', { ...unknown, ...nothingToSee, accountInGroup: true }, 'needsSignIn'],
  ['nothing to see for a member', { ...usual, sawNothing: true }, undefined],
  ['nothing to see for an administrator', { ...usual, ...outsider, elevated: true, sawNothing: true }, undefined],
  ['nothing to see and a stopped service', { ...unknown, sawNothing: true, serviceState: 'stopped' }, 'serviceStopped'],
  ['nothing to see and an unknown service', { ...unknown, sawNothing: true }, undefined],
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
    const odd = {
      moduleFound: 'yes',
      serviceState: 'Running',
      elevated: 1,
      accountSid: "S-1-5'; calc",
      moduleVersion: '2.0; calc',
    };
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

  it('is told of another computer with its name, and never of this one', () => {
    for (const cause of causes) {
      const { what, nextStep } = remoteUnreadinessText(cause, 'FAR01');
      assert.match(what, /FAR01/, cause);
      assert.doesNotMatch(`${what} ${nextStep}`, /this computer|this window|this sign-in|out of Windows/i, cause);
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

  it('has a row for another computer, which says what is wrong over there', () => {
    const store = new HostStore();
    store.addHost({ kind: 'ssh', id: 'far', name: 'FAR01', target: { host: 'far01' } });
    store.setStatus('far', failure, { ...usual, ...outsider });
    assert.equal(viewReadiness(store.hosts(), 'win32'), 'ready');
    const [host] = store.hosts();
    assert.ok(host);
    const { cause, what } = failureText(host, failure.error);
    assert.equal(cause, 'not in Hyper-V Administrators');
    assert.match(what, /^You may not manage Hyper-V on FAR01:/);
  });

  it('has rows for a failure that nothing explains, and beside other hosts', () => {
    const store = withLocal();
    store.addHost({ kind: 'lab', id: 'lab', name: 'LAB', spec: {}, index: 0 });
    assert.equal(viewReadiness(store.hosts(), 'win32'), 'ready');
    store.arrange(store.hosts().flatMap(({ definition }) => (definition.kind === 'lab' ? [] : [definition])));
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
