// What the commands in a Linux guest printed, section by section. Pure; the commands are in linuxCommands.ts.
import { parseSources, parseTracking } from './chrony';
import type { ClockDaemon, LinuxClock } from './facts';
import { rawTexts } from './windowsClock';

const longestSection = 4_000;

/** Names of processes as the kernel keeps them, 15 characters at most. */
const daemonNames: Readonly<Record<string, ClockDaemon>> = {
  chronyd: 'chronyd',
  'systemd-timesyn': 'systemd-timesyncd',
  ntpd: 'ntpd',
  ntpsec: 'ntpd',
  openntpd: 'openntpd',
  phc2sys: 'phc2sys',
};

/** @param lines of the script's output: `@@ name` begins a section */
export function linuxClock(lines: readonly string[]): LinuxClock {
  const sections = sectionsOf(lines);
  const section = (name: string): string => sections.get(name) ?? '';
  const has = (name: string): boolean => sections.has(name);
  const timedatectl = properties(section('timedatectl'));
  const timesync = properties(section('timesync'));
  const daemons = section('daemons')
    .split('\n')
    .flatMap((name) => daemonNames[name.trim()] ?? []);
  return {
    kind: 'linux',
    daemons: has('daemons') ? [...new Set(daemons)].sort() : null,
    chrony: parseTracking(section('tracking')),
    sources: parseSources(section('sources')),
    timesyncServer: timesync.get('ServerName') ?? timesync.get('ServerAddress') ?? null,
    synchronized: yesNo(timedatectl.get('NTPSynchronized')),
    ptpClocks: has('ptp') ? ptpClocks(section('ptp')) : null,
    stableName: has('link') ? /^\/dev\/ptp\d+$/m.test(section('link').trim()) : null,
    kernel: /^[\w.+-]{1,100}$/.exec(section('kernel').trim())?.[0] ?? null,
    raw: rawTexts([
      ['chronyc -c tracking', section('tracking')],
      ['chronyc -c sources', section('sources')],
      ['timedatectl show', section('timedatectl')],
      ['timedatectl show-timesync', section('timesync')],
      ['/sys/class/ptp/*/clock_name', section('ptp')],
      ['/dev/ptp_hyperv', section('link')],
    ]),
  };
}

/** The host's clock as Linux knows it; undefined when there is none. */
export function hostPtpClock({ ptpClocks: clocks }: LinuxClock): string | undefined {
  return clocks?.find(({ name }) => name === 'hyperv')?.device;
}

function sectionsOf(lines: readonly string[]): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  let name: string | undefined;
  for (const line of lines) {
    const begun = /^@@ ([a-z]+)$/.exec(line)?.[1];
    if (begun !== undefined) sections.set((name = begun), '');
    else if (name !== undefined) {
      const before = sections.get(name) ?? '';
      if (before.length < longestSection) sections.set(name, `${before}${line.slice(0, longestSection)}\n`);
    }
  }
  return sections;
}

/** `Name=value`, one a line. */
function properties(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split('\n').flatMap((line) => {
      const [, name, value] = /^(\w+)=(.+)$/.exec(line.trim()) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );
}

function yesNo(word: string | undefined): boolean | null {
  return word === 'yes' ? true : word === 'no' ? false : null;
}

/** Lines like `/dev/ptp0 hyperv`. */
function ptpClocks(text: string): NonNullable<LinuxClock['ptpClocks']> {
  return text.split('\n').flatMap((line) => {
    const [, device, name] = /^(\/dev\/ptp\d{1,3}) (.{1,100})$/.exec(line.trim()) ?? [];
    return device === undefined || name === undefined ? [] : [{ device, name }];
  });
}
