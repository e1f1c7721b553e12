// `node tools/performanceDocs.mjs`: writes the tables and charts of docs/performance.md anew from docs/performance.json.
import { writePerformanceDocs } from './lib/performanceDocs.mjs';
import { root } from './lib/prepare.mjs';

await writePerformanceDocs(root);
