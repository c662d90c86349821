import type { Claiming } from '@cartage/eventsourcing';
import type { Pool } from 'pg';
import type { SkuAnswer } from '../../app/channels/channel-update';
import type { StockStatus } from '../../app/channels/stock-shelf';

/** A table of what channels are told of SKUs: one row of each, with `status`, `revision`, `attempts` and `next_at`. */
interface ShelfTable {
  readonly table: string;
  /** What is claimed, of the row `s`; besides it `sku`, `revision` and `attempts`. */
  readonly claimed: string;
  /** A JSON object of what is shown. */
  readonly shown: string;
  /** A JSON object of what is told: it stands in `in_hand` while it is, and in `told` once the channel has taken it. */
  readonly kept?: string;
}

interface ClaimedRow {
  readonly sku: string;
  readonly revision: number;
}
interface ShelfQuery {
  readonly channel: string;
  readonly status: StockStatus | undefined;
  readonly after: string | undefined;
  readonly limit: number;
}

const statements = ({ table, claimed, shown, kept }: ShelfTable) => ({
  claim: `
    with due as (
      select channel, sku from ${table} where channel = $1 and status = 'waiting' and next_at <= $2
      order by next_at, sku limit $4 for update skip locked
    )
    update ${table} s set next_at = $3, attempts = attempts + 1${kept === undefined ? '' : `, in_hand = ${kept}`} from due where s.channel = due.channel and s.sku = due.sku and s.status = 'waiting'
    returning s.sku, ${claimed}, s.revision::int as revision, s.attempts`,
  /** What was said meanwhile waits, and is told at once. */
  settle: `
    with answered as (
      select * from unnest($2::text[], $3::bigint[], $4::text[], $5::text[]) as a (sku, revision, code, faults) order by sku
    )
    update ${table} s set told_at = case when a.code is null then $6 else s.told_at end, attempts = 0, next_at = $6,
      status = case when s.revision <> a.revision then 'waiting' when a.code is null then 'told' else 'refused' end,
      code = case when s.revision <> a.revision then null else a.code end,
      faults = case when s.revision <> a.revision then '[]'::jsonb else a.faults::jsonb end
      ${kept === undefined ? '' : ', told = case when a.code is null then s.in_hand else s.told end'}
    from answered a where s.channel = $1 and s.sku = a.sku`,
  postpone: `update ${table} set next_at = $3 where channel = $1 and sku = any($2) and status = 'waiting'`,
  next: `select min(next_at) as next from ${table} where channel = $1 and status = 'waiting'`,
  list: `
    select ${shown} as shown from ${table} where channel = $1 and ($2::text is null or status = $2) and ($3::text is null or sku > $3)
    order by sku limit $4`,
  resubmit: `
    update ${table} set status = 'waiting', code = null, faults = '[]', attempts = 0, next_at = $3 where channel = $1 and sku = $2
    returning ${shown} as shown`,
});

const skusOf = (claimed: readonly ClaimedRow[]): readonly string[] => claimed.map(({ sku }) => sku);

/** What is in hand is nobody else's: no two values of a SKU are told at once, and the last one is told last. */
export const shelfRows = <Claimed extends ClaimedRow, Shown>(pool: Pool, of: ShelfTable) => {
  const sql = statements(of);
  return {
    claim: async (channel: string, { now, until, limit }: Claiming) =>
      (await pool.query<Claimed & Record<string, unknown>>(sql.claim, [channel, now, until, limit])).rows as readonly Claimed[],
    settle: async (
      channel: string,
      claimed: readonly Claimed[],
      { answers, at }: { readonly answers: readonly SkuAnswer[]; readonly at: Date },
    ): Promise<void> => {
      const revisions = claimed.map(({ revision }) => revision);
      const codes = claimed.map((_, i) => answers[i]?.code ?? null);
      const faults = claimed.map((_, i) => JSON.stringify(answers[i]?.faults ?? []));
      await pool.query(sql.settle, [channel, skusOf(claimed), revisions, codes, faults, at]);
    },
    postpone: async (channel: string, claimed: readonly Claimed[], until: Date): Promise<void> =>
      void (await pool.query(sql.postpone, [channel, skusOf(claimed), until])),
    nextAt: async (channel: string): Promise<Date | undefined> =>
      (await pool.query<{ next: Date | null }>(sql.next, [channel])).rows[0]?.next ?? undefined,
    list: async ({ channel, status, after, limit }: ShelfQuery): Promise<readonly Shown[]> => {
      const { rows } = await pool.query<{ shown: Shown }>(sql.list, [channel, status ?? null, after ?? null, limit]);
      return rows.map(({ shown }) => shown);
    },
    resubmit: async (channel: string, sku: string, at: Date): Promise<Shown | undefined> =>
      (await pool.query<{ shown: Shown }>(sql.resubmit, [channel, sku, at])).rows[0]?.shown,
  };
};
