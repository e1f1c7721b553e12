// The buttons of a notice, as the commands they stand for.
import * as vscode from 'vscode';
import { assertNever } from '../domain/assertNever';
import type { VmId } from '../domain/vm';
import { commands } from '../manifest';
import type { NodeRegistry } from '../views/nodes';
import type { NoticeAction } from './messages';

/** *Retry* is the page's own. */
export async function carryOut(
  action: Exclude<NoticeAction, 'retry'>,
  nodes: NodeRegistry,
  hostId: string,
  vmId: VmId,
): Promise<void> {
  switch (action) {
    case 'showLog':
      await vscode.commands.executeCommand(commands.showLog);
      return;
    case 'startVm':
      await vscode.commands.executeCommand(commands.start, nodes.vm(hostId, vmId));
      return;
    case 'resumeVm':
      await vscode.commands.executeCommand(commands.resume, nodes.vm(hostId, vmId));
      return;
    case 'enableService':
      await vscode.commands.executeCommand(commands.enableService, nodes.service(hostId, vmId, 'keyValuePairExchange'));
      return;
    default:
      assertNever(action);
  }
}
