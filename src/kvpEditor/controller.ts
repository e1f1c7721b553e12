// One page of pairs: answers its messages, keeps its reading fresh while somebody looks, and never touches its draft.
// Knows no editor; panel.ts puts it behind a webview.
import { errorText } from '../domain/errorTexts';
import { HyperVError } from '../domain/errors';
import type { Disposable } from '../domain/emitter';
import type { KvpReading } from '../domain/kvp/pools';
import { kvpPools } from '../domain/kvp/pools';
import type { KvpPair, KvpPool, EditableKvpPool } from '../domain/kvp/pools';
import type { VmId, VmRecord } from '../domain/vm';
import type { HostService } from '../hyperv/hostService';
import type { VmDetails } from '../hyperv/vmDetails';
import type { HostStore } from '../hyperv/hostStore';
import { stateText } from '../views/stateTexts';
import type {
  FromPage,
  NoticeAction,
  PageSnapshot,
  PageTarget,
  SavedDraft,
  SavePlans,
  SaveResult,
  ToPage,
} from './messages';
import { intrinsicLabels } from './intrinsicLabels';
import { savePlans } from './save';
import { noticeOf, poolNote } from './texts';
import { exportText, importText } from './transfer';

/**
 * How often a guest's own pairs are read again while the page is in sight; a read is three queries about one VM.
 */
const freshMs = 10_000;

export interface ControllerPorts {
  readonly target: PageTarget;
  readonly vmId: VmId;
  readonly store: HostStore;
  readonly service: Pick<HostService, 'refresh' | 'retry'>;
  readonly details: Pick<VmDetails, 'readKvp' | 'applyKvp'>;
  readonly post: (message: ToPage) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly after: (ms: number, action: () => void) => Disposable;
  /** Translations for the page; null for English. */
  readonly translations: Readonly<Record<string, string>> | null;
  /** What was typed and not saved, kept while the window is open, also when the page is closed. */
  readonly drafts: Map<string, SavedDraft>;
  readonly onDrafted: (isDrafted: boolean) => void;
  readonly copy: (text: string) => void;
  readonly exportText: (format: 'json' | 'env', text: string) => void;
  /** Lets the person choose a file; undefined when they did not. */
  readonly importText: () => Promise<{ readonly fileName: string; readonly text: string } | undefined>;
  readonly act: (action: Exclude<NoticeAction, 'retry'>) => void;
  readonly logError: (message: string, error: unknown) => void;
}

export class KvpController implements Disposable {
  #reading: KvpReading | null = null;
  #readAtMs: number | null = null;
  #failure: HyperVError | undefined;
  #lastVm: VmRecord | undefined;
  #wasHostAway: boolean;
  #isReady = false;
  #isVisible = true;
  #timer: Disposable | undefined;
  #refreshing: Promise<void> | undefined;
  #saving: AbortController | undefined;
  /** How a save ended while the page was hidden. */
  #unheard: ToPage | undefined;
  readonly #disposal = new AbortController();
  readonly #listening: Disposable;

  constructor(private readonly ports: ControllerPorts) {
    this.#lastVm = this.#vm();
    this.#wasHostAway = this.#isHostAway();
    this.#listening = ports.store.onDidChange(() => {
      this.#storeChanged();
    });
  }

  receive(message: FromPage): void {
    switch (message.type) {
      case 'ready':
        this.#ready();
        return;
      case 'refresh':
        void this.#refresh(true);
        return;
      case 'save':
        void this.#save(message.id, message.plans);
        return;
      case 'cancelSave':
        this.#saving?.abort();
        return;
      case 'draft':
        this.#drafted(message.draft);
        return;
      case 'copy':
        this.ports.copy(message.text);
        return;
      case 'copyPairs':
        this.ports.copy(exportText(message.pairs, 'json').text);
        return;
      case 'export':
        this.#export(message.pairs, message.format);
        return;
      case 'import':
        void this.#import(message.pool);
        return;
      case 'action':
        void this.#act(message.action);
        return;
      default:
        message satisfies never;
    }
  }

  /** Hidden pages read nothing; one that is shown again says what is true now. */
  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
    this.#timer?.dispose();
    // A hidden page is taken down: it will say `ready` again.
    if (!isVisible) this.#isReady = false;
  }

  dispose(): void {
    this.#listening.dispose();
    this.#timer?.dispose();
    this.#disposal.abort();
  }

  #ready(): void {
    const { target, translations, drafts } = this.ports;
    this.#isReady = true;
    this.ports.post({ type: 'init', target, contents: translations, draft: drafts.get(this.#draftKey()) ?? null });
    this.#postSnapshot();
    if (this.#unheard !== undefined) this.ports.post(this.#unheard);
    this.#unheard = undefined;
    this.ports.post({ type: 'working', work: this.#saving === undefined ? null : 'saving' });
    void this.#refresh(this.#reading === null);
  }

  #postSnapshot(): void {
    if (!this.#isReady) return;
    const { target, store } = this.ports;
    const host = store.host(target.hostId);
    const vm = this.#vm();
    const snapshot: PageSnapshot = {
      vmName: vm?.name ?? target.vmName,
      hostName: host?.definition.name ?? target.hostName,
      stateText: vm === undefined ? '' : stateText(vm.state),
      reading: this.#reading,
      readAtMs: this.#readAtMs,
      notice: noticeOf(target, host, vm, this.#failure),
      isGone: vm === undefined && host?.status.kind === 'ready',
      poolNotes: Object.fromEntries(
        kvpPools.map((pool) => [pool, poolNote(pool, this.#reading, vm)]),
      ) as PageSnapshot['poolNotes'] & Record<KvpPool, string | null>,
      intrinsicLabels: intrinsicLabels(),
    };
    this.ports.post({ type: 'snapshot', snapshot });
  }

  #storeChanged(): void {
    const vm = this.#vm();
    const before = this.#lastVm;
    this.#lastVm = vm;
    const isHostBack = this.#wasHostAway && !this.#isHostAway();
    this.#wasHostAway = this.#isHostAway();
    this.#postSnapshot();
    // Which pools can be read depends on both.
    const isNews =
      vm?.state !== before?.state ||
      vm?.services.keyValuePairExchange.enabled !== before?.services.keyValuePairExchange.enabled;
    if (this.#isReady && ((isNews && vm !== undefined) || isHostBack)) void this.#refresh(false);
  }

  /** Joins a reading under way. Never rejects: a failure is told in the page, over what was read before. */
  #refresh(isAsked: boolean): Promise<void> {
    if (isAsked && this.#saving === undefined) this.ports.post({ type: 'working', work: 'reading' });
    this.#refreshing ??= this.#read().finally(() => {
      this.#refreshing = undefined;
      if (this.#saving === undefined) this.ports.post({ type: 'working', work: null });
      this.#readLater();
    });
    return this.#refreshing;
  }

  async #read(): Promise<void> {
    const { service, details, store, target, vmId } = this.ports;
    const { signal } = this.#disposal;
    try {
      const host = store.host(target.hostId);
      if (host === undefined) return;
      // The window was reloaded, and nobody has looked at the host since.
      if (host.status.kind === 'idle') await service.refresh(target.hostId, signal);
      this.#take(await details.readKvp(target.hostId, vmId, signal));
    } catch (error) {
      if (signal.aborted) return;
      this.#failure = HyperVError.from(error);
      this.ports.logError('The pairs could not be read.', error);
    }
    this.#postSnapshot();
  }

  #take(reading: KvpReading): void {
    this.#reading = reading;
    this.#readAtMs = this.ports.now();
    this.#failure = undefined;
  }

  #readLater(): void {
    this.#timer?.dispose();
    if (this.#disposal.signal.aborted || !this.#isVisible || this.#vm()?.state !== 'running') return;
    this.#timer = this.ports.after(freshMs, () => void this.#refresh(false));
  }

  async #save(id: number, plans: SavePlans): Promise<void> {
    const { post, target, details, vmId } = this.ports;
    const report = (result: SaveResult): void => {
      const message: ToPage = { type: 'saveResult', id, result };
      if (this.#isReady) post(message);
      else this.#unheard = message;
    };
    if (this.#saving !== undefined) return;
    this.#saving = new AbortController();
    post({ type: 'working', work: 'saving' });
    // A save goes on when the page is closed: what was asked is finished, and its draft is kept.
    const signal = this.#saving.signal;
    try {
      const { result, reading } = await savePlans({ details, target, vmId, signal }, plans);
      if (reading !== undefined) this.#take(reading);
      this.#postSnapshot();
      report(result);
      // The host could not be asked after the save: what it has now is still to be told.
      if (reading === undefined) void this.#refresh(false);
    } catch (error) {
      this.ports.logError('The pairs could not be saved.', error);
      const { what, nextStep } = errorText(HyperVError.from(error), {
        hostName: target.hostName,
        vmName: target.vmName,
      });
      report({ kind: 'failed', text: `${what} ${nextStep}` });
    } finally {
      this.#saving = undefined;
      post({ type: 'working', work: null });
    }
  }

  #drafted(draft: SavedDraft | null): void {
    if (draft === null) this.ports.drafts.delete(this.#draftKey());
    else this.ports.drafts.set(this.#draftKey(), draft);
    this.ports.onDrafted(draft !== null);
  }

  #export(pairs: readonly KvpPair[], format: 'json' | 'env'): void {
    const { text, warning } = exportText(pairs, format);
    this.ports.exportText(format, text);
    if (warning !== undefined) this.ports.post({ type: 'told', text: warning });
  }

  async #import(pool: EditableKvpPool): Promise<void> {
    const file = await this.ports.importText();
    if (file === undefined) return;
    const { fileName, text } = file;
    this.ports.post({ type: 'imported', pool, fileName, ...importText(fileName, text) });
  }

  async #act(action: NoticeAction): Promise<void> {
    if (action !== 'retry') {
      this.ports.act(action);
      return;
    }
    const { service, store, target } = this.ports;
    if (store.host(target.hostId)?.status.kind === 'failed') await service.retry(target.hostId);
    await this.#refresh(true);
  }

  /** Not there, or not to be asked before its own reading has worked again. */
  #isHostAway(): boolean {
    const status = this.ports.store.host(this.ports.target.hostId)?.status.kind;
    return status === undefined || status === 'failed' || status === 'connecting';
  }

  #vm(): VmRecord | undefined {
    return this.ports.store.vm(this.ports.target.hostId, this.ports.vmId);
  }

  #draftKey(): string {
    return `${this.ports.target.hostId}\n${this.ports.vmId}`;
  }
}
