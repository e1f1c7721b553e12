import assert from 'node:assert/strict';
import path from 'node:path';
import fc from 'fast-check';
import { addressOf, parseAddress } from '../../../src/hyperv/hostEntry';
import { adding, moving, removing, replacing } from '../../../src/hyperv/hostsEdit';
import { parseHostsSetting } from '../../../src/hyperv/hostsSetting';

const ssh = { kind: 'ssh', host: 'lab01', user: 'admin', port: 2222 } as const;
const winrm = { kind: 'winrm', host: 'HV02' } as const;

function idsOf(value: unknown): string[] {
  return parseHostsSetting(value).hosts.map(({ definition }) => definition.id);
}

describe('the setting of hosts', () => {
  it('that is not there names no host, and is no problem', () => {
    for (const value of [undefined, null, []]) assert.deepEqual(parseHostsSetting(value), { hosts: [], problems: [] });
  });

  it('gives each entry its way, its name and an id that says who goes where', () => {
    const configFile = path.resolve('ssh_config');
    const { hosts, problems } = parseHostsSetting([
      { ...ssh, configFile, name: ' Lab ' },
      { ...winrm, user: 'EXAMPLE\\anna', port: 5986, useSsl: true, configurationName: 'Lab.Admins' },
      { kind: 'ssh', host: '[fe80::1]', port: 22 },
    ]);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      hosts.map(({ definition }) => definition),
      [
        {
          kind: 'ssh',
          id: 'ssh:admin@lab01:2222',
          name: 'Lab',
          target: { host: 'lab01', user: 'admin', port: 2222 },
          configFile,
        },
        {
          kind: 'winrm',
          id: 'winrm:EXAMPLE\\anna@hv02:5986',
          name: 'HV02',
          target: { host: 'HV02', port: 5986, useSsl: true, configurationName: 'Lab.Admins' },
          user: 'EXAMPLE\\anna',
        },
        {
          kind: 'ssh',
          id: 'ssh:[fe80::1]:22',
          name: '[fe80::1]',
          target: { host: 'fe80::1', port: 22 },
          configFile: undefined,
        },
      ],
    );
  });

  for (const [what, item, field] of [
    ['another kind', { kind: 'telnet', host: 'lab01' }, 'kind'],
    ['no kind', { host: 'lab01' }, 'kind'],
    ['no host', { kind: 'ssh' }, 'host'],
    ['an option for a host', { kind: 'ssh', host: '-oProxyCommand=evil' }, 'host'],
    ['an option for a host of WinRM', { kind: 'winrm', host: '-x' }, 'host'],
    ['a whole address for a host', { kind: 'ssh', host: 'admin@lab01:22' }, 'host'],
    ['an option for a user', { ...ssh, user: '-l' }, 'user'],
    ['no text for a user', { ...ssh, user: '' }, 'user'],
    ['a port as a text', { ...ssh, port: '22' }, 'port'],
    ['a port out of range', { ...ssh, port: 65_536 }, 'port'],
    ['a port that is none', { ...winrm, port: 0.5 }, 'port'],
    ['a relative path', { ...ssh, configFile: 'ssh_config' }, 'configFile'],
    ['a text for yes', { ...winrm, useSsl: 'yes' }, 'useSsl'],
    ['a path for an endpoint', { ...winrm, configurationName: 'a/b' }, 'configurationName'],
    ['a blank name', { ...ssh, name: ' ' }, 'name'],
    ['a name on two lines', { ...ssh, name: 'a\nb' }, 'name'],
    ['null where a value may be missing', { ...ssh, user: null }, 'user'],
  ] as const) {
    it(`does not use an entry with ${what}, says which field it is, and uses the others`, () => {
      const { hosts, problems } = parseHostsSetting([item, winrm]);
      assert.deepEqual(
        hosts.map(({ index }) => index),
        [1],
      );
      const host = 'host' in item ? item.host : undefined;
      assert.deepEqual(problems, [{ kind: 'field', index: 0, field, host }]);
    });
  }

  it('does not use an entry with a field of another kind, or a misspelled one', () => {
    const { hosts, problems } = parseHostsSetting([
      { ...ssh, useSsl: true },
      { ...winrm, usr: 'a' },
    ]);
    assert.deepEqual(hosts, []);
    assert.deepEqual(
      problems.map((problem) => problem.kind === 'unknownField' && problem.field),
      ['useSsl', 'usr'],
    );
  });

  it('uses the first of two entries that mean the same host, whatever they call it', () => {
    const { hosts, problems } = parseHostsSetting([winrm, ssh, { ...winrm, host: 'hv02', name: 'again' }]);
    assert.equal(hosts.length, 2);
    assert.deepEqual(problems, [{ kind: 'duplicate', index: 2, host: 'hv02', id: 'winrm:hv02', of: 0 }]);
  });

  it('gives an entry that has not changed the same id when others come, go or change places', () => {
    assert.ok(
      idsOf([winrm, { kind: 'ssh', host: 'other' }, { ...ssh, name: 'renamed' }]).includes(idsOf([ssh])[0] ?? ''),
    );
  });

  it('never throws, tells of each entry that is not used, and uses every good one', () => {
    const hostile = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          kind: fc.oneof(fc.constantFrom('ssh', 'winrm'), fc.jsonValue()),
          host: fc.oneof(fc.constantFrom('lab01', '::1', '-x'), fc.jsonValue()),
          user: fc.oneof(fc.constantFrom('admin', '\\'), fc.jsonValue()),
          port: fc.oneof(fc.integer(), fc.jsonValue()),
          name: fc.jsonValue(),
        },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(fc.array(hostile), fc.nat(), (list, place) => {
        const at = place % (list.length + 1);
        const good = { kind: 'ssh', host: 'good.example', user: 'somebody' };
        const { hosts, problems } = parseHostsSetting([...list.slice(0, at), good, ...list.slice(at)]);
        assert.ok(hosts.some(({ definition }) => definition.id === 'ssh:somebody@good.example'));
        assert.equal(hosts.length + problems.length, list.length + 1);
        assert.equal(new Set(hosts.map(({ definition }) => definition.id)).size, hosts.length);
      }),
    );
    fc.assert(fc.property(fc.anything(), (value) => parseHostsSetting(value).hosts.length >= 0));
  });
});

describe('a change of the setting', () => {
  const broken = { kind: 'ssh', hots: 'lab' };
  const list = [ssh, broken, winrm, 7, { kind: 'ssh', host: 'third' }];

  it('adds at the end and touches nothing else', () => {
    assert.deepEqual(adding(winrm)([broken, ssh]), [broken, ssh, winrm]);
  });

  it('replaces an entry where it stands, or adds it when it is gone', () => {
    const changed = { ...ssh, port: 22 };
    assert.deepEqual(replacing('ssh:admin@lab01:2222', changed)(list), [changed, ...list.slice(1)]);
    assert.deepEqual(replacing('ssh:gone', changed)(list), [...list, changed]);
  });

  it('removes an entry with its duplicates, which would take its place', () => {
    assert.deepEqual(removing(['winrm:hv02'])([winrm, broken, ssh, { ...winrm, name: 'x' }]), [broken, ssh]);
    assert.equal(removing(['ssh:gone'])(list), undefined);
  });

  it('moves a host past entries that are not used, and not beyond the ends', () => {
    assert.deepEqual(moving('winrm:hv02', -1)(list), [winrm, broken, ssh, 7, list[4]]);
    assert.deepEqual(moving('winrm:hv02', 1)(list), [ssh, broken, list[4], 7, winrm]);
    assert.equal(moving('ssh:admin@lab01:2222', -1)(list), undefined);
    assert.equal(moving('ssh:third', 1)(list), undefined);
    assert.equal(moving('ssh:gone', 1)(list), undefined);
  });
});

describe('an address', () => {
  it('is taken apart, and put together again', () => {
    for (const text of [
      'lab01',
      'admin@lab01',
      'lab01:22',
      'admin@lab01:22',
      'a@[fe80::1]:22',
      'EXAMPLE\\anna@lab01',
    ]) {
      const address = parseAddress(text);
      assert.equal(address && addressOf(address), text);
    }
  });

  it('is refused when it is none', () => {
    for (const text of ['', '-x', 'a b', 'lab01:0', 'lab01:x', '@', 'ssh -p 22 lab01'])
      assert.equal(parseAddress(text), undefined);
  });
});
