// A session that only pretends: the test decides when it is ready, what it answers, how it is and when it dies.
import { Emitter } from '../../src/domain/emitter';
import { deferred, type Deferred } from '../../src/powershell/deferred';
import type { SessionDiagnostics } from '../../src/powershell/diagnostics';
import { SessionError, type ConnectionFailure } from '../../src/powershell/errors';
import type { Health } from '../../src/powershell/health';
import type { Hello } from '../../src/powershell/hello';
import type { Answer, RequestOptions } from '../../src/powershell/request';
import type { SessionState } from '../../src/powershell/session';
import type { ManagedSession } from '../../src/powershell/sessionKeeper';

interface Sent extends Deferred<Answer> {
  readonly method: string;
  readonly options: RequestOptions;
}

const healthy: Health = { queue: 0, running: 0, abandoned: 0, privateMB: 100, handles: 500, uptimeMs: 1_000 };

export class FakeSession implements ManagedSession {
  readonly #changed = new Emitter<SessionState>();
  readonly #reported = new Emitter<Health>();
  readonly onDidChangeState = this.#changed.event;
  readonly onDidReport = this.#reported.event;
  readonly hello: Hello | undefined = undefined;
  readonly loss = new SessionError('lost', 'died', { noise: ['stderr: last words'] });
  readonly starting = deferred<Hello>();
  readonly sent: Sent[] = [];
  readonly activity = { pending: 0, total: 0, idleMs: 0 };
  checks = 0;
  stops = 0;
  state: SessionState = 'new';

  async start(): Promise<Hello> {
    this.state = 'starting';
    const hello = await this.starting.promise;
    this.state = 'ready';
    return hello;
  }

  async request(method: string, _parameters: object, options: RequestOptions = {}): Promise<Answer> {
    if (this.state !== 'ready') throw new SessionError('closed', 'not ready');
    const sent = { method, options, ...deferred<Answer>() };
    this.sent.push(sent);
    this.activity.total++;
    this.activity.pending++;
    try {
      return await sent.promise;
    } finally {
      this.activity.pending--;
      if (this.activity.pending === 0 && (this.state as SessionState) === 'draining') this.die('closed');
    }
  }

  checkAlive(): void {
    this.checks++;
  }

  report(health: Partial<Health>): void {
    this.#reported.fire({ ...healthy, ...health });
  }

  diagnostics(): Promise<SessionDiagnostics> {
    const { pending, total } = this.activity;
    const unknown = { hello: undefined, latencyMs: undefined, health: undefined };
    return Promise.resolve({ state: this.state, program: '/fake', ...unknown, requests: total, pending, noise: [] });
  }

  retire(): Promise<void> {
    this.state = 'draining';
    if (this.activity.pending === 0) this.die('closed');
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.stops++;
    this.die('closed');
    return Promise.resolve();
  }

  die(kind: 'lost' | 'closed' | 'probe' = 'lost', connection?: ConnectionFailure): void {
    this.state = 'dead';
    this.#changed.fire('dead');
    this.starting.reject(new SessionError(kind, 'died', { connection }));
    for (const sent of this.sent) sent.reject(new SessionError('lost', 'died', { outcome: 'unknown' }));
  }
}
