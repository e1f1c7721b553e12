// Requests over the session of one host, with failures in the words of the domain. The parts of HostClient share one.
import type { Event } from '../domain/emitter';
import type { SupervisorDiagnostics } from '../powershell/diagnostics';
import type { Hello } from '../powershell/hello';
import { mayChange } from '../powershell/methods';
import type { MethodTable, Parameters } from '../powershell/methods';
import type { Answer, RequestOptions } from '../powershell/request';
import type { SupervisorState } from '../powershell/sessionKeeper';
import { toHyperVError } from './errorMapping';

/** What a client needs of a supervised session. */
export interface ClientSession {
  readonly onDidChangeState: Event<SupervisorState>;
  request(method: string, parameters: Parameters, options?: RequestOptions): Promise<Answer>;
  retry(): void;
  /** The next request starts a session that signs in anew. */
  renew(): void;
  diagnostics(): Promise<SupervisorDiagnostics>;
  /** Of the present session, or the last one. */
  readonly hello: Pick<Hello, 'os'> | undefined;
  dispose(): Promise<void>;
}

/** Records that came in batches, and what the function returned after them. */
export interface StreamedAnswer {
  readonly rows: readonly unknown[];
  readonly value: unknown;
}

/** Every promise rejects with a HyperVError and nothing else. */
export class HostRequests {
  /** The host has said no to this sign-in. */
  #refused = false;

  /** @param methods the session's whole table */
  constructor(
    private readonly session: ClientSession,
    private readonly methods: MethodTable,
  ) {}

  async ask(method: string, parameters: Parameters, options: RequestOptions = {}): Promise<Answer> {
    try {
      return await this.session.request(method, parameters, options);
    } catch (error) {
      const failure = toHyperVError(error, this.isChange(method));
      this.#refused ||= failure.reason === 'accessDenied';
      throw failure;
    }
  }

  async rows(method: string, parameters: Parameters, signal?: AbortSignal): Promise<StreamedAnswer> {
    const rows: unknown[] = [];
    const { value } = await this.ask(method, parameters, {
      signal,
      onBatch: (records) => {
        for (const record of records) rows.push(record);
      },
      onRestart: () => {
        rows.length = 0;
      },
    });
    return { rows, value };
  }

  /** A method nobody knows is never sent, so it changes nothing. */
  isChange(method: string): boolean {
    const spec = this.methods[method];
    return spec !== undefined && mayChange(spec);
  }

  /** Starts a session at once with the next request; signs in anew when the host has refused this sign-in. */
  retry(): void {
    // A process keeps the rights it was started with: those given since count after a new sign-in.
    if (this.#refused) this.session.renew();
    this.#refused = false;
    this.session.retry();
  }
}
