// Measures inside the extension host, on behalf of the benchmark, which reaches it by HTTP on the loopback interface. Also
// has the plain tree that ours is compared with: the same rows, and nothing behind them.
const childProcess = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const vscode = require('vscode');

const oursId = 'hyperv-lab.hyperv-lab';
const changes = new vscode.EventEmitter();
/** The rows below the one at the top: [label, description]. */
let rows = [];
/** Objects: VS Code knows rows by their identity, and passes over a 0. */
const top = {};
let nodes = [];
let loop;

/**
 * How long this thread has worked. A clock on the wall would also count the time in which other processes had the
 * processor; it is what is left where Node cannot tell (before 23.9).
 */
function workMs() {
  if (process.threadCpuUsage === undefined) return performance.now();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

const plainTree = {
  onDidChangeTreeData: changes.event,
  getChildren: (node) => (node === undefined ? [top] : node === top ? nodes : []),
  getTreeItem(node) {
    if (node === top) {
      const item = new vscode.TreeItem('PLAIN', vscode.TreeItemCollapsibleState.Collapsed);
      item.id = 'top';
      return item;
    }
    const [label, description] = rows[node.index];
    const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
    item.id = `row ${node.index}`;
    item.description = description;
    item.iconPath = new vscode.ThemeIcon('vm');
    return item;
  },
};

const ours = () => vscode.extensions.getExtension(oursId);

const calls = {
  /** Milliseconds of require and activate, one extension after the other. */
  async activate({ ids }) {
    const ms = {};
    for (const id of ids) {
      const start = performance.now();
      await vscode.extensions.getExtension(id).activate();
      ms[id] = performance.now() - start;
    }
    return ms;
  },
  /** What ours does while it is activated: processes started, files opened or read. */
  async watchedActivation() {
    const seen = [];
    const undo = [
      ...watch(childProcess, ['spawn', 'exec', 'execFile', 'fork', 'spawnSync', 'execSync', 'execFileSync'], seen),
      ...watch(fs, ['readFile', 'readFileSync', 'open', 'openSync', 'createReadStream', 'stat', 'statSync'], seen),
      ...watch(fs.promises, ['readFile', 'open', 'stat', 'readdir'], seen),
    ];
    try {
      await ours().activate();
    } finally {
      for (const restore of undo) restore();
    }
    return seen;
  },
  async setting({ name, value }) {
    await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
  },
  environment(variables) {
    Object.assign(process.env, variables);
  },
  async lab({ hostId, method, params }) {
    return ours().exports.labRequest(hostId, method, params);
  },
  /** Hosts and how many VMs of each are shown. */
  hosts() {
    return ours()
      .exports.snapshot()
      .map(({ id, status, vms }) => ({ id, status, vms: vms.length }));
  },
  vms({ hostId }) {
    return ours()
      .exports.snapshot()
      .find(({ id }) => id === hostId)
      .vms.map(({ id, name, state }) => ({ id, name, state }));
  },
  whenIdle: () => ours().exports.whenIdle(),
  plain({ list }) {
    rows = list;
    nodes = list.map((_, index) => ({ index }));
    changes.fire(undefined);
  },
  /** One row of the plain tree says something else. */
  plainRow({ index, description }) {
    rows[index] = [rows[index][0], description];
    changes.fire(nodes[index]);
  },
  /** From now on: how long the extension host does not get to its timers. */
  startLoop() {
    clearInterval(loop?.timer);
    const started = { longest: 0, at: workMs(), timer: undefined };
    started.timer = setInterval(() => {
      const now = workMs();
      started.longest = Math.max(started.longest, now - started.at);
      started.at = now;
    }, 1);
    loop = started;
  },
  /** The longest piece of work between two turns of a timer, in milliseconds. */
  stopLoop() {
    clearInterval(loop.timer);
    return { max: loop.longest };
  },
  /** Calls what VS Code calls at the end; milliseconds until the processes that we started are gone, and how many there were. */
  async deactivate() {
    // The same module as that of the extension host, as the file is the same.
    const { deactivate } = require(path.join(ours().extensionPath, 'dist', 'extension.js'));
    const children = ownChildren();
    const start = performance.now();
    await deactivate();
    while (children.some(isThere) && performance.now() - start < 30_000) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return { children: children.length, ms: performance.now() - start };
  },
};

/** Puts a note into `seen` for every call from a file of ours; loading our own code is none. */
function watch(target, names, seen) {
  const { dir } = path.parse(path.join(ours().extensionPath, 'dist', 'x'));
  return names.map((name) => {
    const original = target[name];
    target[name] = function (...args) {
      const { stackTraceLimit } = Error;
      Error.stackTraceLimit = 50;
      const { stack = '' } = new Error();
      Error.stackTraceLimit = stackTraceLimit;
      const first = stack.split('\n').findIndex((line) => line.includes(dir));
      const loading = stack
        .split('\n')
        .findIndex((line) => /Module\.(_load|_extensions|_compile|load|require)/.test(line));
      if (first >= 0 && (loading < 0 || first < loading)) seen.push(`${name} ${String(args[0])}`);
      return original.apply(this, args);
    };
    return () => {
      target[name] = original;
    };
  });
}

/** PowerShell processes of this one. */
function ownChildren() {
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && statusOf(name, 'PPid') === String(process.pid))
    .filter((pid) => fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('-NonInteractive'))
    .map(Number);
}

function isThere(pid) {
  const state = statusOf(pid, 'State');
  return state !== undefined && !state.startsWith('Z');
}

function statusOf(pid, key) {
  try {
    return new RegExp(`^${key}:\\s*(.+)$`, 'm').exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

async function answer(request, response) {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  try {
    const { name, args } = JSON.parse(body);
    const value = await calls[name](args);
    response.end(JSON.stringify({ value }));
  } catch (error) {
    response.end(JSON.stringify({ error: String(error?.stack ?? error) }));
  }
}

module.exports = {
  activate(context) {
    const server = http.createServer((request, response) => void answer(request, response));
    server.listen(0, '127.0.0.1', () => {
      const file = process.env.HYPERV_LAB_BENCH_ADDRESS;
      fs.writeFileSync(`${file}.new`, JSON.stringify({ pid: process.pid, port: server.address().port }));
      fs.renameSync(`${file}.new`, file);
    });
    context.subscriptions.push(
      { dispose: () => server.close() },
      vscode.window.createTreeView('plainTree', { treeDataProvider: plainTree }),
    );
  },
};
