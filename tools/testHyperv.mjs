// `npm run test:hyperv`: the part of docs/real-host.md that needs nobody's eyes, on a Windows machine with Hyper-V. Reads the
// host; changes only the virtual machine that HYPERV_LAB_TEST_VM names. Elsewhere it says why it does nothing.
//   npm run test:hyperv [-- --required]      (--required: not being able to run is a failure)
import { execFile } from 'node:child_process';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { root } from './lib/prepare.mjs';

const { values: options } = parseArgs({ options: { required: { type: 'boolean' } } });
const run = promisify(execFile);
const say = (text) => process.stdout.write(`${text}\n`);
const counts = { passed: 0, failed: 0, skipped: 0 };

process.exitCode = await main();

async function main() {
  const reason = await whyNot();
  if (reason !== undefined) {
    say(`The acceptance list was not run: ${reason}.`);
    say(`0 passed, ${options.required ? 1 : 0} failed, all skipped`);
    return options.required ? 1 : 0;
  }
  let vms = [];
  await check('the host is ready: module, service, rights', async () => {
    const facts = await hv('host.probe');
    if (facts.canRead !== true) throw new Error(JSON.stringify(facts));
  });
  await check('the inventory is read with its fixed number of queries', async () => {
    const inventory = await hv('inventory');
    vms = inventory.vms;
    if (inventory.stats.cimQueries > 16) throw new Error(`${inventory.stats.cimQueries} queries`);
  });
  await check('every virtual machine can be read alone, and reads the same', async () => {
    for (const { id, name } of vms.slice(0, 20)) {
      const { vm } = await hv('vm.read', { id });
      if (vm.name !== name) throw new Error(`${name} reads as ${vm.name}`);
    }
  });
  await testVm(vms);
  say(`\n${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}`);
  return counts.failed > 0 ? 1 : 0;
}

/** @returns undefined when the list can be run here */
async function whyNot() {
  if (process.platform !== 'win32') {
    return `Hyper-V is a part of Windows, and this is ${process.platform}`;
  }
  try {
    const facts = await hv('host.probe');
    if (facts.serviceState !== 'running') {
      return `Hyper-V's management service is ${facts.serviceState ?? 'not to be found'}`;
    }
    return facts.canRead === true ? undefined : 'this sign-in may not manage Hyper-V (docs/using.md says what to do)';
  } catch (error) {
    return `the host could not be asked: ${firstLine(error)}`;
  }
}

async function testVm(vms) {
  const name = process.env.HYPERV_LAB_TEST_VM;
  if (!name) {
    counts.skipped++;
    say('  - starting, pausing, saving, turning off (skipped: HYPERV_LAB_TEST_VM names no virtual machine for it)');
    return;
  }
  const vm = vms.find((candidate) => candidate.name === name);
  const steps = [
    ['vm.start', 'running'],
    ['vm.pause', 'paused'],
    ['vm.resume', 'running'],
    ['vm.save', 'saved'],
    ['vm.start', 'running'],
    ['vm.turnOff', 'off'],
  ];
  await check(`${name} is there and off`, async () => {
    if (vm?.state !== 'off') throw new Error(vm === undefined ? 'there is none' : `it is ${vm.state}`);
  });
  if (vm?.state !== 'off') {
    return;
  }
  for (const [method, state] of steps) {
    await check(`${method}: ${name} is ${state} afterwards`, async () => {
      const { vm: after } = await hv(method, { id: vm.id });
      if (after.state !== state) throw new Error(`it is ${after.state}`);
    });
  }
}

/** The headless client on this computer; throws what it says when it fails. */
async function hv(method, parameters = {}) {
  const client = [path.join(root, 'tools', 'hv.mjs'), method, '--params', JSON.stringify(parameters)];
  const { stdout } = await run(process.execPath, client, { cwd: root, maxBuffer: 256 * 1024 * 1024 });
  return JSON.parse(stdout);
}

async function check(title, work) {
  try {
    await work();
    counts.passed++;
    say(`  ✔ ${title}`);
  } catch (error) {
    counts.failed++;
    say(`  ✘ ${title}: ${firstLine(error)}`);
  }
}

function firstLine(error) {
  return String(error.stdout || error.message)
    .trim()
    .split('\n')[0];
}
