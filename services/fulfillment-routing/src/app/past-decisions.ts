import type { EventStore } from '@cartage/eventsourcing';
import { tableOf } from '@cartage/views';
import type { Pool } from 'pg';
import type { BrokeringEvent, DecisionRecord } from '../domain/events';
import { streamOf } from '../domain/order-brokering';
import type { Period } from './routing-rules';
import { routingDecision } from './views/routing-decision';

/** Records hold all that was known of each location: few at a time are in memory, and between them others have their turn. */
const BATCH = 50;

const recordsIn = (events: readonly BrokeringEvent[]): readonly DecisionRecord[] =>
  events.flatMap((event) => (event.type === 'OrderBrokered' ? [event.data] : []));

/** First decisions of orders, the newest first, some at a time: the list tells which, the log what was known then. */
export const pastDecisions = ({ pool, store }: { readonly pool: Pool; readonly store: Pick<EventStore, 'readMany'> }) =>
  async function* ({ from, to, limit }: Period): AsyncGenerator<readonly DecisionRecord[]> {
    const { rows } = await pool.query<{ orderId: string; decisionId: string }>(
      `select order_id as "orderId", decision_id as "decisionId" from ${tableOf(routingDecision)}
        where cause = 'confirmed' and decided_at >= coalesce($1::timestamptz, '-infinity') and decided_at < coalesce($2::timestamptz, 'infinity')
        order by decided_at desc, decision_id desc limit $3`,
      [from ?? null, to ?? null, limit],
    );
    const wanted = new Set(rows.map(({ decisionId }) => decisionId));
    const isWanted = ({ decisionId }: DecisionRecord): boolean => wanted.has(decisionId);
    const orders = [...new Set(rows.map(({ orderId }) => orderId))];
    for (let i = 0; i < orders.length; i += BATCH) {
      const streams = await store.readMany(orders.slice(i, i + BATCH).map(streamOf));
      yield streams.flatMap(({ events }) => recordsIn(events as readonly BrokeringEvent[])).filter(isWanted);
    }
  };
