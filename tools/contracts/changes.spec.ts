import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changesPage } from './changes-page';
import { breaksSince, releasesIn, type Schemas } from './releases';

const schema = (fields: readonly string[], required: readonly string[] = fields): object => ({
  type: 'object',
  description: 'An order was placed.',
  properties: Object.fromEntries(fields.map((field) => [field, { type: 'string' }])),
  required,
});
const set = (of: Readonly<Record<string, object>>): Schemas => new Map(Object.entries(of)) as Schemas;

const first = set({ 'OrderPlaced.v1': schema(['orderId']), 'OrderEaten.v1': schema(['orderId']) });
const second = set({ 'OrderPlaced.v1': schema(['orderId', 'note'], ['orderId']), 'OrderLost.v1': schema(['orderId']) });

describe('the changes of the contracts', () => {
  it('begin with the first release, which is all of them', () =>
    expect(changesPage('0.1.0', [], first)).toContain('## 0.1.0\n\nThe first release: all contracts are new.'));

  it('are told from release to release, the newest first', () => {
    const page = changesPage(
      '0.3.0',
      [
        { version: '0.2.0', schemas: second },
        { version: '0.1.0', schemas: first },
      ],
      second,
    );
    expect(page.match(/^## .*$/gm)).toEqual(['## 0.3.0', '## 0.2.0', '## 0.1.0']);
    expect(page).toContain('## 0.3.0\n\nNothing became another.');
    const [, said = ''] = /## 0\.2\.0\n\n([^]*?)\n## /.exec(page) ?? [];
    expect(said.split('\n').filter(Boolean)).toEqual([
      '### New events',
      '- `OrderLost.v1`: An order was placed.',
      '### New fields',
      '- `OrderPlaced.v1`, `data.note`: new, optional',
      '### Breaking',
      '- `OrderEaten.v1`: An order was placed. It is gone.',
    ]);
  });

  it('read the same before a release is tagged and after', () => {
    const before = changesPage('0.2.0', [{ version: '0.1.0', schemas: first }], second);
    expect(
      changesPage(
        '0.2.0',
        [
          { version: '0.2.0', schemas: second },
          { version: '0.1.0', schemas: first },
        ],
        second,
      ),
    ).toBe(before);
  });

  it('break no reader of the last release, or are refused', () => {
    const releases = [
      { version: '0.2.0', schemas: second },
      { version: '0.1.0', schemas: first },
    ];
    expect(breaksSince(releases, second)).toEqual([]);
    expect(breaksSince(releases, first)).toEqual(['OrderPlaced.v1: data.note: is gone', 'OrderLost.v1: the whole event is gone']);
    expect(breaksSince([], first)).toEqual([]);
  });
});

describe('the releases', () => {
  const home = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'cartage-releases-'));
  const git = (...args: readonly string[]): void =>
    void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { stdio: 'ignore' });
  const commit = (name: string, content: object): void => {
    writeFileSync(join('libs/contracts/schemas', `${name}.json`), JSON.stringify(content));
    git('add', '-A');
    git('commit', '-m', name);
  };

  beforeAll(() => {
    process.chdir(folder);
    mkdirSync('libs/contracts/schemas', { recursive: true });
  });
  afterAll(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true, force: true });
  });

  it('are none where nothing was ever tagged, or where there is no repository', () => {
    expect(releasesIn()).toEqual([]);
    git('init');
    commit('OrderPlaced.v1', schema(['orderId']));
    expect(releasesIn()).toEqual([]);
  });

  it('are what their tags hold, the newest first', () => {
    git('tag', 'v0.9.0');
    commit('OrderLost.v1', schema(['orderId', 'ü']));
    git('tag', 'v0.10.0');
    commit('OrderFound.v1', schema(['orderId']));
    git('tag', 'verbatim');
    const found = releasesIn();
    expect(found.map(({ version, schemas }) => [version, [...schemas.keys()]])).toEqual([
      ['0.10.0', ['OrderLost.v1', 'OrderPlaced.v1']],
      ['0.9.0', ['OrderPlaced.v1']],
    ]);
    expect(found[0]?.schemas.get('OrderLost.v1')).toEqual(schema(['orderId', 'ü']));
  });
});
