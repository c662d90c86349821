import { blocksOf, isAsSaid } from './blocks';

const page = [
  'Do it:',
  '',
  '```bash',
  'echo one',
  '```',
  '',
  '```text',
  'one',
  '```',
  '',
  '```bash',
  'echo two',
  '```',
  'Words.',
  '```text',
  'x',
  '```',
]
  .concat('')
  .join('\n');

describe('the shell blocks of a page', () => {
  it('are read in order, each with what the page says right below that it prints', () =>
    expect(blocksOf(page)).toEqual([{ code: 'echo one', prints: 'one' }, { code: 'echo two' }]));

  it.each([
    ['a…c', 'abc\n', true],
    ['a…c', 'a\nb\nc', true],
    ['a.c', 'abc', false],
    ['abc', 'abcd', false],
    ['{ "n": 1 }', '{ "n": 1 }', true],
  ])('that promise %j keep it by printing %j: %s', (said, printed, kept) => expect(isAsSaid(said, printed)).toBe(kept));
});
