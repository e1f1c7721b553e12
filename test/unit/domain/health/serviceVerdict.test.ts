import assert from 'node:assert/strict';
import { guestFamily } from '../../../../src/domain/health/guestFamily';
import { serviceReasons } from '../../../../src/domain/health/serviceReasons';
import { serviceVerdict } from '../../../../src/domain/health/serviceVerdict';
import { serviceMeaning, serviceNextStepText, toneText } from '../../../../src/domain/health/serviceVerdictTexts';
import { integrationServiceKeys } from '../../../../src/domain/integrationServices';
import type { IntegrationServiceKey } from '../../../../src/domain/integrationServices';
import type { VmRecord } from '../../../../src/domain/vm';
import { assertGolden } from '../../../support/golden';
import { serviceStates, vmStates } from '../../../support/viewStates';
import { makeVm, withService } from '../../../support/vms';

const hourMs = 3_600_000;

function describeVerdict(vm: VmRecord, key: IntegrationServiceKey): string {
  const verdict = serviceVerdict(vm, key);
  const step = serviceNextStepText(verdict);
  return [
    `  ${key}: ${verdict.condition} (${toneText(verdict.tone)})`,
    `    ${serviceMeaning(verdict)}`,
    ...serviceReasons(vm, key).map(
      ({ source, text, quote }) => `    - ${[source, text, quote && `"${quote}"`].filter(Boolean).join(' ')}`,
    ),
    ...(step === undefined ? [] : [`    > ${step}`]),
  ].join('\n');
}

function golden(name: string, blocks: readonly string[]): void {
  assertGolden(`unit/domain/health/golden/${name}.txt`, `${blocks.join('\n\n')}\n`);
}

const systems = [
  'Windows Server 2025 Datacenter',
  'Ubuntu',
  'Debian GNU/Linux',
  'Rocky Linux',
  'FreeBSD',
  'OpenBSD',
  null,
];

describe('The verdict on a service', () => {
  it('joins the setting of the host, the answer of the guest and nothing else while the VM runs', () => {
    golden(
      'serviceStates',
      serviceStates.map((state) => {
        const vm = withService(makeVm({ uptimeMs: hourMs }), 'heartbeat', state);
        return [
          `enabled ${String(state.enabled)}, guest ${String(state.status)}, second ${String(state.secondary)}`,
          describeVerdict(vm, 'heartbeat'),
        ].join('\n');
      }),
    );
  });

  it('says of a VM in every state why its guest cannot be judged', () => {
    golden(
      'vmStates',
      vmStates.map((state) =>
        [state, ...integrationServiceKeys.map((key) => describeVerdict(makeVm({ state, uptimeMs: hourMs }), key))].join(
          '\n',
        ),
      ),
    );
  });

  it('names for each system what is missing in a guest that answers nothing', () => {
    golden(
      'silentGuests',
      systems.map((osName) => {
        const vm = integrationServiceKeys.reduce(
          (one, key) => withService(one, key, { status: 'noContact', reason: 'Kein Kontakt' }),
          makeVm({ uptimeMs: hourMs, guest: { ...makeVm().guest, osName } }),
        );
        return [String(osName), ...integrationServiceKeys.map((key) => describeVerdict(vm, key))].join('\n');
      }),
    );
  });

  it('tells a Linux guest without its daemons by what still answers, also when it does not say what it is', () => {
    const bare = (['keyValuePairExchange', 'vss', 'guestServiceInterface'] as const).reduce(
      (one, key) => withService(one, key, { status: 'noContact' }),
      makeVm({ uptimeMs: hourMs, guest: { ...makeVm().guest, osName: null } }),
    );
    golden('daemonsMissing', [integrationServiceKeys.map((key) => describeVerdict(bare, key)).join('\n')]);
  });

  it('does not call a guest silent that may still be starting, and does when nobody knows how long it runs', () => {
    const silent = (uptimeMs: number | null): string =>
      serviceVerdict(withService(makeVm({ uptimeMs }), 'shutdown', { status: 'noContact' }), 'shutdown').condition;
    assert.deepEqual(
      [silent(1_000), silent(179_000), silent(180_000), silent(null)],
      ['starting', 'starting', 'silent', 'silent'],
    );
  });

  it('calls a heartbeat that is disabled chosen, and an older protocol benign, and neither a fault', () => {
    const tone = (key: IntegrationServiceKey, facts: Partial<VmRecord['services']['vss']>): string =>
      serviceVerdict(withService(makeVm(), key, facts), key).tone;
    assert.equal(tone('heartbeat', { enabled: false }), 'chosen');
    assert.equal(tone('guestServiceInterface', { enabled: false }), 'benign');
    assert.equal(tone('vss', { status: 'degraded' }), 'benign');
    assert.equal(tone('vss', { secondary: 32_775 }), 'benign');
    assert.equal(tone('heartbeat', { secondary: 32_782 }), 'attention');
  });
});

describe('The family of a guest', () => {
  const families: readonly (readonly [string | null, string])[] = [
    ['Windows Server 2025 Datacenter', 'windows'],
    ['Microsoft Windows 11 Pro', 'windows'],
    ['Windows Server 2012 R2 Standard', 'windows'],
    ['Windows Server 2008 R2 Enterprise', 'windowsOld'],
    ['Windows 7 Professional', 'windowsOld'],
    ['Ubuntu', 'ubuntu'],
    ['Debian GNU/Linux', 'debian'],
    ['Red Hat Enterprise Linux', 'redHat'],
    ['CentOS Stream', 'redHat'],
    ['Alpine Linux', 'linux'],
    ['openSUSE Leap', 'linux'],
    ['FreeBSD', 'freeBsd'],
    ['OpenBSD', 'openBsd'],
    ['TempleOS', 'notKnown'],
    ['', 'notKnown'],
    [null, 'notKnown'],
  ];
  for (const [name, family] of families) {
    it(`of ${JSON.stringify(name)} is ${family}`, () => {
      assert.equal(guestFamily(name), family);
    });
  }
});
