// What a request that cannot be sent is answered with: the method, the parameter, and what is expected of it.
import assert from 'node:assert/strict';
import { checkRequest } from '../../../src/powershell/checkParameters';
import { SessionError } from '../../../src/powershell/errors';
import type { MethodTable } from '../../../src/powershell/methods';

const id = '01234567-89AB-cdef-0123-456789abcdef';

const methods: MethodTable = {
  'service.set': {
    function: 'Set-It',
    class: 'change',
    timeoutMs: 1,
    parameters: {
      id: { type: 'guid' },
      service: { type: 'string' },
      enabled: { type: 'boolean' },
      count: { type: 'integer', optional: true },
      names: { type: 'stringList', optional: true },
    },
  },
};

const good = { id, service: 'vss', enabled: false };

describe('checking a request', () => {
  it('takes every kind of value, and leaves out what is optional', () => {
    assert.equal(checkRequest(methods, 'service.set', good), methods['service.set']);
    checkRequest(methods, 'service.set', { ...good, service: '', count: -1, names: [] });
    checkRequest(methods, 'service.set', { ...good, count: 0, names: ['a', ''] });
  });

  const cases: readonly [string, Record<string, unknown>, string][] = [
    ['a text instead of a boolean', { enabled: 'true' }, 'service.set: enabled must be true or false.'],
    ['a number instead of a boolean', { enabled: 1 }, 'service.set: enabled must be true or false.'],
    ['nothing at all', { enabled: null }, 'service.set: enabled must be true or false.'],
    ['a number instead of a text', { service: 1 }, 'service.set: service must be a text.'],
    ['a fraction', { count: 1.5 }, 'service.set: count must be a whole number.'],
    ['a number no integer can hold', { count: 2 ** 60 }, 'service.set: count must be a whole number.'],
    ['one text instead of a list', { names: 'a' }, 'service.set: names must be a list of texts.'],
    ['a list of something else', { names: [1] }, 'service.set: names must be a list of texts.'],
    ['a GUID in braces', { id: `{${id}}` }, 'service.set: id must be a GUID, without braces.'],
    ['a GUID with a blank', { id: `${id} ` }, 'service.set: id must be a GUID, without braces.'],
    ['a GUID with a line end', { id: `${id}\n` }, 'service.set: id must be a GUID, without braces.'],
    ['a parameter nobody listed', { Confirm: true }, 'service.set has no parameter Confirm.'],
    ['a parameter in another letter case', { ID: id }, 'service.set has no parameter ID.'],
  ];
  for (const [name, parameters, message] of cases) {
    it(`refuses ${name}`, () => {
      assert.throws(() => checkRequest(methods, 'service.set', { ...good, ...parameters }), refusal(message));
    });
  }

  it('names what is missing', () => {
    const message = 'service.set: enabled is missing; it must be true or false.';
    assert.throws(() => checkRequest(methods, 'service.set', { id, service: 'vss' }), refusal(message));
  });

  it('knows only the methods of the table', () => {
    for (const method of ['Set-It', 'constructor', '__proto__', '']) {
      assert.throws(() => checkRequest(methods, method, {}), refusal(`There is no method ${method}.`));
    }
  });
});

function refusal(message: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(SessionError.is(error, 'badRequest'));
    assert.equal(error.message, message);
    return true;
  };
}
