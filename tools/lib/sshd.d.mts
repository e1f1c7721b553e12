export function ensureSshd(): Promise<{ sshd: string } | { reason: string }>;
export function findSshd(): { sshd: string } | { reason: string };
