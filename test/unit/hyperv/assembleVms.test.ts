import assert from 'node:assert/strict';
import fc from 'fast-check';
import { assembleVms } from '../../../src/hyperv/assembleVms';
import { parseRow } from '../../../src/hyperv/inventoryRows';

const id = '7CCA7664-91D0-40A9-9769-7809F256F603';
const item =
  '<INSTANCE CLASSNAME="Msvm_KvpExchangeDataItem"><PROPERTY NAME="Data" TYPE="string"><VALUE>Ubuntu</VALUE></PROPERTY><PROPERTY NAME="Name" TYPE="string"><VALUE>OSName</VALUE></PROPERTY></INSTANCE>';

const rows = [
  ['vm', id, 'DC01', 2, 5_000],
  ['settings', `Microsoft:${id}`, '12.0', 3, ['first', 'second']],
  ['summary', id, 4, 2048, 'Windows Server 2025 Standard'],
  ['setting', 'shutdown', `Microsoft:${id}\\9F8233AC-BE49-4C79-8EE3-E7E1985B2077`, 2],
  ['setting', 'timeSynchronization', `Microsoft:${id}\\2497F4DE-E9FA-4204-80E4-4B75C46419C0`, 3],
  ['setting', 'heartbeat', `Microsoft:${id}\\84EAAE65-2F2E-45F5-9BB5-0E857DC8EB47`, 2],
  ['component', 'shutdown', id, [2], ['OK']],
  ['component', 'timeSynchronization', id, [2], ['OK']],
  ['component', 'heartbeat', id, [2, 2], ['OK', 'OK']],
  ['component', 'vss', id, [2, 32775], ['OK', 'Other protocol version.']],
  ['component', 'keyValuePairExchange', id, [12], ['Kein Kontakt']],
  ['kvp', id, [item]],
];

function one(...changed: unknown[][]) {
  const [vm] = assembleVms([...rows, ...changed]).vms;
  assert.ok(vm);
  return vm;
}

describe('VMs from the rows of a host', () => {
  it('rows of one GUID become one record, whatever the letter case', () => {
    const vm = one();
    assert.equal(vm.id, id.toLowerCase());
    assert.equal(vm.name, 'DC01');
    assert.equal(vm.state, 'running');
    assert.equal(vm.uptimeMs, 5_000);
    assert.equal(vm.processors, 4);
    assert.equal(vm.memoryMB, 2048);
    assert.equal(vm.heartbeat, 'healthy');
    assert.equal(vm.configurationVersion, '12.0');
    assert.equal(vm.checkpointType, 'production');
    assert.equal(vm.notes, 'first\nsecond');
  });

  it('what the guest says of its system comes before what the host thinks it is', () => {
    assert.equal(one().guest.osName, 'Ubuntu');
    assert.equal(one(['kvp', id, []]).guest.osName, 'Windows Server 2025 Standard');
  });

  it('setting and status of a service are two facts', () => {
    const { timeSynchronization, vss, keyValuePairExchange, guestServiceInterface } = one().services;
    assert.deepEqual(timeSynchronization, { enabled: false, status: 'ok', secondary: null, reason: null });
    assert.deepEqual(vss, { enabled: null, status: 'ok', secondary: 32775, reason: 'Other protocol version.' });
    assert.deepEqual(keyValuePairExchange, {
      enabled: null,
      status: 'noContact',
      secondary: null,
      reason: 'Kein Kontakt',
    });
    assert.deepEqual(guestServiceInterface, { enabled: null, status: null, secondary: null, reason: null });
  });

  it('a VM that is off or saved has no live facts, even if the host reports some', () => {
    for (const code of [3, 6, 32769]) {
      const vm = one(['vm', id, 'DC01', code, 0], ...rows.slice(1));
      assert.equal(vm.uptimeMs, null);
      assert.equal(vm.memoryMB, null);
      assert.equal(vm.heartbeat, null);
      assert.ok(Object.values(vm.services).every(({ status }) => status === null));
      assert.equal(vm.services.shutdown.enabled, true);
    }
  });

  it('rows of checkpoints and of the host itself find no VM', () => {
    const other = '00000000-0000-0000-0000-000000000001';
    const { vms, problems } = assembleVms([
      ...rows,
      ['settings', `Microsoft:${other}`, '9.0', 5, []],
      ['setting', 'vss', 'Microsoft:Definition\\5CED1297-4598-4915-A5FC-AD21BB4D02A4\\Default', 2],
    ]);
    assert.equal(vms.length, 1);
    assert.equal(vms[0]?.configurationVersion, '12.0');
    assert.deepEqual(problems, []);
  });

  it('a problem of the host is reported and spoils nothing', () => {
    const { vms, problems } = assembleVms([['problem', 'Msvm_VssComponent', 'broken'], ...rows, 7, ['nonsense']]);
    assert.equal(vms.length, 1);
    assert.deepEqual(problems, [
      'Msvm_VssComponent: broken',
      ...Array<string>(2).fill('A row of the host was not understood.'),
    ]);
  });

  it('a VM with unusable facts is still shown', () => {
    const [vm] = assembleVms([
      ['vm', id, null, 'two', -1],
      ['summary', id, Number.NaN, '2048', 5],
      ['settings', `Microsoft:${id}`, 12, 99, [1, 'note']],
      ['component', 'heartbeat', id, ['2'], 7],
    ]).vms;
    assert.ok(vm);
    assert.equal(vm.name, id.toLowerCase());
    assert.equal(vm.state, 'unknown');
    assert.equal(vm.processors, null);
    assert.equal(vm.checkpointType, 'unknown');
    assert.equal(vm.notes, 'note');
    assert.equal(vm.heartbeat, null);
  });

  it('names of VMs are kept exactly', () => {
    for (const name of ['$(calc)', "O'Neil [*] `x`", '👾', ' ', '__proto__', '</script>']) {
      assert.equal(one(['vm', id, name, 2, 0]).name, name);
    }
  });

  it('nothing a host could send makes it throw', () => {
    const tag = fc.constantFrom('vm', 'settings', 'summary', 'setting', 'component', 'kvp', 'problem', 'toString');
    const value = fc.oneof(fc.anything(), fc.constantFrom(id, `Microsoft:${id}\\x`, 'shutdown', 'constructor'));
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.anything(), fc.tuple(tag, value, value, value, value))), (any) => {
        assembleVms(any);
      }),
    );
    assert.equal(parseRow(Object.create(null)), undefined);
  });
});
