// Registers every command of the manifest with its handler. A handler that is missing here does not compile.
import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { commands } from '../manifest';
import type { CommandName } from '../manifest';
import type { NodeRegistry } from '../views/nodes';
import type { CommandContext } from './commandContext';
import { copyFact } from './copy';
import { copySetupCommand } from './copySetupCommand';
import { reset, turnOff } from './cutPower';
import { editPairs } from './editPairs';
import { refresh, retryHost } from './hosts';
import { changePower } from './power';
import { resetDemoLab } from './resetDemoLab';
import { changeServices, enableAllServices } from './setService';
import { restartGuest, shutDown } from './shutDown';

type Handler = (...args: readonly unknown[]) => void | Promise<void>;

function handlers(context: CommandContext, nodes: NodeRegistry): Readonly<Record<CommandName, Handler>> {
  return {
    start: (...args) => changePower(context, 'start', ...args),
    resume: (...args) => changePower(context, 'resume', ...args),
    shutDown: (...args) => shutDown(context, ...args),
    restartGuest: (...args) => restartGuest(context, ...args),
    save: (...args) => changePower(context, 'save', ...args),
    pause: (...args) => changePower(context, 'pause', ...args),
    reset: (...args) => reset(context, ...args),
    turnOff: (...args) => turnOff(context, ...args),
    toggleService: (...args) => changeServices(context, nodes, 'toggle', ...args),
    enableService: (...args) => changeServices(context, nodes, 'enable', ...args),
    disableService: (...args) => changeServices(context, nodes, 'disable', ...args),
    enableAllServices: (...args) => enableAllServices(context, nodes, ...args),
    editPairs: (...args) => editPairs(context, ...args),
    copyName: (...args) => copyFact(context, 'name', ...args),
    copyId: (...args) => copyFact(context, 'id', ...args),
    copyAddress: (...args) => copyFact(context, 'address', ...args),
    copySetupCommand: () => copySetupCommand(context),
    refresh: (...args) => refresh(context, ...args),
    retryHost: (...args) => retryHost(context, ...args),
    openDemoLab: () => context.openDemoLab(),
    resetDemoLab: () => resetDemoLab(context),
    showLog: () => {
      context.ui.showLog();
    },
  };
}

/** A command's promise ends when its work has ended, which is what keybindings, tests and other extensions wait for. */
export function registerCommands(context: CommandContext, nodes: NodeRegistry): vscode.Disposable[] {
  return Object.entries(handlers(context, nodes)).map(([name, handler]) =>
    vscode.commands.registerCommand(commands[name as CommandName], (...args: unknown[]) =>
      guarded(context, () => handler(...args)),
    ),
  );
}

/** What no command foresaw is told as well, as VS Code shows nothing useful for it. */
export async function guarded(context: CommandContext, action: () => void | Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    context.log.error('A command failed unexpectedly.', error);
    const message = error instanceof Error ? error.message : String(error);
    const showLog = l10n.t('Show Log');
    void context.ui.error(l10n.t('This did not work: {0}', message), showLog).then((pressed) => {
      if (pressed === showLog) context.ui.showLog();
    });
  }
}
