// Where a session writes what it does. The editor passes its log channel, `hv` its stderr, tests a list.

/** One line each. `debug` gets one line for every frame's header; bodies go to `trace` only. */
export interface SessionLog {
  /** Costs nothing while false: bodies are not even put together. */
  readonly traceEnabled: boolean;
  trace(text: string): void;
  debug(text: string): void;
  info(text: string): void;
  warn(text: string): void;
}

export const silentLog: SessionLog = {
  traceEnabled: false,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
};
