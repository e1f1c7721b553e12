// The connection test of a host: steps from the wire up to Hyper-V, and what each of them found. Types only: the run
// itself is part of the lazily loaded session bundle (connectionTest/run.ts).
import type { HyperVError } from '../domain/errors';
import type { OpenHostOptions } from './hostSession';

/** In the order in which they run. */
export const testSteps = ['port', 'signIn', 'powershell', 'hyperv', 'rights', 'clock', 'latency'] as const;

export type TestStepId = (typeof testSteps)[number];

export interface TestStepResult {
  readonly step: TestStepId;
  readonly outcome: 'running' | 'passed' | 'warning' | 'failed' | 'skipped';
  /** What was found, as a value and not as a sentence: a version, an address, milliseconds. */
  readonly fact?: string;
  /** Why the step failed, or which failure before it is the reason that it was skipped. */
  readonly error?: HyperVError;
  /** Commands for a person to copy and to run; nothing is run by us. */
  readonly remedy?: string;
  /** Of the key which the other computer showed, e.g. `SHA256:…`; when its key is what stops us. */
  readonly fingerprint?: string;
}

export interface ConnectionTestOptions extends OpenHostOptions {
  /** Told when a step begins (`running`) and what became of it. */
  readonly onStep: (result: TestStepResult) => void;
  /** Ends the test: the step that runs and all after it are `skipped` then. */
  readonly signal: AbortSignal;
}
