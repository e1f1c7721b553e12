// An extension that stands beside ours in end-to-end tests: what its commands do to the simulated hosts is, to ours, what
// somebody else did.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Titles of its commands in the palette. */
export const witnessCommands = {
  turnOffWatched: 'Witness: Turn Off The Watched One',
  hangDc01: 'Witness: Hang DC01',
} as const;

/** The virtual machine that is turned off, on the first host of the lab. */
export const watchedVm = 'aa-watched';

const manifest = {
  name: 'witness',
  publisher: 'test',
  version: '0.0.1',
  engines: { vscode: '^1.100.0' },
  main: './extension.js',
  contributes: {
    commands: Object.entries(witnessCommands).map(([name, title]) => ({ command: `witness.${name}`, title })),
  },
};

/** Off: EnabledState 3 of Msvm_ComputerSystem. */
const program = `
const vscode = require('vscode');
exports.activate = ({ subscriptions }) => {
  subscriptions.push(
    vscode.commands.registerCommand('witness.turnOffWatched', async () => {
      const api = await vscode.extensions.getExtension('hyperv-lab.hyperv-lab').activate();
      const [host] = api.snapshot();
      const { id } = host.vms.find(({ name }) => name === '${watchedVm}');
      await api.labRequest(host.id, 'lab.touch', { action: 'state', id, state: 3 });
    }),
    vscode.commands.registerCommand('witness.hangDc01', async () => {
      const api = await vscode.extensions.getExtension('hyperv-lab.hyperv-lab').activate();
      const [host] = api.snapshot();
      const { id } = host.vms.find(({ name }) => name === 'DC01');
      await api.labRequest(host.id, 'lab.touch', { action: 'hang', id, enabled: true });
      // No event tells of a guest that hangs.
      await vscode.commands.executeCommand('hyperv.refresh');
    }),
  );
};
`;

/** @param extensions the folder where the editor looks for installed ones */
export async function stageWitness(extensions: string): Promise<void> {
  const { publisher, name, version } = manifest;
  const folder = path.join(extensions, `${publisher}.${name}-${version}`);
  await mkdir(folder);
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(folder, 'extension.js'), program);
}
