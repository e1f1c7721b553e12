export interface SuiteOptions {
  /** Absolute paths of compiled test files. */
  files: readonly string[];
  /** Only tests whose title contains this. */
  grep?: string | undefined;
  timeoutMs: number;
  /** How often a test may be run until it passes; 1 when missing. */
  tries?: number;
  print?: (line: string) => void;
  isOurs?: (reason: unknown) => boolean;
}

export interface SuiteResult {
  passes: number;
  failures: number;
  pending: number;
  durationMs: number;
  failed: readonly ToldTest[];
  /** Failed first and passed when run again. */
  unsteady: readonly ToldTest[];
}

export interface ToldTest {
  title: string;
  /** The first lines of the error. */
  message: string;
}

export function runSuite(options: SuiteOptions): Promise<SuiteResult>;
