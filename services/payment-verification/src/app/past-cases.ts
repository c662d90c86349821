import type { DataOf, EventStore, StoredEvent, Stream } from '@cartage/eventsourcing';
import type { Sql } from '@cartage/views';
import { paymentStream } from '../domain/decider';
import type { PaymentEvent } from '../domain/events';
import type { PastCase } from '../domain/back-test';
import type { Period } from './verification-rules';
import { listPaymentsWithin, type Slice, type SummaryRow } from './views/payment-list';

const BATCH = 200;

const isRequest = (event: StoredEvent): event is StoredEvent<Extract<PaymentEvent, { type: 'PaymentRequested' }>> =>
  event.type === 'PaymentRequested';

const caseOf = ({ facts, verdict, authorizations: _, requestedAt: __, ...terms }: DataOf<PaymentEvent, 'PaymentRequested'>): PastCase => ({
  terms,
  facts,
  verdict,
});

const casesIn = (streams: readonly Stream[]): readonly PastCase[] =>
  streams.flatMap(({ events }) => events.filter(isRequest).map(({ data }) => caseOf(data)));

/** The list tells which, the log tells what was known of each. */
export const pastCases = ({ sql, store }: { readonly sql: Sql; readonly store: Pick<EventStore, 'readMany'> }) =>
  async function* ({ from, to, limit }: Period): AsyncGenerator<readonly PastCase[]> {
    let left = limit;
    let after: Slice['after'];
    while (left > 0) {
      const rows: readonly SummaryRow[] = await listPaymentsWithin(sql, { from, to }, { limit: Math.min(BATCH, left), after });
      const last = rows.at(-1);
      if (!last) return;
      yield casesIn(await store.readMany(rows.map(({ orderId }) => paymentStream(orderId))));
      after = [last.requestedAt, last.orderId];
      left -= rows.length;
    }
  };
