// Open Demo Lab: adds the lab's hosts to the view of this window. Simulated by PowerShell; nothing is installed.
import type { Memory } from '../domain/memory';
import type { HostDefinition } from '../hyperv/hosts';

/** Set in the workspace's state, so that a reloaded window shows the lab again. */
const openKey = 'demoLabOpen';

export class DemoLab {
  /**
   * @param specText JSON of another lab than the default one
   * @param addHost shows a host; nothing of it starts before somebody looks
   */
  constructor(
    private readonly memory: Memory,
    private readonly specText: () => string | undefined,
    private readonly addHost: (host: HostDefinition) => void,
  ) {}

  /** @throws SyntaxError or HyperVError `badRequest` when another lab was named and its description is not valid */
  async open(): Promise<void> {
    // Loaded now: the lab is half of what is shipped, and most windows never show it.
    const { labHosts, parseLabSpec } = await import('../lab/lab');
    const text = this.specText();
    const spec: unknown = text === undefined ? {} : JSON.parse(text);
    labHosts(parseLabSpec(spec)).forEach(({ id, name }, index) => {
      this.addHost({ kind: 'lab', id, name, spec, index });
    });
    await this.memory.update(openKey, true);
  }

  /** Whether it was open when the window was closed or reloaded. */
  get wasOpen(): boolean {
    return this.memory.get(openKey) === true;
  }
}
