// How the sessions of hosts are, as a text for whoever looks for the cause of a trouble. Called by HostService.
import { diagnosticsReport } from '../powershell/diagnosticsReport';
import type { DiagnosedHost } from '../powershell/diagnosticsReport';
import { Secrets } from '../powershell/secrets';
import type { HostConnection } from './hostConnection';
import type { HostDefinition } from './hosts';

/**
 * Hosts are asked side by side, and none is waited for longer than some seconds; starts nothing, never rejects.
 * @param connectionOf undefined for a host that nobody has looked at
 */
export async function sessionReport(
  definitions: readonly HostDefinition[],
  connectionOf: (definition: HostDefinition) => Promise<HostConnection> | undefined,
): Promise<string> {
  const hosts = await Promise.all(
    definitions.map(async (definition): Promise<DiagnosedHost> => {
      const name = `${definition.name} (${definition.kind})`;
      try {
        const connection = await connectionOf(definition);
        return { name, diagnostics: await connection?.diagnostics() };
      } catch {
        // It was never connected.
        return { name, diagnostics: undefined };
      }
    }),
  );
  // Sessions mask the secrets which they know; this masks what looks like one.
  return hosts.length === 0 ? 'No hosts.\n' : diagnosticsReport(hosts, new Secrets());
}
