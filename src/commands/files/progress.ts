// How far a copy is: bytes for people, and for the bar a share in which empty files count, too.
import * as l10n from '@vscode/l10n';
import { totalBytes } from '../../domain/files/plan';
import type { PlannedFile } from '../../domain/files/plan';
import { bytesText } from '../../domain/bytesText';
import { joinFacts } from '../../views/row';
import type { Report } from '../ui';

export class CopyProgress {
  readonly #totalBytes: number;
  readonly #totalWeight: number;
  /** Nobody looks before the copy begins, and after it was cancelled. */
  report: Report = () => undefined;
  #copiedBytes = 0;
  /** Of files that are over, copied or not. */
  #doneWeight = 0;
  /** Bytes of files that are on their way, by their VM. */
  readonly #underWay = new Map<string, number>();

  constructor(private readonly files: readonly PlannedFile[]) {
    this.#totalBytes = totalBytes(files);
    this.#totalWeight = files.reduce((sum, file) => sum + weightOf(file), 0);
  }

  /** @param percent undefined while the host counts nothing */
  counted(vmKey: string, file: PlannedFile, percent: number | undefined): void {
    this.#underWay.set(vmKey, (file.bytes * (percent ?? 0)) / 100);
    this.#show(file);
  }

  ended(vmKey: string, file: PlannedFile, isCopied: boolean): void {
    this.#underWay.delete(vmKey);
    this.#doneWeight += weightOf(file);
    if (isCopied) this.#copiedBytes += file.bytes;
    this.#show(file);
  }

  #show(file: PlannedFile): void {
    const underWay = [...this.#underWay.values()].reduce((sum, each) => sum + each, 0);
    const counts = l10n.t('{0} of {1}', bytesText(this.#copiedBytes + underWay), bytesText(this.#totalBytes));
    // Of a single one the title names it.
    const text = joinFacts([counts, this.files.length === 1 ? undefined : file.name]);
    this.report(text, (this.#doneWeight + underWay) / this.#totalWeight);
  }
}

/** An empty file takes a moment, too. */
function weightOf({ bytes }: PlannedFile): number {
  return Math.max(bytes, 1);
}
