import { Topics } from '@cartage/contracts';
import type { Reading } from '@cartage/service-kit';
import type { Sql } from '@cartage/views';
import { escapeIdentifier } from 'pg';
import type { ReadFreshness } from '../app/freshness';
import { tableIn } from './star/definition';

interface Row {
  readonly table: string;
  readonly topic: string;
  readonly heardUntil: Date | null;
  readonly events: string;
  readonly missing: string;
}

const READ = 'select table_name as "table", topic, heard_until as "heardUntil", events, missing from freshness order by table_name, topic';

export const freshnessIn =
  (sql: Sql, generation: string): ReadFreshness =>
  async () => {
    const [{ rows }, shown] = await Promise.all([
      sql.query<Row>(READ),
      sql.query<{ shown: boolean }>('select shown from generation where name = $1', [generation]),
    ]);
    const tables = rows.map(({ table, topic, heardUntil, events, missing }) => ({
      ...{ table, topic, events: Number(events), missing: Number(missing) },
      heardUntil: heardUntil?.toISOString() ?? null,
    }));
    return { generation, shown: shown.rows[0]?.shown === true, tables };
  };

/** What a star lacks, by topic. */
export const missingIn = async (sql: Sql, generation: string): Promise<readonly Reading[]> => {
  const { rows } = await sql.query<{ topic: string; missing: string }>(
    `select topic, count(*) as missing from ${escapeIdentifier(tableIn(generation, 'missing_event'))} group by topic`,
  );
  const counts = new Map(rows.map(({ topic, missing }) => [topic, Number(missing)]));
  return Object.values(Topics).map((topic) => ({ labels: { service: 'reporting', topic }, value: counts.get(topic) ?? 0 }));
};
