// Which hosts come from the settings, in which order all of them are shown, and when a host is still the same one.
import { isDeepStrictEqual } from 'node:util';
import { assertNever } from '../domain/assertNever';
import type { HostDefinition, HostId } from './hosts';
import type { SshHostDefinition } from './sshHost';
import type { WinRmHostDefinition } from './winrmHost';

/** Another computer, named in the settings. */
export type RemoteHostDefinition = SshHostDefinition | WinRmHostDefinition;

export function isRemote(definition: HostDefinition): definition is RemoteHostDefinition {
  return definition.kind === 'ssh' || definition.kind === 'winrm';
}

/** This computer, then other computers, then the demo lab; among themselves as they came. */
export function inOrder(definitions: readonly HostDefinition[]): HostDefinition[] {
  return [...definitions].sort((a, b) => rank(a) - rank(b));
}

function rank({ kind }: HostDefinition): number {
  switch (kind) {
    case 'local':
      return 0;
    case 'ssh':
    case 'winrm':
      return 1;
    case 'lab':
      return 2;
    default:
      return assertNever(kind);
  }
}

/** Whether a session with the one is a session with the other: all but the name is equal. */
export function sameWay(a: HostDefinition, b: HostDefinition): boolean {
  return isDeepStrictEqual({ ...a, name: '' }, { ...b, name: '' });
}

/** Where a host of the settings can go among the others; nowhere for those that are not in the settings. */
export function moveOf(
  hosts: readonly { readonly definition: HostDefinition }[],
  id: HostId,
): { readonly up: boolean; readonly down: boolean } {
  const remote = hosts.map(({ definition }) => definition).filter(isRemote);
  const place = remote.findIndex((definition) => definition.id === id);
  return { up: place > 0, down: place >= 0 && place < remote.length - 1 };
}
