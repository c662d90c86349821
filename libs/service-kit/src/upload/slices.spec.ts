import { Refused } from '@cartage/eventsourcing';
import { countsOf, faultsOf, slicesOf, takenFile, type FileProgress, type SliceCounts } from './slices';

const lines = (count: number) =>
  async function* numbered(): AsyncGenerator<{ readonly line: number }> {
    for (let line = 1; line <= count; line += 1) yield await Promise.resolve({ line });
  };
const begun: FileProgress = {
  ...{ status: 'running', records: 0, imported: 0, unchanged: 0, rejected: 0, lastLine: 0 },
  ...{ startedAt: '2026-11-23T09:00:00.000Z', changedAt: '2026-11-23T09:00:00.000Z', by: 'me' },
};

/** A file that is remembered, as a table would; it dies when it is to take this line. */
const remembered = (diesAt = Infinity) => {
  let progress = begun;
  const taken: number[] = [];
  const send = (count: number, dies = Infinity) =>
    takenFile<FileProgress, { readonly line: number }, SliceCounts>(progress, {
      size: 3,
      lines: lines(count),
      take: (slice) => {
        if (slice.some(({ line }) => line === dies)) throw new Error('died');
        taken.push(...slice.map(({ line }) => line));
        return Promise.resolve(countsOf(slice, { imported: slice.length - 1, rejected: 1 }));
      },
      advance: ({ lastLine, ...slice }) => {
        progress = { ...progress, lastLine, records: progress.records + slice.records, imported: progress.imported + slice.imported };
        return Promise.resolve();
      },
      end: (status) => Promise.resolve((progress = { ...progress, status })),
    });
  return { taken, send, first: () => send(8, diesAt), state: () => progress };
};

describe('a file that is remembered', () => {
  it('goes on behind the last slice when it is sent again, and takes nothing twice', async () => {
    const file = remembered(5);
    await expect(file.first()).rejects.toThrow('died');
    expect(file.state()).toMatchObject({ status: 'broken-off', lastLine: 3, records: 3 });
    expect(await file.send(8)).toMatchObject({ status: 'done', lastLine: 8, records: 8, imported: 5 });
    expect(file.taken).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
  it('is as it was when it is sent a third time', async () => {
    const file = remembered();
    const done = await file.first();
    expect(await file.send(8)).toBe(done);
    expect(file.taken).toHaveLength(8);
  });
});

describe('slices', () => {
  it('hold so many lines, and none that was taken before', async () => {
    const slices: (readonly { readonly line: number }[])[] = [];
    for await (const slice of slicesOf(lines(7)(), { size: 3, behind: 2 })) slices.push(slice);
    expect(slices.map((slice) => slice.map(({ line }) => line))).toEqual([
      [3, 4, 5],
      [6, 7],
    ]);
  });
  it('count what is neither new nor wrong as known', () =>
    expect(countsOf([{ line: 4 }, { line: 9 }, { line: 12 }], { imported: 1, rejected: 1 })).toEqual({
      ...{ lastLine: 12, records: 3 },
      ...{ imported: 1, unchanged: 1, rejected: 1 },
    }));
  it('say what is wrong of a line as a whole where no field is named', () =>
    expect(faultsOf(new Refused('ORDER_EXISTS', 'It is there.'))).toEqual([{ field: '', code: 'ORDER_EXISTS', message: 'It is there.' }]));
});
