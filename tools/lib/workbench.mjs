// VS Code's window as a person uses it, by roles and names only. Used by `npm start -- --check` and the end-to-end tests.

/** A cold workbench on a loaded machine; it takes two to four seconds here. */
const openTimeoutMs = 60_000;
/** How long a row may take that a PowerShell session must be started for: ten times what it takes here. */
const rowTimeoutMs = 30_000;

/** Longer than the pauses between what the extension and the window do to a row after one event. */
const quietMs = 500;

export class Workbench {
  /** @param page a Playwright page */
  constructor(page) {
    this.page = page;
    page.setDefaultTimeout(rowTimeoutMs);
  }

  /** Loads the editor and waits until its activity bar can be used. */
  static async open(page, address) {
    const workbench = new this(page);
    await page.goto(address, { timeout: openTimeoutMs });
    await page.getByRole('tab', { name: 'Hyper-V' }).waitFor({ timeout: openTimeoutMs });
    return workbench;
  }

  /** Shows the view *Hosts* by its entry in the activity bar. */
  async openHyperVView() {
    const tab = this.page.getByRole('tab', { name: 'Hyper-V' });
    if ((await tab.getAttribute('aria-selected')) !== 'true') {
      await tab.locator('a').click();
    }
    // A view without rows shows its welcome text in place of the tree.
    const shown = this.tree.or(this.page.locator('.sidebar .welcome-view-content'));
    await shown.first().waitFor({ state: 'attached' });
    // Off the entry, whose tooltip would cover rows.
    await this.page.mouse.move(0, 0);
  }

  /** The tree of the side bar. */
  get tree() {
    return this.page.locator('.sidebar').getByRole('tree').first();
  }

  /** Rows with exactly this label: a host's or a VM's name, a service. Descriptions don't count. */
  row(label) {
    const exact = this.page.locator('.label-name').getByText(label, { exact: true });
    return this.tree.getByRole('treeitem').filter({ has: exact });
  }

  /** Opens or closes a row by its twistie; nothing happens when it already is as wanted. */
  async setExpanded(row, expanded) {
    if ((await row.getAttribute('aria-expanded')) !== String(expanded)) {
      await row.locator('.monaco-tl-twistie').click();
    }
    await row.and(this.page.locator(`[aria-expanded="${expanded}"]`)).waitFor();
  }

  /** What the tree shows, from top to bottom. Level 1 is a host, 2 a VM, 3 a service; `checked` only where a box is. */
  async rows() {
    return this.tree.getByRole('treeitem').evaluateAll((items) =>
      items
        .map((item) => ({ item, index: Number(item.getAttribute('data-index')) }))
        // The tree reuses elements, so their order says nothing.
        .sort((a, b) => a.index - b.index)
        .map(({ item }) => {
          const box = item.querySelector('[role="checkbox"]');
          return {
            level: Number(item.getAttribute('aria-level')),
            label: item.querySelector('.label-name')?.textContent ?? '',
            description: item.querySelector('.label-description')?.textContent ?? '',
            ...(box ? { checked: box.getAttribute('aria-checked') === 'true' } : {}),
          };
        }),
    );
  }

  /** Labels of the rows that are selected, from top to bottom; only those on screen. */
  async selectedLabels() {
    return this.tree.locator('.monaco-list-row[aria-selected="true"]').evaluateAll((rows) =>
      rows
        .map((row) => ({
          index: Number(row.getAttribute('data-index')),
          label: row.querySelector('.label-name')?.textContent ?? '',
        }))
        .sort((a, b) => a.index - b.index)
        .map(({ label }) => label),
    );
  }

  /**
   * Labels of rows of which a part is not painted: they reach beyond their box, or into the dots that end it. Their widths
   * are measured apart from the row, as the box of a label at the end of a row contains the dots as well.
   */
  async cutLabels() {
    return this.tree.getByRole('treeitem').evaluateAll((items) =>
      items.flatMap((item) => {
        const label = item.querySelector('.label-name');
        const box = item.querySelector('.monaco-icon-label-container');
        if (label === null || box === null) return [];
        const { font } = item.ownerDocument.defaultView.getComputedStyle(label);
        const brush = item.ownerDocument.createElement('canvas').getContext('2d');
        const widthOf = (text) => Object.assign(brush, { font }).measureText(text).width;
        const end = label.getBoundingClientRect().left + widthOf(label.textContent);
        const dots = box.scrollWidth > box.clientWidth ? widthOf('\u2026') : 0;
        return end > box.getBoundingClientRect().right - dots ? [label.textContent] : [];
      }),
    );
  }

  /** The colours in which icons of rows are painted, by label; a row that is selected has the colour of the selection. */
  async iconColors() {
    const colors = await this.tree.getByRole('treeitem').evaluateAll((items) =>
      items.flatMap((item) => {
        const icon = item.querySelector('.custom-view-tree-node-item-icon.codicon');
        const label = item.querySelector('.label-name')?.textContent ?? '';
        return icon === null ? [] : [[label, item.ownerDocument.defaultView.getComputedStyle(icon).color]];
      }),
    );
    return new Map(colors);
  }

  /**
   * Waits until a tree has not been painted for a moment: a row that is painted anew between the press and the
   * release of the mouse gets no click.
   */
  async settled(of = this.tree) {
    await of.evaluate(
      (tree, quietMs) =>
        new Promise((resolve) => {
          let timer = setTimeout(done, quietMs);
          const observer = new tree.ownerDocument.defaultView.MutationObserver(() => {
            clearTimeout(timer);
            timer = setTimeout(done, quietMs);
          });
          observer.observe(tree, { childList: true, subtree: true, attributes: true, characterData: true });
          function done() {
            observer.disconnect();
            resolve();
          }
        }),
      quietMs,
    );
  }

  /** The heights of the tree and of all its rows, in pixels. */
  async heights() {
    return this.tree.evaluate((tree) => ({
      view: tree.clientHeight,
      rows: tree.querySelector('.monaco-list-rows').clientHeight,
    }));
  }

  /** Waits until what the tree shows is as wanted, and returns it; the error tells what it showed instead. */
  async waitForRows(what, isAsWanted) {
    const deadline = performance.now() + rowTimeoutMs;
    for (;;) {
      const rows = await this.rows();
      if (isAsWanted(rows)) {
        return rows;
      }
      if (performance.now() > deadline) {
        throw new Error(`The tree does not show ${what}, but:\n${formatRows(rows)}`);
      }
      await this.page.waitForTimeout(50);
    }
  }

  /** Waits until no host is being connected to. */
  async waitForHosts() {
    return this.waitForRows('hosts that were read', (rows) => {
      const hosts = rows.filter(({ level }) => level === 1);
      return hosts.length > 0 && !hosts.some(({ description }) => /connecting|not read yet/.test(description));
    });
  }
}

/** One line a row, indented by level: box, label, description. */
export function formatRows(rows) {
  return rows
    .map(({ level, label, description, checked }) => {
      const box = checked === undefined ? '' : checked ? '[x] ' : '[ ] ';
      // A row that is just being made has no level yet.
      return `${'  '.repeat(Math.max(0, level - 1))}${box}${label}${description ? `  (${description})` : ''}`;
    })
    .join('\n');
}
