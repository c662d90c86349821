import type { Meta } from '@cartage/eventsourcing';
import { slicesOf, type FileRecord } from '@cartage/service-kit';
import type { ChannelMessage, MessageStatus } from './channel-message';
import type { Inbox } from './channel-messages';
import { grouped } from './grouped';

/** A line of a file that is no message at all. */
export interface UnreadableLine {
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

/** What became of the messages of a file. */
export type FileTaken = Readonly<Record<MessageStatus, number>> & {
  readonly records: number;
  /** Of the lines that are no messages the first hundred. */
  readonly unreadable: readonly UnreadableLine[];
};

type Needs = Pick<Inbox, 'receiveRecord' | 'requireFiles'>;
type Value = Extract<FileRecord, { readonly value: unknown }>['value'];

/** So many are in memory at once. */
const SLICE = 100;
const MOST_SHOWN = 100;

/** Messages of one order are taken one after the other, as they stand in the file. */
const inOrder = async (
  inbox: Needs,
  values: readonly Value[],
  [channel, meta]: readonly [string, Meta],
): Promise<readonly ChannelMessage[]> => {
  const byOrder = grouped(values, (value) => String(value['externalOrderId'] ?? ''));
  const taken = [...byOrder.values()].map(async (ofOrder) => {
    const messages: ChannelMessage[] = [];
    for (const value of ofOrder) messages.push(await inbox.receiveRecord(channel, value, meta));
    return messages;
  });
  return (await Promise.all(taken)).flat();
};

const unreadableIn = (slice: readonly FileRecord[]): readonly UnreadableLine[] =>
  slice.flatMap((record) =>
    'refused' in record ? [{ line: record.line, code: record.refused.code, message: record.refused.message }] : [],
  );

/** Takes the messages of a file as if each had been posted: one that is wrong waits with what is wrong with it; a file that comes again changes nothing. */
export const takeFile = async (
  inbox: Needs,
  records: AsyncIterable<FileRecord>,
  to: readonly [channel: string, meta: Meta],
): Promise<FileTaken> => {
  inbox.requireFiles(to[0]);
  const counts: Record<MessageStatus, number> = { taken: 0, parked: 0, waiting: 0, ignored: 0, refused: 0 };
  const unreadable: UnreadableLine[] = [];
  let count = 0;
  for await (const slice of slicesOf(records, { size: SLICE })) {
    count += slice.length;
    unreadable.push(...unreadableIn(slice));
    const values = slice.flatMap((record) => ('value' in record ? [record.value] : []));
    for (const { status } of await inOrder(inbox, values, to)) counts[status] += 1;
  }
  return { records: count, ...counts, unreadable: unreadable.slice(0, MOST_SHOWN) };
};
