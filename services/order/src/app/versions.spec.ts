import { memoryStore } from '@cartage/eventsourcing';
import type { OrderEvent } from '../domain/events';
import { id, minute, orderId, placed, placing } from '../domain/order.fixture';
import { streamOf } from '../domain/order';
import { reading } from './reading';
import { versionsOf, type Versions } from './versions';

const versionsAfter = async (...events: readonly OrderEvent[]): Promise<Versions> => {
  const store = memoryStore();
  const meta = { commandId: 'spec', correlationId: 'c', actor: 'spec' };
  await store.appendMany([
    { stream: streamOf(orderId), expected: 0, events: events.map((event, n) => ({ ...event, id: id(800 + n), meta })) },
  ]);
  return versionsOf(reading(store));
};

it.each<[string, OrderEvent]>([
  ['was placed', placed],
  [
    'was imported',
    { type: 'OrderImported', data: { ...placing, importId: 'old-shop', outcome: 'completed', endedAt: minute(1), importedAt: minute(2) } },
  ],
])('an order that %s is its first version', async (_, event) => {
  const versions = await versionsAfter(event);
  expect(await versions.list(orderId)).toEqual([{ orderVersion: 1, at: placing.placedAt, totals: placing.totals }]);
  expect(await versions.compare(orderId, 1, 1)).toMatchObject({ lines: [], shipGroups: [] });
  await expect(versions.compare(orderId, 1, 2)).rejects.toMatchObject({ code: 'VERSION_UNKNOWN', kind: 'unknown' });
});
