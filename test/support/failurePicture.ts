// Keeps a picture of every end-to-end test that failed, named after it.
import type { LabWindow } from './labWindow';

/** To be called once in a describe block; `current` gives the window, which is opened in its before hook. */
export function pictureOnFailure(current: () => LabWindow | undefined): void {
  afterEach(async function () {
    const test = this.currentTest;
    if (test?.state === 'failed') {
      await current()?.screenshot(`failed-${test.title.replace(/\W+/g, '-').slice(0, 80)}`);
    }
  });
}
