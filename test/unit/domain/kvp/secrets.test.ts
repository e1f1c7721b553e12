import assert from 'node:assert/strict';
import { looksSecret } from '../../../../src/domain/kvp/secrets';

describe('names that look like secrets', () => {
  for (const name of [
    ...['password', 'DbPassword', 'dbpassword', 'DB_PASSWORD', 'root-pass', 'passwd', 'PASSWORD1', 'pwd', 'userPwd'],
    ...['token', 'github-token', 'accessToken', 'TOKEN_2', 'secret', 'clientSecret', 'apikey', 'API_KEY', 'ssh.key'],
    ...['KeyVault', 'credentials', 'basic auth', 'SAS', 'ConnectionString', 'AZURE_CONNECTION_STRING', 'privateKey'],
  ]) {
    it(`warn: ${name}`, () => {
      assert.equal(looksSecret(name), true);
    });
  }

  for (const name of ['', 'compass', 'monkey', 'author', 'passenger', 'OSName', 'deploy.stage', 'keyboard', 'pinned']) {
    it(`do not warn: ${name === '' ? 'no name' : name}`, () => {
      assert.equal(looksSecret(name), false);
    });
  }
});
