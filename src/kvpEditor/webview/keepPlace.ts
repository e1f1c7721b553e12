// Where the keyboard was when the window went elsewhere, to the palette or a dialog of VS Code: VS Code takes the focus from
// the element that has it, and gives it back to the page as a whole.

export function keepPlace(): void {
  let last: HTMLElement | undefined;
  /** Not in a dialog of ours, which takes its places with it. */
  let lastOutside: HTMLElement | undefined;
  const goBack = (place: HTMLElement | undefined): void => {
    if (document.activeElement === document.body && place?.isConnected === true) place.focus();
  };
  document.addEventListener('focusin', ({ target }) => {
    last = target instanceof HTMLElement ? target : undefined;
    if (last?.closest('dialog') === null) lastOutside = last;
  });
  // A click beside everything leaves that place on purpose.
  document.addEventListener('pointerdown', () => {
    last = undefined;
    lastOutside = undefined;
  });
  window.addEventListener('focus', () => {
    goBack(last);
  });
  // A dialog that opened while VS Code's own had the focus has nobody to give it back to.
  document.addEventListener(
    'close',
    () => {
      goBack(lastOutside);
    },
    { capture: true },
  );
}
