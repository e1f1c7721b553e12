// Turns a JSON-RPC message into the line that goes to PowerShell. Pure; called by frameWriter.ts.
import type { Message } from 'vscode-jsonrpc';
import { SessionError } from './errors';

/** Larger frames are refused before they are sent; the dispatcher keeps to the same limit on its side. */
export const maxFrameBytes = 1024 * 1024;

/**
 * ASCII JSON and LF: no console code page can change it. Every string inside `params` gets a leading `=`, because
 * `ConvertFrom-Json` of PowerShell 7 turns strings that look like dates into dates (and 5.1 does so with `/Date(0)/`).
 * @throws SessionError `badRequest` for text that PowerShell could not receive unchanged
 */
export function encodeFrame(message: Message & { readonly params?: unknown }): string {
  const marked = message.params === undefined ? message : { ...message, params: markStrings(message.params) };
  return `${toAscii(JSON.stringify(marked))}\n`;
}

function markStrings(value: unknown): unknown {
  if (typeof value === 'string') {
    // ConvertFrom-Json (Newtonsoft) turns half a surrogate pair into U+FFFD: refused rather than changed on the way.
    if (/\p{Surrogate}/u.test(value)) throw new SessionError('badRequest', 'A text is not well-formed Unicode.');
    return `=${value}`;
  }
  if (Array.isArray(value)) return value.map(markStrings);
  if (typeof value !== 'object' || value === null) return value;
  // fromEntries defines properties: a key `__proto__` stays a key.
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, markStrings(member)]));
}

/** JSON allows an escape for every UTF-16 unit, so no character is lost. */
function toAscii(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
