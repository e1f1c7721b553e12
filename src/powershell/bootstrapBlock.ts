// Composes the one block of PowerShell that turns a fresh shell into a session. Constant text but for the nonce.
import bootstrap from './host/bootstrap.ps1';
import dispatcher from './host/dispatcher.ps1';
import messages from './host/messages.ps1';
import reader from './host/reader.ps1';
import runspaces from './host/runspaces.ps1';
import watch from './host/watch.ps1';
import worker from './host/worker.ps1';
import type { SessionScript } from './script';

/**
 * Text for stdin, ending in the empty line that makes PowerShell run a block of several lines. Starts with `& {`:
 * Windows PowerShell takes `function x` and `{` on the next line for a syntax error there, not for an unfinished block.
 * @param nonce 16 hexadecimal digits
 * @throws Error when a text of the build breaks the rules of a block; a bug of ours, found by the first test
 */
export function bootstrapBlock(nonce: string, { functions, prelude, module = '' }: SessionScript): string {
  if (!/^[0-9a-f]{16}$/.test(nonce)) throw new Error('The nonce must be 16 hexadecimal digits.');
  if (!/^[A-Za-z0-9.-]*$/.test(module)) throw new Error('Not the name of a module.');
  const block = [
    '& {',
    `$SessionNonce = '${nonce}'`,
    `$SessionModule = '${module}'`,
    scriptBlock('ReaderScript', reader),
    scriptBlock('MessagesScript', messages),
    scriptBlock('WorkerScript', worker),
    scriptBlock('FunctionsScript', functions),
    prelude === undefined ? '$PreludeScript = $null' : scriptBlock('PreludeScript', prelude.text),
    dispatcher,
    runspaces,
    watch,
    bootstrap,
    '}',
  ].join('\n');
  if (/\n[ \t]*\n/.test(block)) throw new Error('A blank line would end the block.');
  if (/[^\n\x20-\x7e]/.test(block)) throw new Error('Only ASCII survives every console code page.');
  return `${block}\n\n`;
}

/** A script block literal: parsed with the rest, its text taken by `.ToString()` and run in other runspaces. */
function scriptBlock(name: string, text: string): string {
  return `$${name} = {\n${text.trim()}\n}`;
}
