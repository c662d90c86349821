/** A piece of a text; whether it speaks to somebody. */
export interface Piece {
  readonly text: string;
  readonly isMention: boolean;
}

/** As the service reads it: `@anna` at the beginning of a word. */
const mention = /(?<=^|[\s(,;:])@[\p{L}\d](?:[\p{L}\d._-]{0,98}[\p{L}\d])?/gu;

/** A text in pieces, so that whom it speaks to can be seen in it. */
export const piecesOf = (text: string): readonly Piece[] => {
  const found = [...text.matchAll(mention)];
  const ends = [0, ...found.map(({ 0: name, index }) => index + name.length)];
  const pieces = found.flatMap(({ 0: name, index }, at): readonly Piece[] => [
    { text: text.slice(ends[at], index), isMention: false },
    { text: name, isMention: true },
  ]);
  return [...pieces, { text: text.slice(ends.at(-1)), isMention: false }].filter((piece) => piece.text !== '');
};
