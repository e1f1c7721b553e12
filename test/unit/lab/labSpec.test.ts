// Reading a lab's description: what is taken, and what a person is told about the rest.
import assert from 'node:assert/strict';
import { HyperVError } from '../../../src/domain/errors';
import { defaultLabSpec, labHosts, parseLabSpec } from '../../../src/lab/lab';

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
    ['an unknown field', { vmPerHost: 5 }, /no field named vmPerHost/],
    [
      'an unknown field of a VM',
      { hosts: [{ name: 'A', vms: [{ name: 'x', memory: 1 }] }] },
      /hosts\[0\]\.vms\[0\]: .*memory/,
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
      /hosts\[0\]\.vms\[0\]\.services/,
    ],
    [
      'a VM without a name',
      { hosts: [{ name: 'A', vms: [{}] }] },
      /hosts\[0\]\.vms\[0\]\.name: must be of type string/,
    ],
    ['an id that is no GUID', { hosts: [{ name: 'A', vms: [{ name: 'x', id: '7' }] }] }, /\.id: must be a GUID/],
    ['a host name that is no file name', { hosts: [{ name: 'A B' }] }, /hosts\[0\]\.name: must be 1 to 63 letters/],
    ['no hosts at all', { hosts: [] }, /hosts: must be at least 1/],
    ['a clock that stands still', { timeScale: 0 }, /timeScale: must be more than 0/],
    ['an unknown fault', { faults: [{ kind: 'fire' }] }, /faults\[0\]\.kind: must be one of "hang"/],
    ['two hosts of one name', { hosts: [{ name: 'A' }, { name: 'A' }] }, /two hosts are named A/],
  ];
  for (const [title, json, message] of refusals) {
    it(`refuses ${title} and names the field`, () => {
      assert.throws(
        () => parseLabSpec(json),
        (error) => HyperVError.is(error, 'badRequest') && message.test(error.message),
      );
    });
  }
});
