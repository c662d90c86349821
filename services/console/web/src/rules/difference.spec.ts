import fc from 'fast-check';
import { differenceOf, folded, isDifferent, type DiffLine } from './difference';

const signs = { same: ' ', gone: '-', new: '+', skipped: '~' } as const;
const shown = (lines: readonly DiffLine[]): readonly string[] =>
  lines.map((line) => `${signs[line.kind]}${line.kind === 'skipped' ? line.count : line.text}`);

describe('the difference of two texts', () => {
  it('shows a changed line as gone and new, between what stayed', () =>
    expect(shown(differenceOf('{\n  "a": 1,\n  "b": 2\n}', '{\n  "a": 1,\n  "b": 3\n}'))).toEqual([
      ' {',
      '   "a": 1,',
      '-  "b": 2',
      '+  "b": 3',
      ' }',
    ]));

  it('numbers lines where they stand', () =>
    expect(differenceOf('a\nb\nc', 'b\nx\nc')).toEqual([
      { kind: 'gone', text: 'a', before: 1 },
      { kind: 'same', text: 'b', before: 2, now: 1 },
      { kind: 'new', text: 'x', now: 2 },
      { kind: 'same', text: 'c', before: 3, now: 3 },
    ]));

  it('is everything where one of them is empty, and nothing where they are the same', () => {
    expect(shown(differenceOf('', 'a\nb'))).toEqual(['+a', '+b']);
    expect(shown(differenceOf('a\nb', ''))).toEqual(['-a', '-b']);
    expect(isDifferent(differenceOf('a\nb', 'a\nb'))).toBe(false);
    expect(differenceOf('', '')).toEqual([]);
  });

  const text = fc.array(fc.constantFrom('a', 'b', 'c', '{', '}'), { minLength: 1, maxLength: 12 }).map((lines) => lines.join('\n'));

  it('holds both texts whole, whatever they are, and never more lines than both', () =>
    fc.assert(
      fc.property(text, text, (before, now) => {
        const lines = differenceOf(before, now);
        const of = (kind: 'gone' | 'new'): string =>
          lines.flatMap((line) => (line.kind === 'same' || line.kind === kind ? [line.text] : [])).join('\n');
        expect([of('gone'), of('new')]).toEqual([before, now]);
      }),
    ));
});

describe('what is far from any change', () => {
  const many = Array.from({ length: 20 }, (_, at) => `line ${at}`);

  it('is skipped and counted', () => {
    const lines = folded(differenceOf(many.join('\n'), many.with(10, 'other').join('\n')));
    expect(shown(lines)).toEqual(['~7', ' line 7', ' line 8', ' line 9', '-line 10', '+other', ' line 11', ' line 12', ' line 13', '~6']);
  });

  it('is everything where nothing changed', () => expect(shown(folded(differenceOf(many.join('\n'), many.join('\n'))))).toEqual(['~20']));
});
