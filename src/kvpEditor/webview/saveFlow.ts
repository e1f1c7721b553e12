// A save from the button to the report: plan, question, request, and what became of each pair.
import * as l10n from '@vscode/l10n';
import { countChanges } from '../../domain/kvp/changes';
import type { KvpOutcome } from '../../domain/kvp/changes';
import { applyOutcomes } from '../../domain/kvp/draft';
import { needsConfirmation, planOf } from '../../domain/kvp/plan';
import type { KvpPlan } from '../../domain/kvp/plan';
import { editableKvpPools } from '../../domain/kvp/pools';
import type { EditableKvpPool } from '../../domain/kvp/pools';
import type { ReportedOutcome, SavePlans, SaveResult } from '../messages';
import { firstFailed, firstProblem } from './focus';
import { elementId, isSaving } from './model';
import type { Page } from './page';
import { rememberTexts } from './reports';
import { saveState } from './saveState';

export class SaveFlow {
  /** Not from 0: an answer meant for an earlier page of the same panel must not be taken for ours. */
  #lastId = Date.now();

  constructor(private readonly page: Page) {}

  begin(): void {
    const { model } = this.page;
    if (model.dialog !== null || isSaving(model)) return;
    const { kind, text } = saveState(model);
    if (kind === 'problems') this.#showProblem(text);
    else if (kind === 'nothing') this.page.say(text);
    else {
      const plans = this.#plans();
      if (Object.values(plans).some(({ changes }) => needsConfirmation(changes))) {
        this.page.update({ dialog: { kind: 'save', plans }, status: '' });
      } else this.send(plans);
    }
  }

  send(plans: SavePlans): void {
    this.#lastId += 1;
    this.page.update({ savingId: this.#lastId, status: l10n.t('Saving…') });
    this.page.post({ type: 'save', id: this.#lastId, plans });
  }

  finish(id: number, result: SaveResult): void {
    if (id !== this.page.model.savingId) return;
    switch (result.kind) {
      case 'outdated':
        this.page.update({
          savingId: null,
          status: l10n.t('Nothing was saved: meanwhile these pairs changed on the host: {0}', result.keys.join(', ')),
        });
        this.#focusProblem();
        break;
      case 'failed':
        this.page.update({ savingId: null, status: result.text });
        break;
      case 'done':
        this.#report(result.outcomes);
        break;
    }
  }

  #plans(): SavePlans {
    const { drafts } = this.page.model;
    const plans: Partial<Record<EditableKvpPool, KvpPlan>> = {};
    for (const pool of editableKvpPools) {
      const plan = planOf(drafts[pool]);
      if (countChanges(plan.changes) > 0) plans[pool] = plan;
    }
    return plans;
  }

  #report(outcomes: Readonly<Record<EditableKvpPool, readonly ReportedOutcome[]>>): void {
    const { drafts } = this.page.model;
    const all = [...outcomes.external, ...outcomes.hostOnly];
    rememberTexts(all);
    this.page.update({
      savingId: null,
      drafts: {
        external: applyOutcomes(drafts.external, outcomes.external),
        hostOnly: applyOutcomes(drafts.hostOnly, outcomes.hostOnly),
      },
      status: summary(all),
    });
    const failed = firstFailed(this.page.model);
    if (failed !== undefined) this.page.update({ filter: '' }, elementId.field(failed));
  }

  #showProblem(text: string): void {
    this.page.say(text);
    this.#focusProblem();
  }

  #focusProblem(): void {
    const place = firstProblem(this.page.model);
    if (place !== undefined) this.page.update({ filter: '' }, elementId.field(place));
  }
}

function summary(outcomes: readonly ReportedOutcome[]): string {
  const count = (wanted: KvpOutcome): number => outcomes.filter(({ outcome }) => outcome === wanted).length;
  const part = (wanted: KvpOutcome, text: (count: number) => string): string[] =>
    count(wanted) === 0 ? [] : [text(count(wanted))];
  return [
    ...part('written', (n) => l10n.t('{0} saved.', n)),
    ...part('already', (n) => l10n.t('{0} already so.', n)),
    ...part('refused', (n) => l10n.t('{0} refused.', n)),
    ...part('unknown', (n) => l10n.t('{0} not known.', n)),
    ...part('notTried', (n) => l10n.t('{0} not sent.', n)),
  ].join(' ');
}
