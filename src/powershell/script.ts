// What the layer above adds to a session: constant PowerShell text, and at most one value of data for a prelude.

/** All texts are constants of the build: ASCII, no comments, no blank lines, no here-strings (see esbuild.js). */
export interface SessionScript {
  /** Defines the functions which the method table names; run once in each runspace that runs calls. */
  readonly functions: string;
  readonly prelude?: SessionPrelude;
  /**
   * The functions run on another computer, which the functions of this text reach (host/remote.ps1). There is one runspace
   * then instead of three, since one connection runs one call at a time.
   */
  readonly transport?: string;
  /** Name of a module whose presence `Hello.module` reports. It is not imported: qualified names load it when used. */
  readonly module?: string;
}

/**
 * Replaces modules before the functions run (the demo lab). The text defines `New-SessionPreludeState -Data`, called
 * once, and `Enter-SessionPrelude -State`, called in each runspace after the text was run there.
 */
export interface SessionPrelude {
  readonly text: string;
  /** Plain JSON; travels as a frame, never as text. At most 1 MiB encoded. */
  readonly data: unknown;
}
