// Runs a connection test before the eyes of a person, as often as they like. A step of *Add Host…* and *Edit Host…*, and
// all of *Test Connection*.
import * as l10n from '@vscode/l10n';
import { isRemote } from '../../hyperv/hostOrder';
import type { RemoteHostDefinition } from '../../hyperv/hostOrder';
import type { TestStepId, TestStepResult } from '../../hyperv/connectionTest';
import type { CommandContext } from '../commandContext';
import { back } from './stepsUi';
import type { StepHead } from './stepsUi';
import { pickRemoteHosts } from './targets';
import { activeRow, testRows } from './testRows';
import type { TestState } from './testRows';

export async function testConnection(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const texts = { title: l10n.t('Test Connection'), placeholder: l10n.t('The connection to which host?') };
  const [definition] = await pickRemoteHosts(context, args, texts, isRemote);
  if (definition === undefined) return;
  const title = l10n.t('Test Connection to {0}', definition.name);
  await watchTest(context, definition, { title, canGoBack: false }, 'nothing');
}

/** @returns undefined when the person left; whatever is under way is cancelled then */
export async function watchTest(
  context: CommandContext,
  definition: RemoteHostDefinition,
  head: StepHead,
  then: TestState['then'],
): Promise<'goOn' | typeof back | undefined> {
  const { steps, test, signInByTerminal } = context.hosts;
  const list = steps.list<ReturnType<typeof testRows>[number]['value']>(
    head,
    l10n.t('The way to {0}, step by step', definition.name),
  );
  let run = new AbortController();

  const start = (): void => {
    run.abort();
    const mine = new AbortController();
    run = mine;
    const results = new Map<TestStepId, TestStepResult>();
    const show = (running: boolean, fault?: string): void => {
      // An earlier run has nothing to say any more.
      if (mine.signal.aborted) return;
      const state: TestState = { definition, results: [...results.values()], running, fault, then };
      const rows = testRows(state);
      list.show(rows, running, running ? undefined : activeRow(state, rows));
    };
    show(true);
    const told = (result: TestStepResult): void => {
      results.set(result.step, result);
      show(true);
    };
    test(definition, told, mine.signal, (ask) => list.aside(ask)).then(
      () => {
        show(false);
      },
      (error: unknown) => {
        context.log.error(`The connection to ${definition.name} could not be tested.`, error);
        show(false, error instanceof Error ? error.message : String(error));
      },
    );
  };

  try {
    start();
    for (;;) {
      const event = await list.next();
      if (event === undefined || event === back) return event;
      const { kind } = event.value;
      if (kind === 'goOn') return 'goOn';
      if (kind === 'again') start();
      if (kind === 'signIn' && definition.kind === 'ssh') signInByTerminal(definition);
      if (event.value.kind === 'step') await copyRemedy(context, event.value.result);
    }
  } finally {
    run.abort();
    list.close();
  }
}

async function copyRemedy({ ui }: CommandContext, { remedy }: TestStepResult): Promise<void> {
  if (remedy === undefined) return;
  await ui.copy(remedy);
  ui.mention(l10n.t('Copied: {0}', remedy));
}
