// Reading a lab's description: what is taken, and what a person is told about the rest.
import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import { hostData } from '../../../src/lab/hostData';
import { defaultLabSpec, labHosts, parseLabSpec } from '../../../src/lab/lab';

function vms(...list: readonly Record<string, unknown>[]): object {
  return { hosts: [{ name: 'A', vms: list }] };
}

function pair(value: { name: string; data: string }): unknown {
  return vms({ name: 'x', exchange: { guest: [value] } });
}

function labId(digit: string): string {
  return `0000000${digit}-0000-4000-8000-000000000000`;
}

describe('description of a lab', () => {
  it('without hosts and sizes is the default lab', () => {
    assert.deepEqual(parseLabSpec({}), defaultLabSpec);
    assert.deepEqual(labHosts(defaultLabSpec), [
      { id: 'lab:HV-LAB1', name: 'HV-LAB1' },
      { id: 'lab:HV-LAB2', name: 'HV-LAB2' },
      { id: 'lab:HV-MUENCHEN', name: 'HV-MUENCHEN' },
    ]);
  });

  it('with a size only is one host', () => {
    assert.deepEqual(
      labHosts(parseLabSpec({ vmsPerHost: 5 })).map(({ name }) => name),
      ['HV-LAB1'],
    );
  });

  const refusals: readonly (readonly [string, unknown, RegExp])[] = [
    ['a text', 'lab', /must be of type object/],
    ['an unknown field', { vmPerHost: 5 }, /no field named vmPerHost; known are hosts, vmsPerHost, seed/],
    [
      'an unknown field of a VM',
      { hosts: [{ name: 'A', vms: [{ name: 'x', memory: 1 }] }] },
      /hosts\[0\]\.vms\[0\]: there is no field named memory; known are name, id, /,
    ],
    ['too many VMs', { vmsPerHost: 10_001 }, /vmsPerHost: must be at most 10000/],
    [
      'an unknown state',
      { hosts: [{ name: 'A', vms: [{ name: 'x', state: 'sleeping' }] }] },
      /hosts\[0\]\.vms\[0\]\.state: must be one of "running"/,
    ],
    [
      'an unknown service',
      { hosts: [{ name: 'A', vms: [{ name: 'x', services: { clock: true } }] }] },
      /hosts\[0\]\.vms\[0\]\.services: there is no field named clock; known are shutdown, timeSynchronization/,
    ],
    [
      'a VM without a name',
      { hosts: [{ name: 'A', vms: [{}] }] },
      /hosts\[0\]\.vms\[0\]\.name: must be of type string/,
    ],
    ['an id that is no GUID', { hosts: [{ name: 'A', vms: [{ name: 'x', id: '7' }] }] }, /\.id: must be a GUID/],
    ['a host name that is no file name', { hosts: [{ name: 'A B' }] }, /hosts\[0\]\.name: must be 1 to 63 letters/],
    ['no hosts at all', { hosts: [] }, /hosts: must have at least 1 items/],
    ['a clock that stands still', { timeScale: 0 }, /timeScale: must be more than 0/],
    ['an unknown fault', { faults: [{ kind: 'fire' }] }, /faults\[0\]\.kind: must be one of "hang"/],
    [
      'two hosts of one name',
      { hosts: [{ name: 'A' }, { name: 'a' }] },
      /hosts\[1\]\.name: must be unlike hosts\[0\]\.name/,
    ],
    [
      'two VMs of one id',
      vms({ name: 'x', id: labId('a') }, { name: 'y' }, { name: 'z', id: labId('A') }),
      /hosts\[0\]\.vms\[2\]\.id: must be unlike hosts\[0\]\.vms\[0\]\.id/,
    ],
    ['half of a surrogate pair', vms({ name: 'x\ud800' }), /hosts\[0\]\.vms\[0\]\.name: must be well-formed Unicode/],
    ['a name of no length', vms({ name: '' }), /vms\[0\]\.name: must have at least 1 characters/],
    ['a name that is too long', vms({ name: 'x'.repeat(101) }), /vms\[0\]\.name: must have at most 100 characters/],
    [
      'too many VMs, described and generated together',
      { hosts: [{ name: 'A', vms: [{ name: 'x' }], vmsPerHost: 10_000 }] },
      /hosts\[0\]\.vmsPerHost: must be at most 10000, the VMs in vms counted in/,
    ],
    [
      'a host that does not fit into one message',
      vms(...Array.from({ length: 1_000 }, (_, n) => ({ name: 'x', notes: `${n}${'\u00e9'.repeat(1_900)}` }))),
      /hosts\[0\]: must be at most 983040 bytes as it is sent to PowerShell, and is 1\d{7}/,
    ],
    [
      'a fault on an unknown host',
      { ...vms({ name: 'x' }), faults: [{ kind: 'hang', host: 'B' }] },
      /faults\[0\]\.host: must be one of "A"/,
    ],
    [
      'a fault on an unknown class',
      { faults: [{ kind: 'hang' }, { kind: 'hang', on: 'Msvm_Nothing' }] },
      /faults\[1\]\.on: must be one of "Msvm_ComputerSystem".*"Get-VM"/,
    ],
    [
      'a fault on a VM of another host',
      { hosts: [{ name: 'A', vms: [{ name: 'x' }] }, { name: 'B' }], faults: [{ kind: 'hang', host: 'B', vm: 'x' }] },
      /faults\[0\]\.vm: must be the name or the id of a VM in this lab/,
    ],
    [
      'a pair with a control character',
      pair({ name: 'a\0', data: '' }),
      /exchange\.guest\[0\]\.name: must have no control characters/,
    ],
    [
      'a pair of too many bytes',
      pair({ name: 'a', data: '\u20ac'.repeat(1_000) }),
      /exchange\.guest\[0\]\.data: must have at most 2047 bytes/,
    ],
    [
      'two external pairs of one name',
      vms({ name: 'x', exchange: { external: ['a', 'b', 'a'].map((name) => ({ name, data: '' })) } }),
      /exchange\.external\[2\]\.name: must be unlike hosts\[0\]\.vms\[0\]\.exchange\.external\[0\]\.name/,
    ],
    [
      'a later change that changes nothing',
      vms({ name: 'x', exchange: { later: [{ afterMs: 1, pool: 'guest', name: 'a' }] } }),
      /hosts\[0\]\.vms\[0\]\.exchange\.later\[0\]: must have data, or remove: true/,
    ],
  ];
  for (const [title, json, message] of refusals) {
    it(`refuses ${title} and names the field`, () => {
      assert.throws(
        () => parseLabSpec(json),
        (error) => HyperVError.is(error, 'badRequest') && message.test(error.message),
      );
    });
  }

  it('takes a fault on a generated VM, and on a VM by its id', () => {
    const id = labId('b');
    const faults = [
      { kind: 'errorOnce', on: 'Msvm_ConcreteJob', vm: 'x' },
      { kind: 'errorOnce', on: 'AddKvpItems', vm: id.toUpperCase() },
    ];
    assert.equal(parseLabSpec({ hosts: [{ name: 'A', vms: [{ name: 'x', id }] }], faults }).faults?.length, 2);
    const generated = hostData(parseLabSpec({ vmsPerHost: 3 }), { name: 'HV-LAB1' }).vms[2]?.[0];
    assert.equal(parseLabSpec({ vmsPerHost: 3, faults: [{ kind: 'hang', vm: generated }] }).faults?.length, 1);
  });
});
