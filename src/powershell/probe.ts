// The one question which a fresh shell is asked: can it run our script? Asked by the launchers, read by shell.ts.

/** Each answer in two parts, so that an echo of the command is not taken for it. */
export const probeAnswer = '@hv1:probe';
const refusal = '@hv1:refused ';

/**
 * Calls a method, which our script lives on and Constrained Language forbids. It is tried rather than asked for: under a
 * policy that only audits, the mode has that name as well and everything runs (PowerShell/PowerShell#19390). The error as
 * it is printed would not do: PowerShell 7 shows no error id, and texts are localised.
 */
export const probeCommand =
  "try { [Console]::Out.Write('@hv1:' + \"probe`n\") } catch { '@hv1:' + 'refused ' + $ExecutionContext.SessionState.LanguageMode }";

/** Whether a line of stdout says that the shell's language mode forbids our script. */
export function refusesMethods(line: string): boolean {
  return line.startsWith(refusal) && line !== `${refusal}FullLanguage`;
}
