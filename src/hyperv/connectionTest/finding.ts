// What the steps of a connection test share.
import type { TestStepResult } from '../connectionTest';

/** What a step found out. */
export type Finding = Omit<TestStepResult, 'step'>;

/** On any network that a session can live with. */
export const portTimeoutMs = 3_000;
