// How long the simulated host says it takes: what benchmarks compare contenders by.
import assert from 'node:assert/strict';
import { inLab } from '../support/labEngine';

const latency = { perQueryMs: 2, perRowMs: 3, perCmdletMs: 50, perVmMs: 7, moduleLoadMs: 400 };

describe('the latency of a lab', () => {
  it('counts the module once a process, each cmdlet, and each VM', async () => {
    const answer = await inLab(
      { vmsPerHost: 2, latency },
      `$answer = @((Get-HvLabCmdletLatency 2), (Get-HvLabCmdletLatency 2), (Get-HvLabCmdletLatency 0))
       Reset-HvLab | Out-Null
       $answer += Get-HvLabCmdletLatency 0`,
    );
    assert.deepEqual(answer, [464, 64, 50, 50]);
  });

  it('is spent by the first cmdlet that a script calls', async () => {
    const answer = await inLab(
      { vmsPerHost: 2, latency: { moduleLoadMs: 1 } },
      `$before = $global:HvLabState.ModuleLoadMs
       $vm = @(Hyper-V\\Get-VM)
       $answer = @($before, $vm.Count, $global:HvLabState.ModuleLoadMs)`,
    );
    assert.deepEqual(answer, [1, 2, 0]);
  });
});
