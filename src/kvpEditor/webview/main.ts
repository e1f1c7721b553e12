// The page's start: its one link to VS Code, its drawing, and what it keeps for when it comes again.
import type { FromPage, PageState, ToPage } from '../messages';
import { listen } from './events';
import { keepPlace } from './keepPlace';
import { draftOfState, keptDraft, withoutSecrets } from './kept';
import { Page } from './page';
import { pageView } from './pageView';
import { place, withFocusKept } from './placeFocus';
import { drawerOf } from './render/draw';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
};

function start(app: HTMLElement): void {
  const vscode = acquireVsCodeApi();
  const drawViews = drawerOf(app);
  // With every key: what is said while a tab closes is not heard.
  const keep = (): void => {
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
      withFocusKept(app, () => {
        drawViews(pageView(model, page));
      });
      document.title = model.snapshot?.vmName ?? model.target?.vmName ?? '';
      place(app, model.dialog !== null, focusId);
    },
    keptDraft: (target) => draftOfState(vscode.getState(), target),
    draftChanged: keep,
  });
  window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
    page.receive(data);
  });
  listen(app, page);
  keepPlace();
  vscode.postMessage({ type: 'ready' });
}

const app = document.getElementById('app');
if (app !== null) start(app);
