// The pairs of the default lab: what its guests and administrators tell each other through data exchange.
import type { LabExchange } from './labSpec';

/** A program in a Windows guest that reports what it does, every half minute. */
export const runnerExchange: LabExchange = {
  external: [{ name: 'ci.pool', data: 'windows-x64' }],
  guest: [{ name: 'ci.agent', data: 'idle' }],
  later: [
    { afterMs: 20_000, pool: 'guest', name: 'ci.agent', data: 'running' },
    { afterMs: 30_000, everyMs: 30_000, pool: 'guest', name: 'ci.job', data: 'build {n}' },
  ],
};

/** A second administrator, who changes a pair while somebody has it open. The guest's file holds a name twice. */
export const webExchange: LabExchange = {
  external: [{ name: 'release', data: '2026.10' }],
  guest: [
    { name: 'nginx', data: 'starting' },
    { name: 'nginx', data: 'serving 3 sites' },
  ],
  hostOnly: [{ name: 'owner', data: 'web team' }],
  later: [{ afterMs: 90_000, pool: 'external', name: 'release', data: '2026.11' }],
};

/** Off: what the host writes is kept until the guest starts. */
export const goldenExchange: LabExchange = {
  external: [{ name: 'role', data: 'golden image' }],
  hostOnly: [{ name: 'built', data: '2026-10-01' }],
};

/** Everything that XML, scripts and lists trip over. */
export const hostileExchange: LabExchange = {
  external: [{ name: 'for the guest', data: 'never arrives: no daemon listens' }],
  hostOnly: [
    { name: '<a href="x">&amp;]]>', data: '</VALUE></PROPERTY> ]]> &#0; <![CDATA[' },
    { name: '\u{1F680} \u05E9\u05DC\u05D5\u05DD', data: '\u202Etxt.exe \u{1F469}\u200D\u{1F4BB} $(hostname)' },
    { name: 'lines', data: 'one\r\ntwo\nthree\t.' },
  ],
};
