// Composes the one block of PowerShell that turns a fresh shell into a session. Constant text but for the nonce.
import bootstrap from './host/bootstrap.ps1';
import calls from './host/calls.ps1';
import dispatcher from './host/dispatcher.ps1';
import sessionFacts from './host/facts.ps1';
import farWorker from './host/farWorker.ps1';
import keeper from './host/keeper.ps1';
import lane from './host/lane.ps1';
import loop from './host/loop.ps1';
import messages from './host/messages.ps1';
import preferences from './host/preferences.ps1';
import remoteOpen from './host/remoteOpen.ps1';
import runspaces from './host/runspaces.ps1';
import slots from './host/slots.ps1';
import utility from './host/utility.ps1';
import watch from './host/watch.ps1';
import work from './host/work.ps1';
import type { MethodTable } from './methods';
import type { SessionScript } from './script';
import { remoteLostCode } from './winrmFailure';

export interface BootstrapFacts {
  /** 16 hexadecimal digits. */
  readonly nonce: string;
  readonly methods: MethodTable;
  /** After how many milliseconds without a line from us the process ends itself. */
  readonly deadManMs: number;
  /** The process whose end ends the session, when there is one on its computer. */
  readonly parentPid: number | undefined;
}

/** How often the keeper looks whether anybody is left, within the time after which it ends: the limit in host/bootstrap.ps1. */
const looks = 6;

/**
 * Text for stdin, ending in the empty line that makes PowerShell run a block of several lines. Starts with `& {`:
 * Windows PowerShell takes `function x` and `{` on the next line for a syntax error there, not for an unfinished block.
 * @throws Error when a text of the build breaks the rules of a block; a bug of ours, found by the first test
 */
export function bootstrapBlock(facts: BootstrapFacts, script: SessionScript): string {
  const { nonce, deadManMs, parentPid = 0 } = facts;
  const { prelude, module = '' } = script;
  if (!/^[0-9a-f]{16}$/.test(nonce)) throw new Error('The nonce must be 16 hexadecimal digits.');
  if (!/^[A-Za-z0-9.-]*$/.test(module)) throw new Error('Not the name of a module.');
  const block = [
    '& {',
    `$SessionNonce = '${nonce}'`,
    `$SessionModule = '${module}'`,
    `$SessionTickMs = ${Math.max(1, Math.floor(deadManMs / looks))}`,
    `$SessionParent = ${Math.trunc(parentPid)}`,
    methodTable(facts.methods, script.transport !== undefined),
    scriptBlock('MessagesScript', [messages, utility].join('\n')),
    scriptBlock('KeeperScript', [messages, utility, slots, runspaces, watch, keeper].join('\n')),
    ...where(script),
    prelude === undefined ? '$PreludeScript = $null' : scriptBlock('PreludeScript', prelude.text),
    sessionFacts,
    dispatcher,
    work,
    slots,
    bootstrap,
    '}',
  ].join('\n');
  if (/\n[ \t]*\n/.test(block)) throw new Error('A blank line would end the block.');
  if (/[^\n\x20-\x7e]/.test(block)) throw new Error('Only ASCII survives every console code page.');
  return `${block}\n\n`;
}

/** Only what is in it can be called. Its names are constants of ours; they are checked because they become code here. */
function methodTable(methods: MethodTable, onOneConnection: boolean): string {
  const entries = Object.entries(methods).map(([name, { function: command, class: runspace, parameters }]) => {
    const names = Object.keys(parameters);
    if (![name, command, ...names].every((one) => /^[A-Za-z][\w.-]*$/.test(one)))
      throw new Error(`Not a method: ${name}.`);
    // One connection runs one call at a time.
    const where = onOneConnection ? 'change' : runspace;
    const list = names.map((one) => `'${one}'`).join(',');
    return `'${name}' = @{ name = '${name}'; function = '${command}'; class = '${where}'; parameters = @(${list}) }`;
  });
  return ['$SessionMethods = @{', ...entries, '}'].join('\n');
}

/** The texts which decide where the functions run: in the worker runspaces, or behind the one that holds a connection. */
function where({ functions, transport }: SessionScript): string[] {
  if (transport === undefined) {
    const worker = [preferences, calls, loop].join('\n');
    return ['$SessionRemote = $null', scriptBlock('WorkerScript', worker), scriptBlock('FunctionsScript', functions)];
  }
  const far = [messages, utility, sessionFacts, preferences, calls, farWorker, functions].join('\n');
  const worker = [preferences, transport, lane, loop, scriptBlock('SessionFarScript', far)].join('\n');
  return [
    `$SessionRemote = @{ target = $null; module = ''; functions = $null; line = $null; credential = $null; runspace = $null; closing = $false; lostCode = ${remoteLostCode} }`,
    scriptBlock('WorkerScript', worker),
    scriptBlock('FunctionsScript', 'Open-SessionLane'),
    remoteOpen,
  ];
}

/** A script block literal: parsed with the rest, its text taken by `.ToString()` and run in other runspaces. */
function scriptBlock(name: string, text: string): string {
  return `$${name} = {\n${text.trim()}\n}`;
}
