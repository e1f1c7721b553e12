// The answers of time.ps1, checked once: strange values never throw, and become "not known".
import type { GuestReading, HostClock } from '../domain/time/facts';
import { clockOffset } from '../domain/time/offset';
import type { ClockSample } from '../domain/time/offset';
import { windowsClock } from '../domain/time/windowsClock';

/** @param answer what Get-HvHostTime returned */
export function hostClockReading(answer: unknown): HostClock {
  const { wokeMs, nowMs } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  const now = number(nowMs);
  // How long ago it woke is known only together with its time.
  return { ...windowsClock(answer), wokeAtMs: now === null ? null : number(wokeMs), nowMs: now ?? 0 };
}

/** @param answer what Get-HvGuestTime returned */
export function guestTimeReading(answer: unknown): GuestReading {
  const { samples } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  return { clock: windowsClock(answer), offset: clockOffset(Array.isArray(samples) ? samples.map(sample) : []) };
}

function sample(row: unknown): ClockSample {
  const [sent, guest, received] = Array.isArray(row) ? (row as readonly unknown[]) : [];
  return {
    sentMs: number(sent) ?? Number.NaN,
    guestMs: number(guest) ?? Number.NaN,
    receivedMs: number(received) ?? Number.NaN,
  };
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
