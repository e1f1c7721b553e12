import assert from 'node:assert/strict';
import { clockPage } from '../../../src/commands/time/report';
import type { VmRecord } from '../../../src/domain/vm';
import { assertGolden } from '../../support/golden';
import { hostClock, linux, makeTimeFacts, read, windows } from '../../support/timeFacts';
import { makeVm, withService } from '../../support/vms';

const hostile = [
  '# no heading',
  '![x](https://evil.example/p.png)',
  '<img src=x onerror=alert(1)>',
  '```\n```` out',
  'a\u202Eb',
  '| x | y',
];

describe('The report on clocks', () => {
  const page = (vm: VmRecord, facts: Parameters<typeof makeTimeFacts>[0]): string =>
    clockPage(
      [{ target: { hostId: 'HV', hostName: 'HV', vm }, facts: makeTimeFacts({ vm, ...facts }), vmProblem: undefined }],
      Date.UTC(2026, 0, 1) + new Date(2026, 0, 1).getTimezoneOffset() * 60_000,
    );

  it('shows what guests and hosts wrote as text, whatever it is', () => {
    const raw = hostile.map((text) => ({ command: 'w32tm /query /status', text }));
    const pages = hostile.map((name) =>
      page(makeVm({ name }), {
        host: hostClock({ source: { kind: 'server', name }, raw }),
        guest: read(
          linux({
            chrony: { reference: name, stratum: 3, synchronized: true },
            timesyncServer: name,
            kernel: name,
            raw,
          }),
        ),
      }),
    );
    assertGolden('unit/commands/golden/checkTimeHostile.md', pages.join('\n'));
  });

  it('has the lines to copy as well', () => {
    const clock = linux({ daemons: [], chrony: null, sources: [], stableName: false, synchronized: false });
    const text = page(makeVm(), { guest: read(clock) });
    assert.match(text, /refclock PHC \/dev\/ptp_hyperv/);
    assert.match(text, /SUBSYSTEM=="ptp"/);
  });

  it('calls a service that somebody disabled chosen', () => {
    const vm = withService(makeVm(), 'timeSynchronization', { enabled: false });
    assert.match(
      page(vm, { guest: read(windows({ source: { kind: 'server', name: 'dc.example' } })) }),
      /\| \*\*A time server\*\*: `dc\.example` \| disabled by choice \|/,
    );
  });
});
