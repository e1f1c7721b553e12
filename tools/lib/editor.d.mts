export interface CodeServer {
  node: string;
  entry: string;
  version: string;
}

export interface RunningEditor {
  address: string;
  port: number;
  pid: number | undefined;
  output: () => string;
  stop: () => Promise<void>;
}

export function startCodeServer(options: {
  codeServer: CodeServer;
  scratch: import('./scratch.mjs').Scratch;
  port?: number;
  env?: Readonly<Record<string, string>>;
}): Promise<RunningEditor>;

export function installExtension(options: {
  codeServer: CodeServer;
  scratch: import('./scratch.mjs').Scratch;
  vsix: string;
}): Promise<void>;
