import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import type { HyperVErrorReason } from '../../../src/domain/errors';
import { integrationServiceKeys } from '../../../src/domain/integrationServices';
import type { HostRecord } from '../../../src/hyperv/hostStore';
import { failureCause, unreadinessCause } from '../../../src/views/hostCause';
import { pairsRow, pairsTooltip } from '../../../src/views/presentationPairs';
import { hostRow, hostTooltip, infoRow } from '../../../src/views/presentationHost';
import { serviceRow, serviceTooltip } from '../../../src/views/presentationService';
import { vmRow, vmTooltip } from '../../../src/views/presentationVm';
import type { Row } from '../../../src/views/row';
import { assertGolden } from '../../support/golden';
import {
  heartbeatStatuses,
  hostFailures,
  hostStatuses,
  serviceStates,
  unreadinesses,
  vmStates,
} from '../../support/viewStates';
import { makeVm, vmId, withService } from '../../support/vms';

/** One row as a block of lines, in the order in which a person meets its parts. */
function describeRow({ label, description, icon, contextValue, accessibilityLabel, children, checkbox }: Row): string {
  const lines = [
    `${label} | ${description}`,
    `  icon ${icon ?? 'none'}, ${children}`,
    `  menu ${contextValue}`,
    `  says "${accessibilityLabel}"`,
  ];
  if (checkbox !== undefined) {
    lines.push(
      `  box  ${checkbox.checked ? '[x]' : '[ ]'} ${checkbox.tooltip} | says "${checkbox.accessibilityLabel}"`,
    );
  }
  return lines.join('\n');
}

function golden(name: string, blocks: readonly string[]): void {
  assertGolden(`unit/views/golden/${name}.txt`, `${blocks.join('\n\n')}\n`);
}

function host(status: HostRecord['status'], vms: number): HostRecord {
  const records = Array.from({ length: vms }, (_, index) => makeVm({ id: vmId(index + 1) }));
  return {
    definition: { kind: 'local', id: 'local', name: 'HV01' },
    status,
    vms: new Map(records.map((vm) => [vm.id, vm])),
  };
}

describe('Rows of the tree', () => {
  it('show a VM in every state with what can be done in it', () => {
    golden(
      'vmRows',
      vmStates.map((state) => describeRow(vmRow(makeVm({ name: 'DC01', state })))),
    );
  });

  it('show every heartbeat of a running VM', () => {
    golden(
      'heartbeatRows',
      heartbeatStatuses.map((heartbeat) => describeRow(vmRow(makeVm({ name: 'DC01', heartbeat })))),
    );
  });

  it('show what the host allows and what the guest does as two facts', () => {
    golden(
      'serviceRows',
      serviceStates.map((state) => {
        const vm = withService(makeVm({ name: 'DC01' }), 'timeSynchronization', state);
        return describeRow(serviceRow(vm, 'timeSynchronization'));
      }),
    );
  });

  it('show every service of a VM in every state', () => {
    golden(
      'servicesByVmState',
      vmStates.map((state) => {
        const resting = makeVm({ name: 'DC01', state });
        const vm = integrationServiceKeys.reduce(
          (record, key) => withService(record, key, { status: state === 'running' ? 'ok' : null }),
          resting,
        );
        return integrationServiceKeys.map((key) => describeRow(serviceRow(vm, key))).join('\n');
      }),
    );
  });

  it('say of each disabled service what is missing', () => {
    golden(
      'disabledServices',
      integrationServiceKeys.map((key) =>
        describeRow(serviceRow(withService(makeVm({ name: 'DC01' }), key, { enabled: false }), key)),
      ),
    );
  });

  it('show a host in every status, and why it has no VMs below it', () => {
    golden(
      'hostRows',
      hostStatuses.flatMap((status) => [
        ...[0, 1, 2].map((vms) => describeRow(hostRow(host(status, vms), { up: false, down: false }))),
        describeRow(infoRow(host(status, 0))),
      ]),
    );
  });

  it('show how a host of the settings is reached, and the way out when its key is not known yet', () => {
    const user = 'admin';
    const definitions: readonly HostRecord['definition'][] = [
      { kind: 'ssh', id: 'ssh:a', name: 'Lab', target: { host: 'lab01', user, port: 22 } },
      { kind: 'ssh', id: 'ssh:b', name: 'fe80::1', target: { host: 'fe80::1' } },
      { kind: 'winrm', id: 'winrm:c', name: 'HV02', target: { host: 'hv02', port: 5986, useSsl: true }, user },
    ];
    const failed = (reason: HyperVErrorReason): HostRecord['status'] => ({
      kind: 'failed',
      error: new HyperVError(reason, 'x'),
    });
    golden(
      'remoteHosts',
      definitions.flatMap((definition) =>
        [{ kind: 'ready' } as const, failed('hostKeyUnknown'), failed('hostUnreachable')].map((status) => {
          const record: HostRecord = { definition, status, vms: new Map() };
          const info = infoRow(record);
          return [
            describeRow(hostRow(record, { up: true, down: false })),
            hostTooltip(record),
            describeRow(info),
            `  opens ${info.opens ?? 'nothing'}`,
          ].join('\n');
        }),
      ),
    );
  });

  it('say why a host failed in words that fit beside its name in a narrow side bar', () => {
    const causes = [...hostFailures.map(failureCause), ...unreadinesses.map(unreadinessCause)];
    golden('hostCauses', [causes.join('\n')]);
    // Beside a name of ten letters, 250 pixels have room for about thirty small ones.
    assert.deepEqual(
      causes.filter((cause) => cause.length > 30),
      [],
    );
  });

  it('count disabled services for those who cannot see the boxes', () => {
    const vm = withService(withService(makeVm({ name: 'DC01' }), 'vss', { enabled: false }), 'shutdown', {
      enabled: false,
    });
    assert.equal(vmRow(vm).accessibilityLabel, 'DC01, running, heartbeat OK, 10.0.0.1, 2 of 6 services disabled');
  });

  it('do not change while only the uptime does', () => {
    assert.deepEqual(vmRow(makeVm({ uptimeMs: 1 })), vmRow(makeVm({ uptimeMs: 100_000_000 })));
  });

  it('show no address that a VM had before it stopped', () => {
    assert.doesNotMatch(vmRow(makeVm({ state: 'off' })).description, /10\.0\.0\.1/);
  });
});

describe('The row of guest data', () => {
  it('says what the guest is, or why that is not known', () => {
    const silent = { osName: null, osVersion: null, fullyQualifiedDomainName: null, addresses: [] };
    const vms = [
      makeVm({ name: 'DC01' }),
      makeVm({ name: 'DC01', state: 'off' }),
      withService(makeVm({ name: 'DC01' }), 'keyValuePairExchange', { enabled: false }),
      makeVm({ name: 'DC01', guest: { ...silent, integrationServicesVersion: null } }),
    ];
    golden(
      'pairs',
      vms.map((vm) => [describeRow(pairsRow(vm)), pairsTooltip(vm)].join('\n')),
    );
  });
});

describe('Tooltips', () => {
  it('tell what each service does, what is lost without it and which part of the guest answers', () => {
    golden('serviceTooltips', [
      ...integrationServiceKeys.map((key) =>
        serviceTooltip(withService(makeVm(), key, { status: 'noContact', reason: 'Kein Kontakt' }), key),
      ),
      serviceTooltip(withService(makeVm(), 'timeSynchronization', { enabled: false }), 'timeSynchronization'),
    ]);
  });

  it('tell the facts of a VM and of its host', () => {
    golden('vmTooltips', [
      vmTooltip(makeVm({ notes: 'Line one\nline two' }), 'HV01'),
      vmTooltip(makeVm({ state: 'off', uptimeMs: null, memoryMB: null, heartbeat: null }), 'HV01'),
      ...hostStatuses.map((status) => hostTooltip(host(status, 3))),
    ]);
  });

  it('never interpret text of a host or a guest', () => {
    const hostile = '[click](command:evil) ![x](http://evil) <img src=x> $(alert) **bold** `code`\n# heading';
    const tooltip = vmTooltip(makeVm({ name: hostile, notes: hostile }), hostile);
    // What is left after taking the escaped characters away must not hold one that means something in Markdown.
    const bare = tooltip.replaceAll(/\\./g, '').replaceAll('**', '');
    assert.doesNotMatch(bare, /[[\]()<>`!$#]/);
  });
});
