import { parse } from 'csv-parse/sync';
import type { FeedEntry } from '../../../app/channels/feed';
import { outgoingSchemas } from '../../../app/channels/outgoing-message';
import { feedColumns, feedCsv, feedNdjson } from './feed-files';

const entry = (number: number, message: FeedEntry['message']): FeedEntry => ({
  number,
  messageId: `m-${number}`,
  writtenAt: '2026-11-27T10:00:00.000Z',
  message,
});
const entries = [
  entry(1, { type: 'order.accepted', externalOrderId: 'MX-1, "A"\n' }),
  entry(2, { type: 'order.dispatched', externalOrderId: 'MX-1', lines: [{ lineId: '1', sku: 'A,B', quantity: 2 }] }),
];

describe('a feed as a file', () => {
  it('has a message on each line, with its number', () => {
    const read = feedNdjson(entries)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(read).toMatchObject([
      { number: 1, type: 'order.accepted', externalOrderId: 'MX-1, "A"\n' },
      { number: 2, messageId: 'm-2' },
    ]);
    expect(feedNdjson([])).toBe('');
  });

  it('has a message in each row, whatever stands in it, and lists as JSON', () => {
    const rows = parse(feedCsv(entries), { columns: true }) as readonly Record<string, string>[];
    expect(rows).toMatchObject([
      { number: '1', externalOrderId: 'MX-1, "A"\n', lines: '' },
      { number: '2', carrier: '' },
    ]);
    expect(JSON.parse(rows[1]?.['lines'] ?? '')).toEqual([{ lineId: '1', sku: 'A,B', quantity: 2 }]);
  });

  it('has a column for every field that any message has', () => {
    const fields = Object.values(outgoingSchemas).flatMap(({ properties }) => Object.keys(properties as object));
    expect(feedColumns).toEqual(expect.arrayContaining(fields));
  });
});
