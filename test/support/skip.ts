// Leaving a test out where it cannot run, so that whoever reads the report learns why.

/** Skips the running test unless the condition holds; its line in the report then ends in the reason. */
export function skipUnless(context: Mocha.Context, condition: boolean, reason: string): void {
  if (condition) return;
  if (context.test) context.test.title += ` (skipped: ${reason})`;
  context.skip();
}
