// What is kept of hosts on disk, and what comes back from there, whatever somebody put there.
import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import type { HostDefinition } from '../../../../src/hyperv/hosts';
import { LastKnownFiles } from '../../../../src/hyperv/lastKnownFiles';
import { lastKnownText, mostBytes, mostVms, parseLastKnown, vmsText } from '../../../../src/hyperv/lastKnownText';
import { ListLog } from '../../../support/listLog';
import { makeVm, vmId, withService } from '../../../support/vms';

const host: HostDefinition = { kind: 'ssh', id: 'a', name: 'lab', target: { host: 'secret.example', user: 'admin' } };
const other: HostDefinition = { kind: 'ssh', id: 'b', name: 'b', target: { host: 'b' } };
const strange = 'DC01 "$(x)"\n\u202e</b>${}';
const vms = [
  makeVm({ notes: 'password: hunter2', name: strange }),
  withService(makeVm({ id: vmId(2), name: 'two', state: 'off' }), 'vss', { enabled: false }),
];
const asMap = (list = vms): ReadonlyMap<(typeof vms)[number]['id'], (typeof vms)[number]> =>
  new Map(list.map((vm) => [vm.id, vm]));

describe('the file of what a host was last seen as', () => {
  let folder: string;
  let log: ListLog;
  let files: LastKnownFiles;

  beforeEach(() => {
    folder = path.join(mkdtempSync(path.join(tmpdir(), 'last-known-')), 'lastKnown');
    log = new ListLog();
    files = new LastKnownFiles(folder, log, () => 9_000);
  });
  afterEach(() => {
    rmSync(path.dirname(folder), { recursive: true, force: true });
  });

  const onlyFile = (): string => {
    const [name, ...more] = readdirSync(folder);
    assert.ok(name !== undefined && more.length === 0, `${String(name)}, ${String(more)}`);
    return path.join(folder, name);
  };

  it('holds names, states and switches, and comes back with nothing else', async () => {
    await files.write(host, 5_000, vmsText({ vms: asMap() }));
    const back = await files.read(host);
    assert.deepEqual(
      [...(back?.vms.values() ?? [])].map(({ id, name, state, services }) => [id, name, state, services.vss.enabled]),
      [
        [vmId(1), strange, 'running', true],
        [vmId(2), 'two', 'off', false],
      ],
    );
    assert.equal(back?.seenAtMs, 5_000);
    const [first] = back.vms.values();
    assert.deepEqual([first?.heartbeat, first?.guest.osName, first?.notes], [null, null, '']);
    assert.deepEqual(log.lines, []);
  });

  it('says neither where the host is nor what guests or people wrote', async () => {
    await files.write(host, 5_000, vmsText({ vms: asMap() }));
    const text = readFileSync(onlyFile(), 'utf8') + onlyFile();
    const { osName, fullyQualifiedDomainName, addresses } = makeVm().guest;
    for (const secret of ['hunter2', 'secret.example', 'admin', osName, fullyQualifiedDomainName, ...addresses]) {
      assert.ok(secret === null || !text.includes(secret), String(secret));
    }
  });

  it('is not there at first, which is no trouble', async () => {
    assert.equal(await files.read(host), undefined);
    await files.keepOnly([host]);
    assert.deepEqual(log.lines, []);
  });

  it('is of one way to one host, whatever its name', async () => {
    await files.write(host, 5_000, '[]');
    assert.ok(await files.read({ ...host, name: 'another name' }));
    assert.equal(await files.read({ ...host, target: { host: 'secret.example', user: 'another' } }), undefined);
  });

  it('is forgotten with its host, as is what was left half written long ago', async () => {
    await files.write(host, 5_000, '[]');
    const kept = path.basename(onlyFile());
    await files.write(other, 5_000, '[]');
    for (const name of ['old.json.1-1.tmp', 'new.json.2-1.tmp', 'notes.txt'])
      writeFileSync(path.join(folder, name), '');
    utimesSync(path.join(folder, 'old.json.1-1.tmp'), 0, 0);
    const later = new LastKnownFiles(folder, log);
    await later.keepOnly([host]);
    assert.deepEqual(readdirSync(folder).sort(), [kept, 'new.json.2-1.tmp'].sort());
  });

  it('is the old one or the new one, never half of it, and nothing is left beside it', async () => {
    const texts = [1, 2, 3].map((n) => vmsText({ vms: asMap([makeVm({ name: `n${n}`.repeat(40) })]) }));
    await files.write(host, 0, texts[0] ?? '');
    const reads = [
      files.write(host, 1, texts[1] ?? ''),
      files.read(host),
      files.write(host, 2, texts[2] ?? ''),
      files.read(host),
    ];
    for (const read of await Promise.all(reads)) if (read) assert.equal(read.vms.size, 1);
    onlyFile();
    assert.deepEqual(log.lines, []);
  });

  it('that cannot be written is a line in the log', async () => {
    writeFileSync(folder, 'a file where the folder should be');
    await files.write(host, 5_000, '[]');
    assert.match(log.lines.join('\n'), /^warn What was seen of lab is not kept: /);
  });

  const entry = JSON.stringify([vmId(1), 'n', 'running', '111111']);
  const hostile: Readonly<Record<string, string>> = {
    'no JSON': '{"version":1,',
    'another version': '{"version":2,"seenAtMs":1,"vms":[]}',
    'no object': '"text"',
    null: 'null',
    'no time': '{"version":1,"seenAtMs":"1","vms":[]}',
    'no list': '{"version":1,"seenAtMs":1,"vms":{"length":1}}',
    'an id that is none': lastKnownText(1, '[["../../x","n","running","111111"]]'),
    'a state that is none': lastKnownText(1, entry.replace('running', 'constructor').replace(/.*/s, '[$&]')),
    'a name that is none': lastKnownText(1, `[["${vmId(1)}",{"toString":1},"running","111111"]]`),
    'a name without end': lastKnownText(1, `[["${vmId(1)}","${'x'.repeat(101)}","running","111111"]]`),
    'VMs without end': lastKnownText(1, `[${Array.from({ length: mostVms + 1 }, () => entry).join(',')}]`),
  };
  for (const [what, text] of Object.entries(hostile)) {
    it(`is not used, and the log says so, when it has ${what}`, async () => {
      await files.write(host, 0, '[]');
      writeFileSync(onlyFile(), text);
      assert.equal(await files.read(host), undefined);
      assert.match(log.lines.join('\n'), /^warn What was last seen of lab is not shown: /);
    });
  }

  it('is not read when it is too large, a link or a folder', async () => {
    await files.write(host, 0, '[]');
    const file = onlyFile();
    writeFileSync(file, Buffer.alloc(mostBytes + 1, ' '));
    assert.equal(await files.read(host), undefined);
    rmSync(file);
    writeFileSync(path.join(path.dirname(folder), 'elsewhere'), lastKnownText(1, '[]'));
    symlinkSync(path.join(path.dirname(folder), 'elsewhere'), file);
    assert.equal(await files.read(host), undefined);
    rmSync(file);
    mkdirSync(file);
    assert.equal(await files.read(host), undefined);
    assert.equal(log.lines.length, 3);
  });

  it('of a host with very many VMs, with names of any length, can be read back', () => {
    const many = Array.from({ length: mostVms + 5 }, (_, n) =>
      makeVm({ id: vmId(n + 1), name: '\u{1F5A5}'.repeat(60) }),
    );
    const text = lastKnownText(1, vmsText({ vms: asMap(many) }));
    assert.ok(Buffer.byteLength(text) <= mostBytes);
    assert.equal(parseLastKnown(text, 2).vms.size, mostVms);
  });

  it('is never from the future', () => {
    assert.equal(parseLastKnown(lastKnownText(5_000, '[]'), 3_000).seenAtMs, 3_000);
  });

  it('of any shape is refused by an error, or gives records', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        try {
          assert.ok(parseLastKnown(text, 0).vms instanceof Map);
        } catch (error) {
          assert.ok(error instanceof Error);
        }
      }),
    );
  });
});
