// A connection test as a list: one row for each step, and below them what can be done now. Pure.
import * as l10n from '@vscode/l10n';
import { assertNever } from '../../domain/assertNever';
import { HyperVError } from '../../domain/errors';
import type { TestStepResult } from '../../hyperv/connectionTest';
import type { RemoteHostDefinition } from '../../hyperv/hostOrder';
import { stepText, stepTitle } from '../connectionTexts';
import type { LiveRow } from './stepsUi';

/** What a row stands for. */
export type TestRow =
  { readonly kind: 'step'; readonly result: TestStepResult } | { readonly kind: 'goOn' | 'signIn' | 'again' };

export interface TestState {
  readonly definition: RemoteHostDefinition;
  /** In the order in which the steps began. */
  readonly results: readonly TestStepResult[];
  readonly running: boolean;
  /** Why the test itself could not be run. */
  readonly fault?: string | undefined;
  /** What comes after the test: nothing, a new host, or a changed one. */
  readonly then: 'nothing' | 'add' | 'save';
}

export function testRows(state: TestState): LiveRow<TestRow>[] {
  const { definition, results, fault } = state;
  const steps = together(results).flatMap((group) => stepRows(group, definition.name));
  const [first, ...others] = actionRows(state);
  return [
    ...steps,
    ...(fault === undefined
      ? []
      : [
          {
            label: l10n.t('The test could not be run.'),
            detail: fault,
            icon: 'error',
            value: { kind: 'again' } as const,
          },
        ]),
    ...(first === undefined ? [] : [{ ...first, group: l10n.t('Next') }]),
    ...others,
  ];
}

/** The row that Enter is for when the test has ended. */
export function activeRow(state: TestState, rows: readonly LiveRow<TestRow>[]): number {
  const find = (kind: TestRow['kind']): number => rows.findIndex(({ value }) => value.kind === kind);
  if (!hasFailed(state)) return find(state.then === 'nothing' ? 'again' : 'goOn');
  const failed = rows.findIndex(({ value }) => value.kind === 'step' && value.result.outcome === 'failed');
  return Math.max(find('signIn'), failed, 0);
}

function hasFailed({ results, fault }: TestState): boolean {
  return fault !== undefined || results.some(({ outcome }) => outcome === 'failed');
}

function actionRows(state: TestState): LiveRow<TestRow>[] {
  const { definition, results, running, then } = state;
  const stranger = definition.kind === 'ssh' ? results.find(isUnknownKey) : undefined;
  const signIn = stranger && {
    label: l10n.t('Sign In Once in a Terminal…'),
    detail:
      stranger.fingerprint === undefined
        ? l10n.t('ssh shows the fingerprint there, and keeps the key once you agree.')
        : l10n.t('Agree there only to {0}', stranger.fingerprint),
    icon: 'terminal',
    value: { kind: 'signIn' } as const,
  };
  const again = running
    ? undefined
    : { label: l10n.t('Test Again'), icon: 'refresh', value: { kind: 'again' } as const };
  const goOn =
    then === 'nothing' ? undefined : { label: goOnLabel(state), icon: 'arrow-right', value: { kind: 'goOn' } as const };
  return [signIn, ...(hasFailed(state) ? [again, goOn] : [goOn, again])].filter((row) => row !== undefined);
}

function goOnLabel(state: TestState): string {
  if (hasFailed(state)) return state.then === 'add' ? l10n.t('Add Anyway') : l10n.t('Save Anyway');
  return state.running ? l10n.t('Continue Without Waiting') : l10n.t('Continue');
}

function isUnknownKey({ outcome, error }: TestStepResult): boolean {
  return outcome === 'failed' && HyperVError.is(error, 'hostKeyUnknown');
}

type Group = readonly [TestStepResult, ...TestStepResult[]];

/** Steps that were left out after one that failed have one row: what can be done now is in sight without scrolling. */
function together(results: readonly TestStepResult[]): Group[] {
  const groups: [TestStepResult, ...TestStepResult[]][] = [];
  for (const result of results) {
    const last = groups.at(-1);
    if (last?.[0].error !== undefined && [last[0], result].every(({ outcome }) => outcome === 'skipped'))
      last.push(result);
    else groups.push([result]);
  }
  return groups;
}

/** What happened, below it what to do next, and the command that helps. */
function stepRows(group: Group, hostName: string): LiveRow<TestRow>[] {
  const [result] = group;
  const { outcome, remedy } = result;
  const { what, nextStep = '' } = stepText(result, hostName);
  const value = { kind: 'step', result } as const;
  const copy = { icon: 'copy', tooltip: l10n.t('Copy') };
  return [
    {
      label: group.map(({ step }) => stepTitle(step)).join(', '),
      ...(isTrouble(outcome) ? { description: troubleText(outcome), detail: what } : { description: what }),
      icon: outcomeIcon(outcome),
      value,
      ...(remedy !== undefined && { button: copy }),
    },
    ...linesOf(nextStep, lineLength).map((label, index) => ({
      label,
      icon: index === 0 ? 'lightbulb' : 'blank',
      value,
    })),
    ...(remedy === undefined ? [] : commandRows(remedy).map((row) => ({ ...row, value, button: copy }))),
  ];
}

/** Every letter of a command is shown: a person should see what they are about to run. */
function commandRows(remedy: string): Pick<LiveRow<TestRow>, 'label' | 'icon' | 'description'>[] {
  const lines = remedy.split('\n').flatMap((line) => linesOf(line, commandLength));
  return lines.map((label, index) => ({
    label,
    icon: index === 0 ? 'terminal' : 'blank',
    ...(index === lines.length - 1 && { description: l10n.t('Enter copies it') }),
  }));
}

/** As many letters as a quick pick shows of a row; it cuts the rest, and shows it nowhere. */
const lineLength = 76;
/** Leaves room for what Enter does, and for the button. */
const commandLength = 62;

function linesOf(text: string, length: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter((one) => one !== '')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= length) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

type Trouble = Extract<TestStepResult['outcome'], 'failed' | 'warning'>;

/** What went well has one line, so that what can be done now is in sight without scrolling. */
function isTrouble(outcome: TestStepResult['outcome']): outcome is Trouble {
  return outcome === 'failed' || outcome === 'warning';
}

/** Said in words as well: an icon has no voice. */
function troubleText(outcome: Trouble): string {
  return outcome === 'failed' ? l10n.t('failed') : l10n.t('passed, with a warning');
}

function outcomeIcon(outcome: TestStepResult['outcome']): string {
  switch (outcome) {
    case 'running':
      return 'loading~spin';
    case 'passed':
      return 'pass';
    case 'warning':
      return 'warning';
    case 'failed':
      return 'error';
    case 'skipped':
      return 'circle-slash';
    default:
      return assertNever(outcome);
  }
}
