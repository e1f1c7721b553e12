// Registers every command of the manifest. What they do is loaded with the first of them.
import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { lazily } from '../domain/lazy';
import { commands, pageScheme, reportScheme } from '../manifest';
import type { CommandName } from '../manifest';
import type { NodeRegistry } from '../views/nodes';
import type { CommandContext } from './commandContext';
import type { Handlers, WindowContext } from './handlers';
import { MadePages, openAsMarkdown, openAsText } from './madePages';

export interface RegisteredCommands extends Pick<Handlers, 'applyTicks'> {
  readonly registration: vscode.Disposable;
}

/** A command's promise ends when its work has ended, which is what keybindings, tests and other extensions wait for. */
export function registerCommands(context: WindowContext, nodes: NodeRegistry): RegisteredCommands {
  const reports = new MadePages({
    scheme: reportScheme,
    extension: '',
    unfilled: () => l10n.t('Run “Hyper-V: Session Diagnostics” to fill this page.'),
    open: openAsText,
  });
  const pages = new MadePages({
    scheme: pageScheme,
    extension: '.md',
    unfilled: () => l10n.t('Run the command that made this page to fill it again.'),
    open: openAsMarkdown,
  });
  const handlers = lazily(async () => (await import('./handlers')).openHandlers(context, nodes, reports, pages));
  const registered = Object.entries(commands).map(([name, id]) =>
    vscode.commands.registerCommand(id, (...args: unknown[]) =>
      guarded(context, async () => {
        const { byName } = await handlers();
        return byName[name as CommandName](...args);
      }),
    ),
  );
  return {
    applyTicks: async (ticks) => (await handlers()).applyTicks(ticks),
    registration: vscode.Disposable.from(reports, pages, ...registered),
  };
}

/** What no command foresaw is told as well, as VS Code shows nothing useful for it. */
export async function guarded<T>(
  context: Pick<CommandContext, 'ui' | 'log'>,
  action: () => T | Promise<T>,
): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    context.log.error('A command failed unexpectedly.', error);
    const message = error instanceof Error ? error.message : String(error);
    const showLog = l10n.t('Show Log');
    void context.ui.error(l10n.t('This did not work: {0}', message), showLog).then((pressed) => {
      if (pressed === showLog) context.ui.showLog();
    });
    return undefined;
  }
}
