import fc from 'fast-check';
import { piecesOf } from './mentions';

const mentioned = (text: string): readonly string[] => piecesOf(text).flatMap((piece) => (piece.isMention ? [piece.text] : []));

describe('whom a text speaks to', () => {
  it.each([
    ['@anna can you pack it?', ['@anna']],
    ['Ask (@jörg.k), then @anna.', ['@jörg.k', '@anna']],
    ['write to ada@example.com', []],
    ['@ nobody', []],
  ])('%s', (text, names) => expect(mentioned(text)).toEqual(names));

  it('is seen in the text, which is still the same', () => {
    const words = fc.array(fc.constantFrom('@anna', '@b.', ' ', ',', 'x', '@', '\n', 'ada@example.com'), { maxLength: 12 });
    fc.assert(
      fc.property(words, (parts) => {
        const text = parts.join('');
        const pieces = piecesOf(text);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        expect(pieces.every((piece) => piece.text !== '')).toBe(true);
      }),
    );
  });
});
