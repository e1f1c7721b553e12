// The steps that look at a host through a session of its own: PowerShell, Hyper-V, rights, clock and latency.
import { HyperVError } from '../../domain/errors';
import type { HyperVErrorReason } from '../../domain/errors';
import { unreadiness } from '../../domain/readiness';
import type { ProbeFacts } from '../../domain/readiness';
import type { Unreadiness } from '../../domain/unreadiness';
import type { HostClient } from '../hostClient';
import type { Finding } from './finding';
import { hyperVRemedy } from './remedies';

export type TestedClient = Pick<HostClient, 'probe' | 'clock' | 'diagnostics' | 'stop'>;

/** Kerberos refuses anybody whose clock differs by more. */
const toleratedSkewMs = 5 * 60_000;
const roundTrips = 5;

/** What keeps Hyper-V itself from working; everything else is a matter of rights. */
const hyperVCauses: Partial<Record<Unreadiness, HyperVErrorReason>> = {
  notWindows: 'moduleMissing',
  featureOff: 'moduleMissing',
  noModule: 'moduleMissing',
  serviceStopped: 'serviceStopped',
};

export class HostSteps {
  #client: Promise<TestedClient> | undefined;
  #facts: Promise<ProbeFacts> | undefined;

  /** @param open makes a client; nothing is started before the first step needs it */
  constructor(
    private readonly open: () => Promise<TestedClient>,
    private readonly signal: AbortSignal,
    private readonly clock: { now(): number; utcMs(): number },
  ) {}

  /** Signs in, if nobody has yet, and asks the first question. @throws HyperVError */
  facts(): Promise<ProbeFacts> {
    this.#facts ??= this.#opened().then((client) => client.probe(this.signal));
    return this.#facts;
  }

  async powershell(): Promise<Finding> {
    await this.facts();
    const { session } = await (await this.#opened()).diagnostics();
    const hello = session?.hello;
    const fact = hello && [hello.ps, `(${hello.edition},`, `${hello.languageMode})`].join(' ');
    return { outcome: 'passed', ...(fact !== undefined && { fact }) };
  }

  async hyperv(): Promise<Finding> {
    const facts = await this.facts();
    const cause = unreadiness(facts);
    const reason = cause && hyperVCauses[cause];
    if (cause !== undefined && reason !== undefined) return failed(reason, cause, facts);
    return { outcome: 'passed', ...(facts.moduleVersion !== null && { fact: facts.moduleVersion }) };
  }

  async rights(): Promise<Finding> {
    const facts = await this.facts();
    if (facts.canRead === true) return { outcome: 'passed' };
    return failed(facts.sawNothing === true ? 'accessDenied' : 'failed', unreadiness(facts), facts);
  }

  async skew(): Promise<Finding> {
    const client = await this.#opened();
    const before = this.clock.utcMs();
    const there = await client.clock(this.signal);
    const skewMs = there - (before + this.clock.utcMs()) / 2;
    const seconds = (skewMs / 1_000).toFixed(Math.abs(skewMs) < 10_000 ? 1 : 0);
    const fact = `${skewMs > 0 ? '+' : ''}${seconds} s`;
    return Math.abs(skewMs) > toleratedSkewMs
      ? { outcome: 'warning', fact, remedy: 'w32tm /resync' }
      : { outcome: 'passed', fact };
  }

  async latency(): Promise<Finding> {
    const client = await this.#opened();
    const times: number[] = [];
    for (let count = 0; count < roundTrips; count++) {
      const startedAt = this.clock.now();
      await client.clock(this.signal);
      times.push(this.clock.now() - startedAt);
    }
    const median = times.sort((a, b) => a - b)[Math.floor(roundTrips / 2)] ?? 0;
    return { outcome: 'passed', fact: `${median.toFixed(median < 10 ? 1 : 0)} ms` };
  }

  /** Ends the session; never rejects. */
  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    await client?.stop();
  }

  #opened(): Promise<TestedClient> {
    this.#client ??= this.open();
    return this.#client;
  }
}

function failed(reason: HyperVErrorReason, cause: Unreadiness | undefined, facts: ProbeFacts): Finding {
  const error = new HyperVError(reason, `Hyper-V cannot be used: ${cause ?? reason}.`, 'none', {
    ...(cause !== undefined && { cause }),
  });
  return { outcome: 'failed', error, ...hyperVRemedy(cause, facts) };
}
