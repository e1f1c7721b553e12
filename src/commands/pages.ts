// Where commands show what they have made; madePages.ts is VS Code's way.

export interface Pages {
  /** What was shown last. */
  readonly latest: string | undefined;
  /**
   * @param id the same for what replaces the page before
   * @param name of the page, for people; may be anything
   */
  show(id: string, name: string, text: string): Promise<void>;
}
