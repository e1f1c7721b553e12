// Keeps secrets out of the log, out of diagnostics and out of error reports.
import type { Disposable } from '../domain/emitter';
import type { SessionLog } from './log';

const mask = '***';
/** A shorter value would mask half of the log, and is no secret. */
const minLength = 4;

/** What looks like a secret wherever it comes from: a noisy tool may print a header, or an address with its password. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [
    /\b((?:proxy-)?authorization["']?\s*[:=]\s*["']?(?:basic|bearer|negotiate|ntlm|kerberos)\s+)[\w.~+/=-]+/gi,
    `$1${mask}`,
  ],
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@]{1,256}:)[^\s/@]{1,256}@/gi, `$1${mask}@`],
];

/** The values that must not be seen, while they are known. */
export class Secrets {
  readonly #forms = new Map<string, number>();

  /** @returns what forgets the value again */
  add(value: string): Disposable {
    const forms = value.length < minLength ? [] : formsOf(value);
    for (const form of forms) this.#forms.set(form, (this.#forms.get(form) ?? 0) + 1);
    let disposed = false;
    return {
      dispose: () => {
        if (disposed) return;
        disposed = true;
        for (const form of forms) this.#release(form);
      },
    };
  }

  redact(text: string): string {
    let clean = text;
    // The longest first: a form may hold another one.
    for (const form of [...this.#forms.keys()].sort((a, b) => b.length - a.length))
      if (clean.includes(form)) clean = clean.replaceAll(form, mask);
    for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
    return clean;
  }

  #release(form: string): void {
    const count = (this.#forms.get(form) ?? 0) - 1;
    if (count > 0) this.#forms.set(form, count);
    else this.#forms.delete(form);
  }
}

/** A log that writes what `secrets` let through. */
export function redactedLog(log: SessionLog, secrets: Secrets): SessionLog {
  return {
    get traceEnabled() {
      return log.traceEnabled;
    },
    trace: (text) => {
      log.trace(secrets.redact(text));
    },
    debug: (text) => {
      log.debug(secrets.redact(text));
    },
    info: (text) => {
      log.info(secrets.redact(text));
    },
    warn: (text) => {
      log.warn(secrets.redact(text));
    },
  };
}

/** As text, in JSON (as we write it and as PowerShell does), in an address, and in Base64, also in the middle of it. */
function formsOf(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const ascii = json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  // Windows PowerShell escapes these as well.
  const escaped = ascii.replace(/[<>&']/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const encodings = [Buffer.from(value), Buffer.from(value, 'utf16le')].flatMap(base64Forms);
  const forms = [value, json, ascii, escaped, encodeURIComponent(value.replace(/\p{Surrogate}/gu, '')), ...encodings];
  return [...new Set(forms)].filter((form) => form.length >= minLength);
}

/**
 * Base64 of three bytes is four characters: where the value begins within such a group decides how it looks. Characters
 * at the edges also hold bits of the neighbours and are left out.
 */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const whole = Math.floor(((before + bytes.length) * 8) / 6);
    return text.slice(Math.ceil((before * 8) / 6), whole);
  });
}
