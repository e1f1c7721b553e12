// What every test with the demo lab begins and ends with: the lab as its spec describes it, a person who answers, and
// the settings as they were.
import type { HypervLabApi } from '../../../src/extensionApi';
import { Prompts } from './prompts';
import { setShutdownDeadline } from './settings';
import { freshLab } from './window';

export interface Lab {
  readonly api: HypervLabApi;
  readonly prompts: Prompts;
}

/** For the body of a `describe`. What it returns is filled anew before each test. */
export function useLab(): Lab {
  const lab = {} as { api: HypervLabApi; prompts: Prompts };
  beforeEach(async () => {
    lab.api = await freshLab();
    lab.prompts = new Prompts();
    lab.prompts.install();
  });
  afterEach(async () => {
    lab.prompts.restore();
    await setShutdownDeadline(undefined);
  });
  return lab;
}
