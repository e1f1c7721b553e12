// Makes the connection of a host, and listens to what happens to it without anybody's question. Used by HostService.
import type { Connect, HostConnection } from './hostConnection';
import type { HostDefinition, HostId } from './hosts';
import type { HostStore } from './hostStore';

export interface ConnectHostOptions {
  readonly store: HostStore;
  readonly connect: Connect;
  /** The session of a host that starts again by itself has ended. */
  readonly onLost: (hostId: HostId) => void;
}

export async function connectHost(
  definition: HostDefinition,
  { store, connect, onLost }: ConnectHostOptions,
): Promise<HostConnection> {
  const connection = await connect(definition);
  const { id, kind } = definition;
  connection.onDidWait?.((waits) => {
    store.setWaitsToStart(id, waits);
  });
  // A new process would start a lab over, so that waits until somebody asks for it.
  if (kind !== 'lab') {
    connection.onDidLose?.(() => {
      onLost(id);
    });
  }
  return connection;
}
