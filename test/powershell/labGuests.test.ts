// The demo lab's guests: they boot in stages, answer, refuse or ignore a shutdown, and their services find contact again.
import assert from 'node:assert/strict';
import { inLab } from '../support/labEngine';

const heartbeat = 'Msvm_HeartbeatComponent';

describe('guests of the demo lab', function () {
  this.timeout(60_000);

  it('boot in stages: starting, running without contact, heartbeat, shutdown service, own facts', async () => {
    const stages = await inLab(
      { hosts: [{ name: 'H', vms: [{ name: 'w', state: 'off' }] }] },
      `
      function Stage { Status 'w' '${heartbeat}'; Status 'w' 'Msvm_ShutdownComponent' }
      function Facts { @((Component 'w' 'Msvm_KvpExchangeComponent').CimInstanceProperties['GuestIntrinsicExchangeItems'].Value).Count }
      $before = @(State 'w') + @(Stage)
      $result = Power 'w' 2
      $starting = @(State 'w') + @(Stage)
      Later 1300; $booting = @(State 'w') + @(Stage)
      Later 7000; $beating = @(State 'w') + @(Stage)
      Later 4000; $ready = @(State 'w') + @(Stage); $factsEarly = Facts
      Later 8000; $factsLate = Facts
      $answer = @{ code = [int]$result.ReturnValue; before = $before; starting = $starting; booting = $booting; beating = $beating; ready = $ready; facts = @($factsEarly, $factsLate) }`,
    );
    assert.deepEqual(stages, {
      code: 4096,
      before: [3, 'none', 'none'],
      starting: [10, 'none', 'none'],
      booting: [2, '12', '12'],
      beating: [2, '2/2', '12'],
      ready: [2, '2/2', '2'],
      facts: [0, 10],
    });
  });

  it('say "not ready" while they boot, and agree once they are up', async () => {
    const codes = await inLab(
      { hosts: [{ name: 'H', vms: [{ name: 'w', state: 'off' }] }] },
      `[void](Power 'w' 2); Later 1300; $early = Guest 'w'; Later 12000; $answer = @($early, (Guest 'w'))`,
    );
    assert.deepEqual(codes, [32_780, 0]);
  });

  it('are down only after the time they need, and refuse a second request meanwhile', async () => {
    const story = await inLab(
      { hosts: [{ name: 'H', vms: [{ name: 'sql', shutdownMs: 90_000 }] }] },
      `$first = Guest 'sql'; $second = Guest 'sql'; Later 89000; $late = State 'sql'; Later 2000; $answer = @($first, $second, $late, (State 'sql'))`,
    );
    assert.deepEqual(story, [0, 32_782, 2, 3]);
  });

  it('with a locked session refuse, unless somebody forces them', async () => {
    const story = await inLab(
      { hosts: [{ name: 'H', vms: [{ name: 'desk', shutdown: 'locked' }] }] },
      `$refused = Guest 'desk'; $forced = Guest 'desk' 'InitiateShutdown' $true; Later 13000; $answer = @($refused, $forced, (State 'desk'))`,
    );
    assert.deepEqual(story, [32_781, 0, 3]);
  });

  it('that ignore a shutdown agree and go on running', async () => {
    const story = await inLab(
      { hosts: [{ name: 'H', vms: [{ name: 'erp', shutdown: 'ignores' }] }] },
      `$code = Guest 'erp'; Later 3600000; $answer = @($code, (State 'erp'))`,
    );
    assert.deepEqual(story, [0, 2]);
  });

  it('without integration components have no contact and fail a shutdown without a reason', async () => {
    const story = await inLab(
      { hosts: [{ name: 'H', vms: [{ name: 'router', guest: 'none' }] }] },
      `$answer = @((Status 'router' '${heartbeat}'), (Guest 'router'))`,
    );
    assert.deepEqual(story, ['12', 32_768]);
  });

  it('restart by themselves: they keep running, and boot again', async () => {
    const story = await inLab(
      { hosts: [{ name: 'H', vms: [{ name: 'w' }] }] },
      `$code = Guest 'w' 'InitiateReboot'; Later 13000
       $uptime = (Vm 'w').CimInstanceProperties['OnTimeInMilliseconds'].Value
       $answer = @($code, (State 'w'), (Status 'w' '${heartbeat}'), ($uptime -lt 5000))`,
    );
    assert.deepEqual(story, [0, 2, '12', true]);
  });

  it('without daemons answer for the kernel only', async () => {
    const story = await inLab(
      {},
      `$answer = @('ShutdownComponent', 'TimeSyncComponent', 'HeartbeatComponent', 'KvpExchangeComponent', 'VssComponent' | ForEach-Object { Status 'db-debian' ('Msvm_' + $_) })`,
    );
    assert.deepEqual(story, ['2', '2', '2/2', '12', '12']);
  });

  it('are saved, restored, paused and resumed through states of transition, and keep their uptime', async () => {
    const story = await inLab(
      { hosts: [{ name: 'H', vms: [{ name: 'w', uptimeSeconds: 1000 }] }] },
      `$steps = @()
       foreach ($step in 6, 2, 9, 2) {
         $code = [int](Power 'w' $step).ReturnValue
         $during = State 'w'; Later 3000
         $steps += ,@($code, $during, (State 'w'), (Status 'w' '${heartbeat}'))
         if ($step -eq 6 -or $step -eq 9) { Later 600000 }
       }
       $answer = @{ steps = $steps; hundreds = [Math]::Floor((Vm 'w').CimInstanceProperties['OnTimeInMilliseconds'].Value / 100000) }`,
    );
    assert.deepEqual(story, {
      steps: [
        [4096, 32_773, 6, 'none'],
        [4096, 10, 2, '2/2'],
        [4096, 32_776, 9, '15'],
        [4096, 32_777, 2, '2/2'],
      ],
      // 1000 s and the few it ran between the steps; none of the 1200 s it lay saved or paused.
      hundreds: 10,
    });
  });

  it('refuse a state they are in already, or cannot reach', async () => {
    const codes = await inLab(
      {},
      `$answer = @(
        [int](Power 'DC01' 2).ReturnValue, [int](Power 'build-golden' 3).ReturnValue, [int](Power 'build-golden' 6).ReturnValue)`,
    );
    assert.deepEqual(codes, [32_775, 32_775, 32_775]);
  });

  it('that do not fit into memory fail to start, and the job says so', async () => {
    const story = (await inLab(
      {},
      `$result = Power 'bigdata-node' 2; $early = Job $result; Later 2000; $answer = @{ code = [int]$result.ReturnValue; early = $early.state; job = Job $result; state = State 'bigdata-node' }`,
    )) as { code: number; early: number; job: { state: number; code: number; text: string }; state: number };
    assert.equal(story.code, 4096);
    assert.equal(story.early, 4);
    assert.equal(story.job.state, 10);
    assert.equal(story.job.code, 32_778);
    assert.match(story.job.text, /0x800705AA/);
    assert.equal(story.state, 3);
  });

  it('find contact two to four seconds after a service is enabled, and keep their status when it is disabled', async () => {
    const story = await inLab(
      {},
      `function Time { @(Hyper-V\\Get-VMIntegrationService -VMName 'DC01' -Name 'Time*')[0] }
       function Say { $time = Time; [string]$time.Enabled + ' ' + $time.PrimaryStatusDescription }
       $before = Say
       Time | Hyper-V\\Enable-VMIntegrationService -Confirm:$false -ErrorAction Stop
       $enabled = Say; Later 1900; $soon = Say; Later 2200; $later = Say
       Time | Hyper-V\\Disable-VMIntegrationService -Confirm:$false -ErrorAction Stop
       $answer = @($before, $enabled, $soon, $later, (Say))`,
    );
    assert.deepEqual(story, ['False OK', 'True No Contact', 'True No Contact', 'True OK', 'False OK']);
  });
});
