// What a run of the benchmark has at hand, and how long it may take.
import type { CodeServer } from '../../tools/lib/editor.mjs';

export interface Plan {
  /** A minute or two for everything, as CI asks for: fewer turns and smaller hosts. */
  readonly quick: boolean;
  /** Absolute path of the PowerShell that all contenders run. */
  readonly executable: string;
  /** A folder of the run's own, which goes with it. */
  readonly cwd: string;
  /** Empty when there is none: then what is seen in a browser is left out. */
  readonly chromium: string;
  readonly codeServer: CodeServer | undefined;
  /** Absolute path of the packaged extension, whose build is in dist. */
  readonly vsix: string;
  /** For what takes about a millisecond. */
  readonly turns: number;
  /** For what starts a process, or takes as long. */
  readonly fewTurns: number;
}
