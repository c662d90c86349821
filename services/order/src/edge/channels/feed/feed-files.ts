import { csvRow } from '@cartage/service-kit';
import type { FeedEntry } from '../../../app/channels/feed';

const flat = ({ number, messageId, writtenAt, message }: FeedEntry): Readonly<Record<string, unknown>> => ({
  number,
  messageId,
  writtenAt,
  ...message,
});

/** One message a line. */
export const feedNdjson = (entries: readonly FeedEntry[]): string => entries.map((entry) => `${JSON.stringify(flat(entry))}\n`).join('');

/** The columns of every kind of message, always all of them: a program finds each in its place. */
export const feedColumns = [
  ...(['number', 'messageId', 'writtenAt', 'type', 'externalOrderId', 'lines', 'carrier', 'trackingNumber', 'dispatchedAt'] as const),
  ...(['reason', 'code', 'faults', 'refundId', 'amount', 'currency', 'backInAll', 'channelReturnId', 'how', 'levels', 'prices'] as const),
] as const;

/** RFC 4180; lists and objects as JSON in their cells. */
export const feedCsv = (entries: readonly FeedEntry[]): string =>
  [feedColumns, ...entries.map((entry) => feedColumns.map((column) => flat(entry)[column]))].map(csvRow).join('');
