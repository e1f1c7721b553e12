// When something of a tree is on the screen, measured in the page itself. Used by the benchmark.
import { settlesWithin } from './processes.mjs';

/** Ten times what the slowest of it takes. */
const limitMs = 60_000;

/**
 * Milliseconds from the press of the mouse on a twistie to the frame in which the tree has more rows than so many and those
 * in sight are painted. `tree` and `twistie` are Playwright locators.
 */
export async function paintedAfterClick(tree, twistie, count) {
  const measuring = tree.evaluate((element, wanted) => {
    const view = element.ownerDocument.defaultView;
    const list = element.querySelector('.monaco-list-rows');
    const rowHeight = element.querySelector('.monaco-list-row').offsetHeight;
    return new Promise((resolve) => {
      let start = 0;
      const onPress = () => (start = view.performance.now());
      element.addEventListener('mousedown', onPress, { capture: true, once: true });
      const look = () => {
        const painted = list.querySelectorAll('.monaco-list-row .label-name').length;
        if (start > 0 && painted > Math.min(wanted, 10) && list.offsetHeight > wanted * rowHeight) {
          resolve(view.performance.now() - start);
        } else {
          view.requestAnimationFrame(look);
        }
      };
      look();
    });
  }, count);
  await twistie.click();
  return inTime(measuring, `more than ${count} rows`);
}

/** Resolves in the frame after the one in which the row with this label had this text in its description. */
export async function paintedText(tree, label, text) {
  const painting = tree.evaluate(
    (element, wanted) => {
      const view = element.ownerDocument.defaultView;
      const isWanted = (row) =>
        row.querySelector('.label-name')?.textContent === wanted.label &&
        row.querySelector('.label-description')?.textContent.includes(wanted.text);
      return new Promise((resolve) => {
        const look = () => {
          const there = [...element.querySelectorAll('.monaco-list-row')].some(isWanted);
          view.requestAnimationFrame(there ? resolve : look);
        };
        look();
      });
    },
    { label, text },
  );
  await inTime(painting, `${label} with ${text}`);
}

async function inTime(painting, what) {
  if (await settlesWithin(painting, limitMs)) {
    return painting;
  }
  throw new Error(`The tree did not show ${what} within ${limitMs / 1_000} s.`);
}
