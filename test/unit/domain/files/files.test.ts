import assert from 'node:assert/strict';
import { HyperVError } from '../../../../src/domain/errors';
import { causeSeen, copyCause, endsCopy } from '../../../../src/domain/files/failureCause';
import type { AfterFailure, CopyCause } from '../../../../src/domain/files/failureCause';
import { folderProblem, isGoodName, joinPath, pathStyle, tidyFolder } from '../../../../src/domain/files/guestPaths';
import { hasOtherLetters, planCopy } from '../../../../src/domain/files/plan';
import type { FoundFile } from '../../../../src/domain/files/plan';
import { copyRefusal } from '../../../../src/domain/files/targets';
import { bytesText } from '../../../../src/domain/bytesText';
import { copyCauseText, folderProblemText, skipNextStep, skipReasonText } from '../../../../src/domain/files/texts';
import { guestFamily } from '../../../../src/domain/health/guestFamily';
import { assertGolden } from '../../../support/golden';
import { makeVm, withService } from '../../../support/vms';

describe('Folders in a guest', () => {
  const long = 'x'.repeat(300);
  const texts = [
    '',
    '  ',
    'C:\\',
    'c:',
    'C:\\Temp\\',
    'C:/Temp//a',
    ' C:\\Users\\Public ',
    '%PUBLIC%\\Downloads',
    '%TEMP%',
    'Temp',
    'C:Temp',
    '\\Temp',
    '\\\\server\\share',
    '//server/share',
    'C:\\a\\..\\b',
    'C:\\a:b',
    'C:\\NUL\\x',
    'C:\\end.',
    'C:\\a\u0007',
    `C:\\${long}`,
    '/',
    '/tmp',
    '/tmp//a/',
    '/a/../b',
    "/it's $(x) `y`",
    '/a\u0000b',
    `/${long}`,
    `/${'é'.repeat(130)}`,
  ];

  it('are taken, tidied or refused by the rules of the guest', () => {
    const lines = texts.map((text) => {
      const found = (['windows', 'linux', undefined] as const).map((style) => folderProblem(style, text) ?? 'ok');
      const tidy = found.includes('ok') ? ` → ${tidyFolder(text)}` : '';
      return `${JSON.stringify(text).slice(0, 40)}: ${found.join(', ')}${tidy}`;
    });
    assertGolden(
      'unit/domain/files/golden/folders.txt',
      `text: windows, linux, not known → tidy\n${lines.join('\n')}\n`,
    );
  });

  it('follow the system that the guest names', () => {
    const systems = ['Windows Server 2025 Datacenter', 'Windows 7 Professional', 'Ubuntu', 'FreeBSD', 'OpenBSD', null];
    assert.deepEqual(
      systems.map((name) => pathStyle(guestFamily(name))),
      ['windows', 'none', 'linux', 'none', 'none', undefined],
    );
  });

  it('names of Windows are those that Windows can keep', () => {
    const names = ['a.txt', 'con', 'CON.txt', 'console', 'a?', 'a ', 'a.', '..', '100%', 'ü\u{1F680}', '\ud800'];
    assert.deepEqual(
      names.filter((name) => isGoodName('windows', name)),
      ['a.txt', 'console', '100%', 'ü\u{1F680}'],
    );
    assert.deepEqual(
      names.filter((name) => isGoodName('linux', name)),
      names.filter((name) => name !== '..' && name !== '\ud800'),
    );
  });

  it('are joined with one separator', () => {
    assert.equal(joinPath('windows', 'C:\\', ['a', 'b']), 'C:\\a\\b');
    assert.equal(joinPath('linux', '/', ['a']), '/a');
  });
});

describe('The plan of a copy', () => {
  const reasons = (style: 'windows' | 'linux', files: readonly FoundFile[]): string[] =>
    planCopy(style, style === 'linux' ? '/srv/data' : 'C:\\srv\\data', files).skipped.map(({ reason }) => reason);
  const found = (...parts: string[]) => ({ source: `C:\\${parts.join('\\')}`, parts, bytes: 10 });

  it('puts each file where it stood below what was chosen, in order', () => {
    const { files, skipped } = planCopy('linux', '/tmp', [found('site', 'b', 'z.js'), found('a.txt')]);
    assert.deepEqual(
      files.map(({ name, destination }) => [name, destination]),
      [
        ['site/b/z.js', '/tmp/site/b/z.js'],
        ['a.txt', '/tmp/a.txt'],
      ],
    );
    assert.deepEqual(skipped, []);
  });

  it('leaves out what the guest cannot have, and what would go to the same place', () => {
    const long = 'y'.repeat(250);
    const files = [
      found('a', 'x.txt'),
      found('b', 'aux.txt'),
      found('A', 'X.TXT'),
      found(long),
      found('é'.repeat(130)),
    ];
    assert.deepEqual(reasons('windows', files), ['badName', 'sameName', 'tooLong']);
    assert.deepEqual(reasons('linux', files), ['tooLong', 'tooLong']);
  });

  it('compares names as Windows does: letter by letter, in capitals', () => {
    // One capital for two small letters; composed and decomposed letters are two names.
    const names = ['Σ', 'ς', 'straße', 'STRASSE', 'é', 'e\u0301', 'ǅ', 'ǆ'].map((name) => found(name));
    assert.deepEqual(
      planCopy('windows', 'C:\\', names).skipped.map(({ name }) => name),
      ['ς', 'ǆ'],
    );
    assert.deepEqual(planCopy('linux', '/', names).skipped, []);
  });

  it('leaves out what is a folder of another one, or lies below a file', () => {
    const files = [found('site'), found('SITE', 'a.txt'), found('b', 'c'), found('B')];
    assert.deepEqual(reasons('windows', files), ['sameName', 'sameName']);
    assert.deepEqual(reasons('linux', files), []);
    assert.deepEqual(reasons('linux', [found('b', 'c'), found('b')]), ['sameName']);
  });

  it('leaves out names that no file system takes, although the path would be short enough', () => {
    const root = { windows: 'C:\\', linux: '/' };
    for (const style of ['windows', 'linux'] as const) {
      const lengths = [255, 256].map((length) => found('x'.repeat(length)));
      const { files, skipped } = planCopy(style, root[style], lengths);
      assert.deepEqual([files.length, skipped.map(({ reason }) => reason)], [1, ['tooLong']], style);
    }
  });

  it('leaves out paths in which host or guest would fill in a variable, and nothing else with a percent sign', () => {
    const files = [found('100%.txt'), found('%OS%.txt'), found('a%', 'b%'), { ...found('x'), source: 'C:\\%TEMP%\\x' }];
    assert.deepEqual(reasons('windows', files), ['filledIn', 'filledIn', 'filledIn']);
    const shared = [{ ...found('%a%'), source: 'D:\\b' }];
    assert.deepEqual([reasons('windows', shared), reasons('linux', shared)], [['filledIn'], []]);
  });

  it('knows letters that newer Linux guests replace', () => {
    const named = (name: string): boolean => hasOtherLetters(planCopy('linux', '/tmp', [found(name)]).files);
    assert.deepEqual([named('plain ~$.txt'), named('größe.txt')], [false, true]);
  });
});

describe('Why a file did not arrive', () => {
  const running: AfterFailure = { state: 'running', service: { enabled: true, status: 'ok' } };
  const job = (text: string): HyperVError =>
    new HyperVError('failed', text, 'none', { hostMessage: text, errorId: 'Hv.job,Copy-HvFile' });

  it('is told by the last number in the text of the job, in every language', () => {
    const numbers: Record<string, CopyCause> = {
      '0x80070050': 'exists',
      '0x80070070': 'diskFull',
      '0x800710DF': 'noAnswer',
      '0x8007048f': 'noAnswer',
      '0x80004005': 'refused',
      '0x80070003': 'folderMissing',
      '0x8007007B': 'badName',
      '0x800700CE': 'tooLong',
      '0x80070020': 'inUse',
      '0x80070002': 'sourceMissing',
      '0x80070005': 'accessDenied',
      '0x800705B4': 'timeout',
      '0x8007FFFF': 'refused',
    };
    for (const [number, cause] of Object.entries(numbers))
      assert.equal(copyCause(job(`Fehler (0x80004005): Die Datei … (${number}).`), running), cause, number);
  });

  it('is told by what the VM is, where the host gives no number', () => {
    const said = job('failed to initiate copying files to the guest.');
    const after = (facts: Partial<AfterFailure>): CopyCause => copyCause(said, { ...running, ...facts });
    assert.equal(after({}), 'refused');
    assert.equal(after({ state: 'off' }), 'notRunning');
    assert.equal(after({ service: { enabled: false, status: 'ok' } }), 'serviceOff');
    assert.equal(after({ service: { enabled: true, status: 'noContact' } }), 'noAnswer');
    assert.equal(copyCause(said, undefined), 'refused');
    assert.equal(copyCause(job('x (0x8007048F)'), { ...running, state: 'off' }), 'notRunning');
  });

  it('is not guessed where the request itself failed', () => {
    assert.equal(copyCause(new HyperVError('sessionLost', 'x', 'unknown'), running), 'unknown');
    assert.equal(copyCause(new HyperVError('cancelled', 'x'), running), 'cancelled');
    const denied = new HyperVError('accessDenied', 'x', 'none', { hostMessage: 'Access denied (0x80070005)' });
    assert.equal(copyCause(denied, running), 'other');
    assert.equal(copyCause(new HyperVError('hostUnreachable', 'x'), running), 'other');
    assert.equal(copyCause(new HyperVError('serviceDisabled', 'x'), running), 'serviceOff');
    assert.equal(copyCause(new HyperVError('invalidState', 'x'), { ...running, state: 'saved' }), 'notRunning');
  });

  it('has words for every cause and system', () => {
    const causes: Exclude<CopyCause, 'other' | 'cancelled'>[] = [
      'exists',
      'diskFull',
      'noAnswer',
      'refused',
      'folderMissing',
      'badName',
      'tooLong',
      'inUse',
      'sourceMissing',
      'accessDenied',
      'serviceOff',
      'notRunning',
      'timeout',
      'unknown',
    ];
    const text = (cause: (typeof causes)[number], system: string | null): string => {
      const names = { hostName: 'HV01', vmName: 'web', family: guestFamily(system) };
      const { what, nextStep } = copyCauseText(cause, names);
      return `${what} ${nextStep}`;
    };
    const lines = causes.map(
      (cause) => `${cause}${endsCopy(cause) ? ' (ends the copy)' : ''}: ${text(cause, 'Ubuntu')}`,
    );
    const systems = ['Windows 11 Pro', 'Ubuntu', 'Debian GNU/Linux', 'Rocky Linux', 'Alpine Linux', 'FreeBSD', null];
    const parts = systems.map((system) => `noAnswer of ${String(system)}: ${text('noAnswer', system)}`);
    const folders = (
      ['empty', 'notAbsolute', 'networkPath', 'otherSystem', 'upwards', 'badName', 'tooLong'] as const
    ).map((problem) => `${problem}: ${folderProblemText(problem, undefined)}`);
    for (const style of ['windows', 'linux'] as const)
      folders.push(`${style}: ${folderProblemText('notAbsolute', style)}`);
    const skips = (
      ['link', 'special', 'emptyFolder', 'unreadable', 'tooLong', 'badName', 'filledIn', 'sameName'] as const
    ).map((reason) => `${reason}: ${skipReasonText(reason)} → ${skipNextStep(reason) ?? ''}`);
    assertGolden('unit/domain/files/golden/words.txt', `${[...lines, ...parts, ...folders, ...skips].join('\n')}\n`);
  });
});

describe('Into which VMs files can be copied', () => {
  it('is decided by state, system and service', () => {
    const off = withService(makeVm(), 'guestServiceInterface', { enabled: false });
    const bsd = makeVm({ guest: { ...makeVm().guest, osName: 'FreeBSD' } });
    const unknown = makeVm({ guest: { ...makeVm().guest, osName: null } });
    const refusals = [
      makeVm(),
      off,
      unknown,
      makeVm({ state: 'off' }),
      makeVm({ state: 'saved' }),
      makeVm({ state: 'starting' }),
      makeVm({ partial: true }),
      bsd,
    ].map(copyRefusal);
    assert.deepEqual(refusals, [
      undefined,
      undefined,
      undefined,
      'notRunning',
      'notRunning',
      'changing',
      undefined,
      'noPart',
    ]);
  });

  it('a service that is off and answers nothing is told as off', () => {
    assert.equal(causeSeen({ state: 'running', service: { enabled: false, status: 'noContact' } }), 'serviceOff');
  });
});

describe('Sizes of files', () => {
  it('have two or three figures', () => {
    const sizes = [0, 1, 1_023, 1_024, 1_536, 10_240, 1_048_576, 5_583_457_484, 2e15];
    assert.deepEqual(sizes.map(bytesText), [
      '0 B',
      '1 B',
      '1023 B',
      '1.0 KB',
      '1.5 KB',
      '10 KB',
      '1.0 MB',
      '5.2 GB',
      '1819 TB',
    ]);
  });
});
