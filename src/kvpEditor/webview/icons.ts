// Small pictures of buttons, drawn on 16 pixels in the colour of the text around them. Every button has its name beside.
import { el } from './render/view';
import type { ElementView } from './render/view';

const stroke = (path: string): ElementView =>
  el('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, el('path', { d: path }));

export const icons = {
  copy: stroke('M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z'),
  remove: stroke('M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.6 9h6.8l.6-9M6.5 7v4M9.5 7v4'),
  undo: stroke('M3 2.5v4h4M3.3 6.5A5.3 5.3 0 1 1 3 10'),
  refresh: stroke('M13 2.5v4H9M12.7 6.5A5.3 5.3 0 1 0 13 10'),
} as const;
