// Everything the report on one VM says, as facts and verdicts: collected by the command, put into words by explainVmReport.ts.
import type { FilesSize } from '../checkpoints/sizes';
import { integrationServiceKeys } from '../integrationServices';
import type { IntegrationServiceKey } from '../integrationServices';
import type { Thumbnail } from '../screen/thumbnail';
import type { VmRecord } from '../vm';
import { backupVerdict } from './backupVerdict';
import type { BackupVerdict } from './backupVerdict';
import type { VmHealth } from './facts';
import type { SeenVm } from './heartbeatHistory';
import { serviceVerdict } from './serviceVerdict';
import type { ServiceVerdict } from './serviceVerdict';

export interface VmReport {
  readonly hostName: string;
  readonly vm: VmRecord;
  /** Milliseconds since 1970, on the clock of this window. */
  readonly readAtMs: number;
  /** undefined when the host could not be asked for more than the record; `healthProblem` says why. */
  readonly health: VmHealth | undefined;
  readonly healthProblem: string | undefined;
  /** The record is the one of an earlier reading; this says why. */
  readonly vmProblem: string | undefined;
  readonly seen: SeenVm | undefined;
  /** Since when it is silent although it runs. */
  readonly lostSinceMs: number | undefined;
  /** Its console, where that was asked for and there is a picture; else why there is none, if anybody asked. */
  readonly screen?: { readonly thumbnail: Thumbnail | undefined; readonly problem: string | undefined } | undefined;
  /** What its checkpoints take on the host, null when that is not known; missing when it has none. */
  readonly checkpointSpace?: FilesSize | null | undefined;
  /** In the order of the tree. */
  readonly services: readonly ServiceVerdict[];
  readonly backup: BackupVerdict;
}

export function vmReport(facts: Omit<VmReport, 'services' | 'backup'>): VmReport {
  const { vm, health, lostSinceMs, seen, readAtMs } = facts;
  const verdictOn = (key: IntegrationServiceKey): ServiceVerdict => {
    const enabledAtMs = seen?.enabledAt.get(key);
    return serviceVerdict(vm, key, enabledAtMs === undefined ? undefined : readAtMs - enabledAtMs);
  };
  return {
    ...facts,
    services: integrationServiceKeys.map(verdictOn),
    backup: backupVerdict(vm, health, lostSinceMs !== undefined, verdictOn('vss')),
  };
}
