// The page's start: its one link to VS Code, its drawing, and what it keeps for when it comes again.
import { render } from 'lit-html';
import type { FromPage, PageState, ToPage } from '../messages';
import { listen } from './events';
import { draftOfState, keptDraft, withoutSecrets } from './kept';
import { Page } from './page';
import { pageView } from './pageView';
import { place, withFocusKept } from './placeFocus';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
};

/** After a key, long enough to gather a word and short enough for nothing to be lost when the tab is closed. */
const keepDelayMs = 150;

function start(app: HTMLElement): void {
  const vscode = acquireVsCodeApi();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const { target, drafts } = page.model;
    if (target === null) return;
    const draft = keptDraft(drafts);
    vscode.setState({ target, draft: withoutSecrets(draft) });
    vscode.postMessage({ type: 'draft', draft });
  };
  const page = new Page({
    post(message) {
      vscode.postMessage(message);
    },
    draw(model, focusId) {
      withFocusKept(app, () => render(pageView(model, page), app));
      document.title = model.snapshot?.vmName ?? model.target?.vmName ?? '';
      place(app, model.dialog !== null, focusId);
    },
    keptDraft: (target) => draftOfState(vscode.getState(), target),
    draftChanged() {
      timer ??= setTimeout(keep, keepDelayMs);
    },
  });
  const keepNow = (): void => {
    if (timer !== undefined) keep();
  };
  window.addEventListener('blur', keepNow);
  window.addEventListener('pagehide', keepNow);
  document.addEventListener('visibilitychange', keepNow);
  window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
    page.receive(data);
  });
  listen(app, page);
  vscode.postMessage({ type: 'ready' });
}

const app = document.getElementById('app');
if (app !== null) start(app);
