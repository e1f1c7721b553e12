// How far a guest's clock is from another one, from questions and answers. Pure.
import type { ClockOffset } from './facts';

/** One question: when it left and when its answer came, by our clock, and what the guest's clock said in between. */
export interface ClockSample {
  readonly sentMs: number;
  readonly guestMs: number;
  readonly receivedMs: number;
  /** The guest's clock was read in steps of so much: 1,000 where `date` knows seconds only. */
  readonly stepMs?: number;
}

/**
 * Midpoint of the round trip: the guest answered at some moment of it, so the error is at most half of it (RFC 5905 has the
 * same). Of several samples the one with the shortest way counts.
 * @param shiftMs what to add to our clock to get the reference's, and how sure that is
 */
export function clockOffset(
  samples: readonly ClockSample[],
  shift: ClockOffset = { offsetMs: 0, uncertaintyMs: 0 },
): ClockOffset | null {
  let best: ClockSample | undefined;
  for (const sample of samples) {
    const { sentMs, guestMs, receivedMs } = sample;
    // A clock that was set in between measures nothing.
    if (![sentMs, guestMs, receivedMs].every(Number.isFinite) || receivedMs < sentMs) continue;
    if (best === undefined || receivedMs - sentMs < best.receivedMs - best.sentMs) best = sample;
  }
  if (best === undefined) return null;
  const halfMs = (best.receivedMs - best.sentMs) / 2;
  return {
    offsetMs: best.guestMs + (best.stepMs ?? 0) / 2 - (best.sentMs + halfMs) - shift.offsetMs,
    uncertaintyMs: halfMs + (best.stepMs ?? 0) / 2 + shift.uncertaintyMs,
  };
}

/** @param text what `date +%s.%N` printed; some systems print `N` or `%N` as it is, or nothing for it */
export function parseUnixTime(text: string): Pick<ClockSample, 'guestMs' | 'stepMs'> | null {
  // Twelve digits are 30,000 years; a guest without a clock may begin at 0 or before.
  const [, seconds, nanoseconds] = /^(-?\d{1,12})\.(?:(\d{9})|%?N)?$/.exec(text.trim()) ?? [];
  if (seconds === undefined) return null;
  return nanoseconds === undefined
    ? { guestMs: Number(seconds) * 1000, stepMs: 1000 }
    : { guestMs: Number(seconds) * 1000 + Number(nanoseconds) / 1e6, stepMs: 0 };
}
