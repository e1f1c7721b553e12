// How a host gets its session, in the editor, and what a person may do about the way to it. Called by the composition root.
import * as vscode from 'vscode';
import type { HostWays } from './commands/hosts/ports';
import { askCredential } from './askCredential';
import { labProbes, powershellExecutable } from './config';
import { CredentialStore } from './credentials';
import type { LabCall } from './extensionApi';
import type { Connect } from './hyperv/hostConnection';
import type { HostId } from './hyperv/hosts';
import type { CredentialHost, OpenHostOptions } from './hyperv/hostSession';
import { ProbeStandIn } from './hyperv/probeStandIn';
import type { LazyLog } from './log';
import type { CredentialSource } from './powershell/signIn';

export interface HostAccess extends HostWays {
  readonly connect: Connect;
}

/** Sessions, node-powershell and PowerShell's texts are in a bundle of their own, loaded with the first host. */
export function hostAccess(
  extension: vscode.ExtensionContext,
  log: LazyLog,
  labCalls: Map<HostId, LabCall>,
): HostAccess {
  const passwords = new CredentialStore(extension.secrets, askCredential);
  const options = async (): Promise<OpenHostOptions> => {
    // A folder of ours, and one that exists, as a process cannot start in another.
    await vscode.workspace.fs.createDirectory(extension.globalStorageUri);
    return {
      powershell: powershellExecutable(),
      cwd: extension.globalStorageUri.fsPath,
      log,
      credentials: (host) => passwords.of(host),
      guestCredentials: (host, vm) => passwords.ofGuest(host, vm),
    };
  };
  return {
    connect: async (definition) => {
      const probes = definition.kind === 'local' ? labProbes() : undefined;
      if (probes !== undefined) return new ProbeStandIn(probes);
      const { openHost, windowStarts: starts } = await import('./hyperv/hostSession');
      const client = await openHost(definition, { ...(await options()), starts });
      if (definition.kind === 'lab') labCalls.set(definition.id, (method, params) => client.call(method, params));
      return client;
    },
    test: async (definition, onStep, signal, aside) => {
      const { testConnection } = await import('./hyperv/hostSession');
      const credentials = (host: CredentialHost): CredentialSource => {
        const source = passwords.of(host);
        return { ...source, ask: (...question) => aside(() => source.ask(...question)) };
      };
      await testConnection(definition, { ...(await options()), credentials, onStep, signal });
    },
    forgetPassword: (hostId) => passwords.forget(hostId),
    forgetGuestPassword: (hostId, vmId) => passwords.forgetGuest(hostId, vmId),
    guestsWithPassword: (hostId) => passwords.guestsOf(hostId),
  };
}
