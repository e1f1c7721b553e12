// Runs before anybody opens the lab (see index.ts): the welcome view is for a view without any other host.
import assert from 'node:assert/strict';
import { contextKeys } from '../../src/manifest';
import { ContextKeys } from './support/contextKeys';
import { localStates } from './support/localComputer';
import { Prompts } from './support/prompts';
import { extensionUnderTest, host, hosts, refreshHost, run } from './support/window';

describe('The welcome view', () => {
  const keys = new ContextKeys();
  const prompts = new Prompts();

  before(() => {
    keys.install();
    prompts.install();
  });

  after(() => {
    keys.restore();
    prompts.restore();
  });

  for (const { readiness, command } of localStates) {
    it(`is the one for ${readiness}, and the command to copy is the one that helps`, async () => {
      const api = await extensionUnderTest();
      await refreshHost(hosts.local);
      assert.equal(keys.get(contextKeys.readiness), readiness);
      assert.equal(host(api, hosts.local).status, readiness === 'ready' ? 'ready' : 'failed');
      prompts.forget();
      await run('copySetupCommand');
      assert.equal(prompts.copied.length, command === undefined ? 0 : 1);
      if (command === undefined) assert.equal(prompts.shown[0]?.message, 'No command helps at the moment.');
      else assert.match(prompts.copied[0] ?? '', command);
    });
  }
});
