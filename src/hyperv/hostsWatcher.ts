// Keeps the hosts of the view as the setting names them. Wired by commands/hosts/windowHosts.ts.
import type { Disposable, Event } from '../domain/emitter';
import type { RemoteHostDefinition } from './hostOrder';
import { parseHostsSetting } from './hostsSetting';
import type { HostsProblem } from './hostsSetting';

export interface HostsWatcherPorts {
  /** The setting as the person wrote it. */
  readonly read: () => unknown;
  readonly onDidChange: Event<void>;
  /** Shows exactly these hosts of other computers. */
  readonly show: (hosts: readonly RemoteHostDefinition[]) => void;
  /** Told of entries that cannot be used, of each once. */
  readonly tell: (problems: readonly HostsProblem[]) => void;
}

/** Shows the hosts now, and again after each change of the setting. */
export function watchHosts({ read, onDidChange, show, tell }: HostsWatcherPorts): Disposable {
  let told = new Set<string>();
  const look = (): void => {
    const { hosts, problems } = parseHostsSetting(read());
    show(hosts.map(({ definition }) => definition));
    const news = problems.filter((problem) => !told.has(keyOf(problem)));
    told = new Set(problems.map(keyOf));
    if (news.length > 0) tell(news);
  };
  look();
  return onDidChange(look);
}

/** Without the place: an entry that moved is as wrong as before. */
function keyOf(problem: HostsProblem): string {
  return JSON.stringify({ ...problem, index: 0, of: 0 });
}
