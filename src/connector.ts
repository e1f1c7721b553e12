// How a host of the store gets its session, in the editor. Called by the composition root.
import * as vscode from 'vscode';
import { labProbes, powershellExecutable } from './config';
import type { LabCall } from './extensionApi';
import type { Connect } from './hyperv/hostConnection';
import type { HostId } from './hyperv/hosts';
import { ProbeStandIn } from './hyperv/probeStandIn';
import type { LazyLog } from './log';

/** Sessions, node-powershell and PowerShell's texts are in a bundle of their own, loaded with the first host. */
export function connector(extension: vscode.ExtensionContext, log: LazyLog, labCalls: Map<HostId, LabCall>): Connect {
  return async (definition) => {
    const probes = definition.kind === 'local' ? labProbes() : undefined;
    if (probes !== undefined) return new ProbeStandIn(probes);
    const { openHost } = await import('./hyperv/hostSession');
    // A folder of ours, and one that exists, as a process cannot start in another.
    await vscode.workspace.fs.createDirectory(extension.globalStorageUri);
    const client = await openHost(definition, {
      powershell: powershellExecutable(),
      cwd: extension.globalStorageUri.fsPath,
      log,
    });
    if (definition.kind === 'lab') labCalls.set(definition.id, (method, params) => client.call(method, params));
    return client;
  };
}
