import assert from 'node:assert/strict';
import fc from 'fast-check';
import { drawerOf } from '../../../../../src/kvpEditor/webview/render/draw';
import { el, part } from '../../../../../src/kvpEditor/webview/render/view';
import type { Attributes, View } from '../../../../../src/kvpEditor/webview/render/view';
import { SmallElement, SmallText, installSmallDocument, smallDocument } from '../../../../support/smallDocument';

describe('the drawing of the editor page', () => {
  let root: SmallElement;
  let draw: (...views: View[]) => void;
  let leave: () => void;

  beforeEach(() => {
    leave = installSmallDocument();
    root = new SmallElement('main');
    const drawer = drawerOf(root as unknown as Element);
    draw = (...views) => {
      drawer(views);
    };
  });
  afterEach(() => {
    leave();
  });

  const only = (): SmallElement => root.elements[0] ?? assert.fail('nothing was drawn');
  const row = (key: string): View => part(key, [], () => el('li', {}, el('input', { value: key })));
  const fields = (): string[] => root.elements.map(({ elements }) => elements[0]?.value ?? '');
  const field = (key: string): SmallElement =>
    root.elements.map(({ elements }) => elements[0]).find((input) => input?.value === key) ?? assert.fail();

  describe('text', () => {
    it('becomes a text node, whatever it contains', () => {
      const hostile = '<img src=x onerror=alert(1)>&amp;';
      draw(hostile, el('b', { title: hostile }, hostile));
      assert.ok(root.childNodes[0] instanceof SmallText);
      assert.equal(root.textContent, hostile + hostile);
      assert.equal(only().attributes.get('title'), hostile);
      assert.deepEqual(only().elements, []);
    });

    it('changes in its node', () => {
      draw('one');
      const [node] = root.childNodes;
      draw('two');
      assert.equal(root.childNodes[0], node);
      assert.equal(root.textContent, 'two');
    });
  });

  describe('attributes', () => {
    it('are set, changed and taken away as the view says', () => {
      const shown = (attributes: Attributes): unknown => {
        draw(el('p', attributes));
        return Object.fromEntries(only().attributes);
      };
      assert.deepEqual(shown({ class: 'a', hidden: true, tabindex: -1, id: undefined, readonly: false }), {
        class: 'a',
        hidden: '',
        tabindex: '-1',
      });
      assert.deepEqual(shown({ class: 'b', hidden: false, tabindex: undefined, id: 'x' }), { class: 'b', id: 'x' });
      assert.deepEqual(shown({}), {});
    });

    it('named for events are handlers: the newest one is called, and none when there is none', () => {
      const called: string[] = [];
      draw(el('button', { onclick: () => called.push('first') }));
      draw(el('button', { onclick: () => called.push('second') }));
      only().onclick?.();
      draw(el('button', {}));
      only().onclick?.();
      assert.deepEqual(called, ['second']);
    });

    it('named value are what stands in the field: set only when something else stands there', () => {
      draw(el('input', { value: 'a' }));
      only().type('ab');
      draw(el('input', { value: 'ab' }));
      assert.equal(only().timesSet, 1);
      only().type('abc');
      draw(el('input', { value: 'ab' }));
      assert.equal(only().value, 'ab');
    });
  });

  describe('children', () => {
    it('keep their places beside those that come and go', () => {
      draw(undefined, el('p', {}));
      const before = only();
      draw(el('h1', {}), el('p', {}));
      assert.deepEqual([root.elements.map(({ localName }) => localName), root.elements[1]], [['h1', 'p'], before]);
      draw(undefined, el('p', {}));
      assert.deepEqual(root.elements, [before]);
    });

    it('are made anew when they are other elements', () => {
      draw(el('p', { class: 'a' }, 'text'));
      draw(el('div', {}));
      assert.deepEqual([only().localName, only().attributes.size, only().textContent], ['div', 0, '']);
      draw('text');
      assert.deepEqual([root.elements.length, root.textContent], [0, 'text']);
    });

    it('that are pictures are of the language of pictures', () => {
      draw(el('svg', {}, el('path', {})));
      assert.match(`${only().namespace} ${only().elements[0]?.namespace ?? ''}`, /svg .*svg$/);
    });
  });

  describe('parts', () => {
    it('are drawn again only when something they use is another', () => {
      let times = 0;
      const show = (...uses: unknown[]): void => {
        draw(
          part('a', uses, () => {
            times += 1;
            return el('p', {}, uses.map(String));
          }),
        );
      };
      show(1, 'x');
      const before = only();
      show(1, 'x');
      assert.equal(times, 1);
      show(1, 'y');
      assert.deepEqual([times, only(), only().textContent], [2, before, '1y']);
    });

    it('keep their elements in every order, and the field with the focus keeps it', () => {
      const order = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1 });
      fc.assert(
        fc.property(order, order, fc.nat(), (first, second, choice) => {
          draw(...first.map(row));
          const before = new Map(first.map((key) => [key, field(key)]));
          const focused = first[choice % first.length] ?? assert.fail();
          before.get(focused)?.focus();
          draw(...second.map(row));
          assert.deepEqual(fields(), second);
          for (const key of second) assert.equal(field(key), before.get(key) ?? field(key));
          assert.equal(smallDocument.activeElement, second.includes(focused) ? before.get(focused) : null);
          draw();
        }),
      );
    });

    it('with one key twice are two, and both go', () => {
      draw(row('a'), row('a'));
      assert.deepEqual(fields(), ['a', 'a']);
      draw(row('a'));
      assert.deepEqual(fields(), ['a']);
      draw();
      assert.deepEqual(root.childNodes, []);
    });
  });
});
