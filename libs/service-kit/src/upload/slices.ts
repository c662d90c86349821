import type { FieldError, Refused } from '@cartage/eventsourcing';

/** What stands on one line of a file. */
export interface OnLine {
  readonly line: number;
}

/** Why a line of a file was not taken. */
export type LineFault = OnLine & FieldError;

/** What a refusal says of each field; where it names none, of the line as a whole. */
export const faultsOf = ({ code, message, errors }: Refused): readonly FieldError[] =>
  errors.length > 0 ? errors : [{ field: '', code, message }];

/** A file in slices: so many records are in memory at once, and share round trips. What stands up to line `behind` was taken before. */
export async function* slicesOf<Line extends OnLine>(
  lines: AsyncIterable<Line>,
  { size, behind = 0 }: { readonly size: number; readonly behind?: number },
): AsyncGenerator<readonly Line[]> {
  let slice: Line[] = [];
  for await (const line of lines) {
    if (line.line <= behind) continue;
    slice.push(line);
    if (slice.length < size) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}

/** What a slice of a file came to, to be added to what is known of the file. */
export interface SliceCounts {
  readonly lastLine: number;
  readonly records: number;
  readonly imported: number;
  /** Were here before. */
  readonly unchanged: number;
  readonly rejected: number;
}

/** How a file stands that is remembered while it comes in. Counts are of records, from its first line. */
export interface FileProgress extends SliceCounts {
  /** `broken-off`: send the same file again, and it goes on behind `lastLine`. */
  readonly status: 'running' | 'done' | 'broken-off';
  readonly startedAt: string;
  readonly changedAt: string;
  readonly by: string;
}

/** What is done with a file that is remembered. */
export interface ResumableFile<Progress extends FileProgress, Line extends OnLine, Slice extends SliceCounts> {
  readonly size: number;
  readonly lines: () => AsyncIterable<Line>;
  /** Carries a slice out. Whoever dies before `advance` does it again: what comes twice must change nothing. */
  readonly take: (slice: readonly Line[]) => Promise<Slice>;
  /** A slice is done: its counts and rejections, together and once. */
  readonly advance: (slice: Slice) => Promise<void>;
  readonly end: (status: 'done' | 'broken-off') => Promise<Progress>;
}

/** Takes a file from where it stands; one that is done already is as it was. */
export const takenFile = async <Progress extends FileProgress, Line extends OnLine, Slice extends SliceCounts>(
  begun: Progress,
  { size, lines, take, advance, end }: ResumableFile<Progress, Line, Slice>,
): Promise<Progress> => {
  if (begun.status === 'done') return begun;
  try {
    for await (const slice of slicesOf(lines(), { size, behind: begun.lastLine })) await advance(await take(slice));
    return await end('done');
  } catch (error) {
    await end('broken-off');
    throw error;
  }
};

/** What a slice came to: what is neither new nor wrong was here before. */
export const countsOf = (slice: readonly OnLine[], { imported, rejected }: Pick<SliceCounts, 'imported' | 'rejected'>): SliceCounts => ({
  lastLine: slice.at(-1)?.line ?? 0,
  records: slice.length,
  imported,
  unchanged: slice.length - imported - rejected,
  rejected,
});
