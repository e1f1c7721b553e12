// What the demo lab's own methods refuse: each refusal names the parameter and what it may be.
import assert from 'node:assert/strict';
import { inLab } from '../support/labEngine';

describe('methods of the demo lab', function () {
  this.timeout(60_000);

  it('refuse what they do not know, and change nothing', async () => {
    const answer = (await inLab(
      {},
      `$id = [guid](Vm 'DC01').Name; $other = [guid](Vm 'db-debian').Name; $none = [guid]'11111111-2222-4333-8444-555555555555'
       function Why([scriptblock]$Block) { $f = Failure $Block; if ($f -is [string]) { return $f }; if ($f.id -ne 'Hv.badRequest') { return $f.id }; $f.text }
       $answer = @(
         (Why { Invoke-HvLabTouch -Action rename -Id $none -Name 'x' }), (Why { Invoke-HvLabTouch -Action create -Id $id -Name 'x' }), (Why { Invoke-HvLabTouch -Action rename -Id $id }),
         (Why { Invoke-HvLabTouch -Action rename -Id $id -Name '' }), (Why { Invoke-HvLabTouch -Action delete -Id $id -Name 'DC01' }), (Why { Invoke-HvLabTouch -Action state -Id $id -State 4 }),
         (Why { Invoke-HvLabTouch -Action service -Id $id -Service clock -Enabled $true }), (Why { Invoke-HvLabTouch -Action pair -Id $id -Pool auto -Name a -Data b }), (Why { Invoke-HvLabTouch -Action pair -Id $id -Pool guest -Name a }),
         (Why { Invoke-HvLabTouch -Action pair -Id $id -Pool guest -Name ([string][char]0) -Data b }), (Why { Invoke-HvLabTouch -Action pair -Id $id -Pool guest -Name a -Data ('x' * 1024) }),
         (Why { Invoke-HvLabTouch -Action pair -Id $other -Pool guest -Name a -Data b }), (Why { Set-HvLabFault -Kind hang -On Msvm_Nothing }), (Why { Set-HvLabFault -Kind hang -Vm nobody }),
         (Failure { Invoke-HvLabTouch -Action state -Id $id -State 'on' }).category, (Failure { Invoke-HvLabTouch -Action burn -Id $id }).category)
       $answer += @(@(Ask 'Msvm_ComputerSystem').Count, (State 'DC01'))`,
    )) as unknown[];
    const texts = answer.slice(0, 14).map(String);
    const expected = [
      /^id: the lab has no VM with the id 11111111-/,
      /^id: the lab already has a VM with the id 5B1C0A11-0001-/,
      /^name: action rename takes id, name$/,
      /^name: must have at least 1 character$/,
      /^name: action delete takes id$/,
      /^state: must be one of 2, 3, 6, 9$/,
      /^service: must be one of shutdown, timeSynchronization, keyValuePairExchange, heartbeat, vss, guestServiceInterface$/,
      /^pool: must be one of guest, external, hostOnly$/,
      /^data: action pair takes id, pool, name, data, remove$/,
      /^name: must be well-formed text without control characters$/,
      /^name, data: at most 255 characters \(511 bytes\) and 1023 characters \(2047 bytes\)/,
      /^pool: the guest of db-debian does not exchange data now$/,
      /^on: must be one of Msvm_ComputerSystem, .*, vmms, Guest$/,
      /^vm: the lab has no VM with the name or id nobody$/,
    ];
    for (const [index, text] of texts.entries()) assert.match(text, expected[index] ?? /^$/);
    assert.deepEqual(answer.slice(14), ['InvalidData', 'InvalidData', 8, 2]);
  });

  it('let the next job fail with an HRESULT in its text, which its error code could not hold', async () => {
    const answer = await inLab(
      { faults: [{ kind: 'errorOnce', on: 'Msvm_ConcreteJob', vm: 'build-golden', code: 0x8007_05aa }] },
      `$start = Power 'build-golden' 2; Later 20000; $job = Job $start
       $answer = @($job.state, $job.code, $job.text.EndsWith('(0x800705AA).'), (State 'build-golden'))`,
    );
    assert.deepEqual(answer, [10, 32_768, true, 3]);
  });

  it('show a job by its id, as it is at that moment, until the host forgets it', async () => {
    const answer = await inLab(
      {},
      `$start = Power 'build-golden' 2; $filter = "InstanceID='" + $start.Job.InstanceID + "'"
       function Read() { @(Ask 'Msvm_ConcreteJob' $filter @('InstanceID', 'JobState') | ForEach-Object { [int]$_.JobState }) }
       $answer = @((Read), @(Ask 'Msvm_ConcreteJob' $filter).Count); Later 2000; $answer += Read; Later 310000; $answer += @(Read).Count`,
    );
    assert.deepEqual(answer, [4, 1, 7, 0]);
  });
});
