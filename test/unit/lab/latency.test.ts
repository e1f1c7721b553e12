import assert from 'node:assert/strict';
import { hostData } from '../../../src/lab/hostData';
import { parseLabSpec } from '../../../src/lab/lab';

function latencyOf(latency: unknown): Record<string, number> {
  const spec = parseLabSpec({ hosts: [{ name: 'A' }], latency });
  const { perQueryMs, perRowMs, perCmdletMs, perVmMs, moduleLoadMs } = hostData(spec, spec.hosts[0] ?? { name: '' });
  return { perQueryMs, perRowMs, perCmdletMs, perVmMs, moduleLoadMs };
}

describe('the latency in a description of a lab', () => {
  it('is none unless it is asked for', () => {
    assert.deepEqual(latencyOf(undefined), { perQueryMs: 0, perRowMs: 0, perCmdletMs: 0, perVmMs: 0, moduleLoadMs: 0 });
  });

  it('holds for cmdlets like for queries unless they have one of their own', () => {
    assert.deepEqual(latencyOf({ perQueryMs: 5, perRowMs: 2 }), {
      perQueryMs: 5,
      perRowMs: 2,
      perCmdletMs: 5,
      perVmMs: 2,
      moduleLoadMs: 0,
    });
    const own = { perQueryMs: 1, perRowMs: 2, perCmdletMs: 3, perVmMs: 4, moduleLoadMs: 5 };
    assert.deepEqual(latencyOf(own), own);
  });
});
