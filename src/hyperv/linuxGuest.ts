// Commands in a Linux guest: how they get there is the business of who implements this. Over ssh from this computer, or in the
// demo lab by asking its host.
import { locateSsh } from '../powershell/locateSsh';
import { explainSshExit } from '../powershell/sshFailure';
import { SessionError } from '../powershell/errors';
import { sshLaunchSpec } from '../powershell/sshLaunchSpec';
import { runSsh } from '../powershell/sshRun';
import type { SshTarget } from '../powershell/sshTarget';
import { readClockCommand, readTimeCommands, resyncCommands } from '../domain/time/linuxCommands';
import { parseUnixTime } from '../domain/time/offset';
import type { ClockSample } from '../domain/time/offset';
import type { VmId } from '../domain/vm';

export type LinuxTask = 'time' | 'resync';

export interface LinuxOutput {
  /** By the clock of this computer. */
  readonly samples: readonly ClockSample[];
  readonly lines: readonly string[];
}

export interface LinuxRequest {
  readonly vmId: VmId;
  readonly target: SshTarget;
  readonly task: LinuxTask;
  readonly signal: AbortSignal;
}

/** @throws SessionError with the cause of a connection that failed */
export type LinuxGuest = (request: LinuxRequest) => Promise<LinuxOutput>;

/** The connection, the sign-in and all questions. */
const sshTimeoutMs = 60_000;

/** The first answer also pays for the start of the shell. */
export const clockQuestions = 4;

/** A guest may print for as long as it is connected. */
const mostLines = 2_000;

/** `sh` reads what it is told from its standard input: whatever shell the guest has in between never sees it. */
export function linuxOverSsh(
  cwd: string,
  now: () => number,
  executable: () => string = locateSsh,
  timeoutMs = sshTimeoutMs,
): LinuxGuest {
  return async ({ target, task, signal }) => {
    const launch = sshLaunchSpec({ executable: executable(), target, cwd, command: ['sh'] });
    const dialogue = new Dialogue(task, now);
    const { exit, stderr } = await runSsh(launch, {
      signal,
      timeoutMs,
      input: 'echo "@@ ready"\n',
      onLine: (line, write) => {
        dialogue.take(line, write);
      },
    });
    if (dialogue.ended) return dialogue;
    const noise = stderr.map((line) => `stderr: ${line}`);
    const connection = exit === undefined ? ({ cause: 'timedOut' } as const) : explainSshExit(exit, noise);
    throw new SessionError('bootstrap', 'The guest did not answer by ssh.', {
      noise,
      connection: connection ?? { cause: 'closed' },
    });
  };
}

/** Asks for the time again and again, and then everything else at once. */
class Dialogue implements LinuxOutput {
  readonly samples: ClockSample[] = [];
  readonly lines: string[] = [];
  ended = false;
  #askedMs: number | undefined;
  #isReady = false;

  constructor(
    private readonly task: LinuxTask,
    private readonly now: () => number,
  ) {}

  take(line: string, write: (text: string | undefined) => void): void {
    const receivedMs = this.now();
    if (!this.#isReady) {
      // Whatever profiles print comes before.
      if (line !== '@@ ready') return;
      this.#isReady = true;
    } else if (this.#askedMs !== undefined) {
      const time = parseUnixTime(line);
      if (time !== null) this.samples.push({ sentMs: this.#askedMs, receivedMs, ...time });
      this.#askedMs = undefined;
      this.#questions++;
    } else {
      if (this.lines.length < mostLines) this.lines.push(line);
      if (/^@@ (?:end|exit \d+)$/.test(line)) {
        this.ended = true;
        write(undefined);
      }
      return;
    }
    this.#ask(write);
  }

  #questions = 0;

  #ask(write: (text: string) => void): void {
    if (this.task === 'time' && this.#questions < clockQuestions) {
      this.#askedMs = this.now();
      write(`${readClockCommand}\n`);
      return;
    }
    const commands = this.task === 'time' ? readTimeCommands : resyncCommands;
    write(`${commands.join('\n')}\n`);
  }
}
