// Linux guests of the demo lab: they answer the same questions through their host's session, without any network.
import { HyperVError } from '../domain/errors';
import { parseUnixTime } from '../domain/time/offset';
import type { ClockSample } from '../domain/time/offset';
import { SessionError } from '../powershell/errors';
import type { SupervisedSession } from '../powershell/supervisor';
import { toHyperVError } from './errorMapping';
import { clockQuestions } from './linuxGuest';
import type { LinuxGuest } from './linuxGuest';

/** @param session of a lab: it has the method `lab.guest` */
export function linuxInLab(session: Pick<SupervisedSession, 'request'>, now: () => number): LinuxGuest {
  return async ({ vmId, task, signal }) => {
    const ask = async (command: string): Promise<string> => {
      try {
        const { value } = await session.request('lab.guest', { id: vmId, command }, { signal });
        const { text } = (value ?? {}) as { text?: unknown };
        return typeof text === 'string' ? text : '';
      } catch (error) {
        // As ssh would say it.
        if (!HyperVError.is(toHyperVError(error, false), 'signInRefused')) throw error;
        throw new SessionError('bootstrap', 'The guest refused the key.', {
          connection: { cause: 'permissionDenied' },
        });
      }
    };
    const samples: ClockSample[] = [];
    for (let question = 0; task === 'time' && question < clockQuestions; question++) {
      const sentMs = now();
      const time = parseUnixTime(await ask('clock'));
      if (time !== null) samples.push({ sentMs, receivedMs: now(), ...time });
    }
    return { samples, lines: (await ask(task)).split('\n') };
  };
}
