// Runs in the page in front of its own script: stands in for VS Code's side, and answers what tests ask of the document.
/* global document, window, MessageEvent */
(() => {
  const said = [];
  let kept;
  window.acquireVsCodeApi = () => {
    window.acquireVsCodeApi = () => {
      throw new Error('acquireVsCodeApi was called twice.');
    };
    return {
      postMessage: (message) => said.push(structuredClone(message)),
      getState: () => kept,
      setState: (state) => (kept = structuredClone(state)),
    };
  };
  const nameOf = (element) => element?.getAttribute('aria-label') ?? element?.textContent.trim();
  window.rig = {
    said: (type) => said.filter((message) => message.type === type),
    kept: () => kept,
    keep: (state) => (kept = state ?? undefined),
    send: (data) => void window.dispatchEvent(new MessageEvent('message', { data })),
    theme(variables, bodyClass) {
      const { style } = document.documentElement;
      for (const each of [...style]) style.removeProperty(each);
      for (const [name, value] of Object.entries(variables)) style.setProperty(name, value);
      document.body.className = `vscode-body ${bodyClass}`;
    },
    keys: (pool) =>
      [...document.querySelectorAll(`section[data-pool="${pool}"] tbody > tr`)].map(
        (row) => row.querySelector('textarea[data-field="key"]')?.value ?? row.dataset.key,
      ),
    hasFocus: (name) => nameOf(document.activeElement) === name,
    widths: () => ({ content: document.documentElement.scrollWidth, window: window.innerWidth }),
  };
})();
