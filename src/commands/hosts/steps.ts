// One question after the other, each with a way back to the one before it.
import { back } from './stepsUi';
import type { Answer, StepHead } from './stepsUi';

/** Asks one thing and puts the answer into the draft. */
export type Step<D> = (draft: D, head: StepHead) => Promise<Answer<D>>;

/**
 * @param stepsOf what there is to ask; may depend on what was answered
 * @returns undefined when the person left
 */
export async function runSteps<D>(
  title: string,
  first: D,
  stepsOf: (draft: D) => readonly Step<D>[],
): Promise<D | undefined> {
  let draft = first;
  for (let at = 0; ;) {
    const steps = stepsOf(draft);
    const step = steps[at];
    if (step === undefined) return draft;
    // Of a single question nobody counts the steps.
    const place = steps.length > 1 ? { step: at + 1, of: steps.length } : {};
    const answer = await step(draft, { title, ...place, canGoBack: at > 0 });
    if (answer === undefined) return undefined;
    if (answer === back) {
      at--;
    } else {
      draft = answer;
      at++;
    }
  }
}
