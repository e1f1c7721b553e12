export interface Scratch {
  root: string;
  home: string;
  userData: string;
  extensions: string;
  workspace: string;
  remove: () => Promise<void>;
}

export function createScratch(options?: {
  sampleWorkspace?: string;
  settings?: Readonly<Record<string, unknown>>;
}): Promise<Scratch>;

export function stageExtension(options: { root: string; extensions: string }): Promise<string>;
