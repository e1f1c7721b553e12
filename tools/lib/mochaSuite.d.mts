export interface SuiteOptions {
  /** Absolute paths of compiled test files. */
  files: readonly string[];
  /** Only tests whose title contains this. */
  grep?: string | undefined;
  timeoutMs: number;
  print?: (line: string) => void;
  isOurs?: (reason: unknown) => boolean;
}

export interface SuiteResult {
  passes: number;
  failures: number;
  pending: number;
  durationMs: number;
}

export function runSuite(options: SuiteOptions): Promise<SuiteResult>;
