// The page's one mutable thing: takes what the person does and what the extension says, and draws the model that follows.
import * as l10n from '@vscode/l10n';
import { isKept, addRow, editRow, removeRow, resolveConflict, undoAll, undoRow } from '../../domain/kvp/draft';
import type { PoolDraft } from '../../domain/kvp/draft';
import { applyImport, planImport } from '../../domain/kvp/importPlan';
import { editableKvpPools } from '../../domain/kvp/pools';
import type { EditableKvpPool, KvpPool } from '../../domain/kvp/pools';
import type { FromPage, NoticeAction, PageTarget, SavedDraft, ToPage } from '../messages';
import { neighbours } from './focus';
import { emptyModel, elementId, isSaving } from './model';
import type { FieldPlace, Model, SortOrder } from './model';
import { pairsOfPool } from './pairsOfPool';
import { draftsOf, draftsOver } from './readings';
import { SaveFlow } from './saveFlow';

/** What the page needs of the window it is in. */
export interface PageHost {
  post(message: FromPage): void;
  /** Draws the model, then moves the focus to the element with this id, if one is named. */
  draw(model: Model, focusId: string | undefined): void;
  /** The draft that this window kept for the VM; null when there is none. */
  keptDraft(target: PageTarget): SavedDraft | null;
  /** Called after each change of a draft. */
  draftChanged(model: Model): void;
}

export class Page {
  #model = emptyModel;
  #waitingImport: Extract<ToPage, { type: 'imported' }> | undefined;
  readonly #saveFlow = new SaveFlow(this);

  constructor(private readonly host: PageHost) {}

  get model(): Model {
    return this.#model;
  }

  receive(message: ToPage): void {
    switch (message.type) {
      case 'init':
        if (message.contents !== null) l10n.config({ contents: message.contents });
        this.update({
          target: message.target,
          drafts: draftsOf(message.draft ?? this.host.keptDraft(message.target)),
        });
        break;
      case 'snapshot':
        this.update({ snapshot: message.snapshot, drafts: draftsOver(this.#model, message.snapshot) });
        break;
      case 'working':
        this.update({ work: message.work });
        break;
      case 'saveResult':
        this.#saveFlow.finish(message.id, message.result);
        if (this.#waitingImport !== undefined) this.receive(this.#waitingImport);
        break;
      case 'imported':
        // A save is under way for moments only; its pairs must stay as they were sent.
        this.#waitingImport = isSaving(this.#model) ? message : undefined;
        if (this.#waitingImport === undefined) this.#offerImport(message);
        break;
      case 'told':
        this.say(message.text);
        break;
    }
  }

  post(message: FromPage): void {
    this.host.post(message);
  }

  update(change: Partial<Model>, focusId?: string): void {
    const { drafts } = this.#model;
    this.#model = { ...this.#model, ...change };
    this.host.draw(this.#model, focusId);
    if (this.#model.drafts !== drafts) this.host.draftChanged(this.#model);
  }

  say(status: string): void {
    this.update({ status });
  }

  add(pool: EditableKvpPool): void {
    if (this.#refuseWhileSaving() || this.#refuseOfGone()) return;
    const id = this.#model.drafts[pool].nextId;
    this.#edit(pool, addRow, elementId.field({ pool, id, field: 'key' }));
  }

  edit({ pool, id, field }: FieldPlace, text: string): void {
    if (!isSaving(this.#model)) this.#edit(pool, (draft) => editRow(draft, id, { [field]: text }));
  }

  remove(pool: EditableKvpPool, id: number): void {
    if (this.#refuseWhileSaving()) return;
    const { before, behind } = neighbours(this.#model, pool, id);
    const next = behind ?? before;
    this.#edit(pool, (draft) => removeRow(draft, id), next ? elementId.field(next) : elementId.add(pool));
  }

  undo(pool: EditableKvpPool, id: number): void {
    if (this.#refuseWhileSaving()) return;
    this.#edit(pool, (draft) => undoRow(draft, id), elementId.field({ pool, id, field: 'key' }));
  }

  resolve(pool: EditableKvpPool, id: number, choice: 'mine' | 'theirs'): void {
    if (this.#refuseWhileSaving()) return;
    this.#edit(pool, (draft) => resolveConflict(draft, id, choice), elementId.field({ pool, id, field: 'value' }));
  }

  /** Asks first: what was typed does not come back. */
  undoAll(): void {
    if (this.#refuseWhileSaving() || this.#model.dialog !== null) return;
    const count = editableKvpPools.flatMap((pool) => this.#model.drafts[pool].rows.filter(isKept)).length;
    if (count === 0) this.say(l10n.t('Nothing was edited.'));
    else this.update({ dialog: { kind: 'undoAll', count } });
  }

  focus(focused: FieldPlace | null): void {
    this.update({ focused });
  }

  find(): void {
    this.update({}, elementId.filter);
  }

  setFilter(filter: string): void {
    this.update({ filter });
  }

  sort(pool: KvpPool): void {
    const next: Record<SortOrder, SortOrder> = { host: 'ascending', ascending: 'descending', descending: 'host' };
    this.update({ sort: { ...this.#model.sort, [pool]: next[this.#model.sort[pool]] } });
  }

  refresh(): void {
    this.post({ type: 'refresh' });
  }

  act(action: NoticeAction): void {
    this.post({ type: 'action', action });
  }

  copy(text: string): void {
    this.post({ type: 'copy', text });
    this.say(l10n.t('Copied.'));
  }

  copyAll(pool: KvpPool): void {
    this.post({ type: 'copyPairs', pairs: pairsOfPool(this.#model, pool) });
    this.say(l10n.t('Copied.'));
  }

  exportPairs(pool: EditableKvpPool, format: 'json' | 'env'): void {
    this.say('');
    this.post({ type: 'export', format, pairs: pairsOfPool(this.#model, pool) });
  }

  askImport(pool: EditableKvpPool): void {
    if (!this.#refuseWhileSaving() && !this.#refuseOfGone()) this.post({ type: 'import', pool });
  }

  save(): void {
    this.#saveFlow.begin();
  }

  cancelSave(): void {
    this.post({ type: 'cancelSave' });
  }

  closeDialog(): void {
    if (this.#model.dialog !== null) this.update({ dialog: null });
  }

  /** Does what the dialog proposed. */
  confirmDialog(): void {
    const { dialog, drafts } = this.#model;
    this.closeDialog();
    if (dialog?.kind === 'save') this.#saveFlow.send(dialog.plans);
    else if (dialog?.kind === 'import') {
      const draft = applyImport(drafts[dialog.pool], dialog.plan);
      this.update({ drafts: { ...drafts, [dialog.pool]: draft }, status: l10n.t('Imported. Nothing is saved yet.') });
    } else if (dialog?.kind === 'undoAll') {
      const undone = { external: undoAll(drafts.external), hostOnly: undoAll(drafts.hostOnly) };
      this.update({ drafts: undone, status: l10n.t('All edits were undone.') });
    }
  }

  #edit(pool: EditableKvpPool, change: (draft: PoolDraft) => PoolDraft, focusId?: string): void {
    const { drafts } = this.#model;
    this.update({ drafts: { ...drafts, [pool]: change(drafts[pool]) } }, focusId);
  }

  #refuseOfGone(): boolean {
    const { snapshot } = this.#model;
    if (snapshot?.isGone !== true) return false;
    this.say(
      l10n.t('{0} no longer exists on {1}: nothing more can be saved for it.', snapshot.vmName, snapshot.hostName),
    );
    return true;
  }

  #refuseWhileSaving(): boolean {
    const saving = isSaving(this.#model);
    if (saving) this.say(l10n.t('Wait for the save to end, or cancel it.'));
    return saving;
  }

  #offerImport({ pool, fileName, pairs, problems }: Extract<ToPage, { type: 'imported' }>): void {
    const plan = planImport(this.#model.drafts[pool], pairs);
    this.update({ dialog: { kind: 'import', pool, fileName, plan, problems } });
  }
}
