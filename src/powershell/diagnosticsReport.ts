// Session diagnostics as a text to look at and to send to somebody. English like the log: made for whoever helps.
import type { SessionDiagnostics, SupervisorDiagnostics } from './diagnostics';
import type { Secrets } from './secrets';

/** The last lines say why a process ended; the log has the others. */
const shownNoise = 10;

export interface DiagnosedHost {
  /** As the person knows it. */
  readonly name: string;
  /** undefined for a host nobody has looked at yet. */
  readonly diagnostics: SupervisorDiagnostics | undefined;
}

/** @param secrets what must not be in it; names and noise of a host may hold anything */
export function diagnosticsReport(hosts: readonly DiagnosedHost[], secrets: Secrets): string {
  const sections = hosts.map(({ name, diagnostics }) => section(name, diagnostics));
  return secrets.redact(`${sections.join('\n\n')}\n`);
}

function section(name: string, diagnostics: SupervisorDiagnostics | undefined): string {
  if (diagnostics === undefined) return `Host: ${name}\n  session: not started`;
  const { state, starts, recycled, closedIdle, failure, session } = diagnostics;
  return [
    `Host: ${name}`,
    `  session: ${state}; ${starts} started, ${recycled} replaced, ${closedIdle} ended unused`,
    ...(failure === undefined ? [] : failureLines(failure)),
    ...(session === undefined ? [] : sessionLines(session, isTold(session, failure))),
  ].join('\n');
}

function failureLines({ kind, message, connection, noise }: NonNullable<SupervisorDiagnostics['failure']>): string[] {
  const { cause, fingerprint, methods } = connection ?? {};
  return [
    `  last failure: ${kind}: ${message}`,
    ...(cause === undefined ? [] : [`  connection: ${cause}`]),
    ...(fingerprint === undefined ? [] : [`  host key: ${fingerprint}`]),
    ...(methods === undefined ? [] : [`  sign-in by: ${methods}`]),
    ...noiseLines('printed before it', noise),
  ];
}

/** The last failure was this session's own end, and its lines stand there already. */
function isTold({ noise }: SessionDiagnostics, failure: SupervisorDiagnostics['failure']): boolean {
  return failure !== undefined && shown(failure.noise).join('\n') === shown(noise).join('\n');
}

function sessionLines(
  { state, program, hello, latencyMs, requests, pending, health, noise }: SessionDiagnostics,
  noiseIsTold: boolean,
): string[] {
  return [
    `  process: ${state}, ${program}`,
    ...(hello === undefined
      ? []
      : [
          `  engine: PowerShell ${hello.ps} (${hello.edition}), process ${hello.pid}, ${hello.os}, ${hello.culture}, ${hello.languageMode}`,
        ]),
    `  requests: ${requests}, ${pending} under way`,
    ...(latencyMs === undefined ? [] : [`  latency: ${latencyMs.toFixed(1)} ms`]),
    ...(health === undefined
      ? []
      : [
          `  memory: ${health.privateMB} MB, ${health.handles} handles, up for ${Math.round(health.uptimeMs / 1000)} s`,
          `  runspaces: ${health.running} busy, ${health.queue} calls waiting, ${health.abandoned} abandoned`,
        ]),
    ...noiseLines('printed', noiseIsTold ? [] : noise),
  ];
}

function noiseLines(title: string, noise: readonly string[]): string[] {
  return noise.length === 0 ? [] : [`  ${title}:`, ...shown(noise).map((line) => `    ${line}`)];
}

function shown(noise: readonly string[]): readonly string[] {
  return noise.slice(-shownNoise);
}
