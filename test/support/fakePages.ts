// Pages as they were shown, in place of VS Code's editors.
import type { Pages } from '../../src/commands/pages';

export class FakePages implements Pages {
  readonly shown: { readonly id: string; readonly name: string; readonly text: string }[] = [];

  get latest(): string | undefined {
    return this.shown.at(-1)?.text;
  }

  show(id: string, name: string, text: string): Promise<void> {
    this.shown.push({ id, name, text });
    return Promise.resolve();
  }
}
