import type { Readings } from '@cartage/service-kit';
import { tableOf, type Sql } from '@cartage/views';
import { matters } from '../app/attention';
import { paymentSummary } from '../app/views/payment-summary';
import { providerCallOpen } from '../app/views/provider-call-open';

const ATTENTION = `
  select matter, count(*)::int as count from ${tableOf(paymentSummary)}, unnest(attention) as matter where attention <> '{}' group by matter`;

const CALLS = `
  select operation, count(*)::int as count, coalesce(extract(epoch from $1::timestamptz - min(asked_at)), 0)::float8 as seconds
  from ${tableOf(providerCallOpen)} group by operation`;

interface Calls {
  readonly operation: string;
  readonly count: number;
  readonly seconds: number;
}

const operations = ['authorize', 'capture', 'void', 'refund'];

/** For the metrics: money that waits for a person, or for an answer. */
export const paymentReadings = (sql: Sql, now: () => Date) => async (): Promise<Readings> => {
  const [waiting, calls] = await Promise.all([
    sql.query<{ matter: string; count: number }>(ATTENTION, []),
    sql.query<Calls>(CALLS, [now().toISOString()]),
  ]);
  const callsOf = (operation: string): Calls | undefined => calls.rows.find((row) => row.operation === operation);
  return {
    paymentsInAttention: matters.map((matter) => ({
      labels: { matter },
      value: waiting.rows.find((row) => row.matter === matter)?.count ?? 0,
    })),
    providerCalls: operations.map((operation) => ({ labels: { operation }, value: callsOf(operation)?.count ?? 0 })),
    providerCallsOldest: operations.map((operation) => ({ labels: { operation }, value: Math.max(0, callsOf(operation)?.seconds ?? 0) })),
  };
};
