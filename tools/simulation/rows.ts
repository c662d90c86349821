const DATA_ROW = 0x44;
const ERROR = 0x45;

/** Texts of the rows in an answer of Postgres. */
export const rowsOf = (answer: Buffer): readonly (readonly (string | null)[])[] => {
  const rows: (string | null)[][] = [];
  for (let place = 0; place < answer.length; place += 1 + answer.readInt32BE(place + 1)) {
    if (answer[place] === ERROR) throw new Error(answer.toString('utf8', place + 5, place + 1 + answer.readInt32BE(place + 1)));
    if (answer[place] === DATA_ROW) rows.push(rowAt(answer, place + 5));
  }
  return rows;
};

const rowAt = (answer: Buffer, place: number): (string | null)[] => {
  let next = place + 2;
  return Array.from({ length: answer.readInt16BE(place) }, () => {
    const size = answer.readInt32BE(next);
    next += 4 + Math.max(0, size);
    return size < 0 ? null : answer.toString('utf8', next - size, next);
  });
};
