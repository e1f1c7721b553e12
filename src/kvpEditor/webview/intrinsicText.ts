/** Addresses come in one text with semicolons; each is shown on a line of its own. */
export function intrinsicText(key: string, value: string): string {
  return /^(NetworkAddress|RDPAddress)IPv[46]$/.test(key) ? value.split(';').filter(Boolean).join('\n') : value;
}
