// What `npm run package` makes is what people get: it must be small, install by itself and work.
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../../tools/lib/processes.mjs';
import { openLabWindow, root } from '../support/labWindow';

/** A download that nobody notices; the largest part is the picture in the README. */
const maxBytes = 400 * 1024;

describe('the packaged extension', () => {
  const vsix = path.join(root, 'out', 'hyperv-lab.vsix');

  before(async () => {
    await run('npm', ['run', 'package', '--', '--out', vsix], { cwd: root });
  });

  it('is small', async () => {
    const { size } = await stat(vsix);
    assert.ok(size <= maxBytes, `${size} bytes`);
  });

  it('installs and shows the demo lab', async () => {
    const window = await openLabWindow({ vsix });
    try {
      const rows = await window.workbench.waitForHosts();
      assert.deepEqual(
        rows.filter(({ level }) => level === 1).map(({ label }) => label),
        ['HV-LAB1', 'HV-LAB2', 'HV-MUENCHEN'],
      );
    } finally {
      await window.close();
    }
  });
});
