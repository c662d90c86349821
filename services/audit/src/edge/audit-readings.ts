import { Topics } from '@cartage/contracts';
import type { Readings } from '@cartage/service-kit';
import type { Sql } from '@cartage/views';
import { findingKinds } from '../domain/judging';

const OPEN = `
  select kind, count(*)::int as count, coalesce(extract(epoch from $1::timestamptz - min(since)), 0)::float8 as seconds
  from finding where closed_at is null group by kind`;
const HEARD = `select topic, facts::float8 as facts from heard_topic`;
const AWAITED = `select coalesce(sum(awaited), 0)::float8 as awaited from book where awaited > 0`;

interface Open {
  readonly kind: string;
  readonly count: number;
  readonly seconds: number;
}

/** For the metrics: nothing lost, nothing doubled. Each kind and topic has its series, so that they go back to nothing. */
export const auditReadings = (sql: Sql, now: () => Date) => async (): Promise<Readings> => {
  const [open, heard, awaited] = await Promise.all([
    sql.query<Open>(OPEN, [now().toISOString()]),
    sql.query<{ readonly topic: string; readonly facts: number }>(HEARD, []),
    sql.query<{ readonly awaited: number }>(AWAITED, []),
  ]);
  const of = (kind: string): Open => open.rows.find((row) => row.kind === kind) ?? { kind, count: 0, seconds: 0 };
  return {
    auditFindings: findingKinds.map((kind) => ({ labels: { kind }, value: of(kind).count })),
    auditFindingsOldest: findingKinds.map((kind) => ({ labels: { kind }, value: Math.max(0, of(kind).seconds) })),
    auditFacts: Object.values(Topics).map((topic) => ({
      labels: { topic },
      value: heard.rows.find((row) => row.topic === topic)?.facts ?? 0,
    })),
    auditAwaited: [{ labels: { service: 'audit' }, value: awaited.rows[0]?.awaited ?? 0 }],
  };
};
