// What copying files needs of VS Code beside the questions of all commands; made by windowFiles.ts, faked by unit tests.

export type SourceKind = 'files' | 'folder';

export interface FilePorts {
  /**
   * Lets a person choose on this computer.
   * @returns addresses, as URIs in texts; undefined when they left
   */
  readonly choose: (kind: SourceKind, title: string) => Promise<readonly string[] | undefined>;
  /** Absolute path behind the address of a file of this computer; undefined for one of another place. */
  readonly pathOf: (uri: string) => string | undefined;
}
