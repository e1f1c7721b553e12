// A suite in a process of its own: node mochaChild.mjs '{"files":[…],"timeoutMs":…,"result":"…"}'. Started by `npm test`.
import { writeFileSync } from 'node:fs';
import { runSuite } from './mochaSuite.mjs';
import { endWithParent, stopAll } from './processes.mjs';

endWithParent();
const { result, ...options } = JSON.parse(process.argv[2]);
const numbers = await runSuite(options);
writeFileSync(result, JSON.stringify(numbers));
await stopAll();
// Explicitly: a forgotten timer must not hold the run; forgotten processes are looked for by the parent.
process.exit(numbers.failures > 0 ? 1 : 0);
