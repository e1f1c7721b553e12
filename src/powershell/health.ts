// How a PowerShell process is, as its dispatcher tells with every ping, and when it is better replaced. Pure.

export interface Health {
  /** Calls that wait for a runspace, and calls that have one. */
  readonly queue: number;
  readonly running: number;
  /** Runspaces that were given up because their call did not stop. */
  readonly abandoned: number;
  readonly privateMB: number;
  readonly handles: number;
  readonly uptimeMs: number;
}

/** Reads the answer to `ping`; undefined when it is not one. */
export function parseHealth(value: unknown): Health | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { queue, running, abandoned, privateMB, handles, uptimeMs } = value as Record<string, unknown>;
  const numbers = { queue, running, abandoned, privateMB, handles, uptimeMs };
  const valid = Object.values(numbers).every((count) => typeof count === 'number');
  return valid ? (numbers as unknown as Health) : undefined;
}

/** Above one of these a session is replaced by a new one. */
export interface HealthLimits {
  readonly privateMB: number;
  readonly handles: number;
  readonly uptimeMs: number;
  readonly requests: number;
  readonly abandoned: number;
}

/**
 * A fresh session takes about 100 MB and 500 handles. PowerShell gives neither back: closed runspaces and remote
 * commands leak (PowerShell/PowerShell#21459, #15827), and an abandoned runspace may hold anything.
 */
export const defaultHealthLimits: HealthLimits = {
  privateMB: 400,
  handles: 5_000,
  uptimeMs: 8 * 60 * 60_000,
  requests: 5_000,
  abandoned: 1,
};

/** Why a session should be replaced, in words for the log; undefined when it need not. */
export function excess(health: Health, requests: number, limits: HealthLimits): string | undefined {
  if (health.abandoned > limits.abandoned) return `${health.abandoned} abandoned runspaces`;
  if (health.privateMB > limits.privateMB) return `${health.privateMB} MB of memory`;
  if (health.handles > limits.handles) return `${health.handles} handles`;
  if (health.uptimeMs > limits.uptimeMs) return `its age of ${Math.round(health.uptimeMs / 60_000)} minutes`;
  if (requests > limits.requests) return `${requests} requests`;
  return undefined;
}
