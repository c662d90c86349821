import { keptModel, tableOf, type Sql } from '@cartage/views';
import type { TransitLog } from '../../app/promising/transit-shelf';
import { transitTime } from '../../app/views/transit-time';
import { present } from '../../domain/present';
import type { CalendarTerms } from '../../domain/promising/policies';
import type { PromisedTransit, TransitFact, TransitModel } from '../../domain/transit-learner';
import type { ParcelWay } from '../../domain/promising/transit';

const TABLE = tableOf(transitTime);
const AFTER = `
  select position, recorded_at, step, location, service, destination, handed_over_at, delivered_at, promised, code, terms
  from ${TABLE} where position > $1 order by position limit $2`;

interface Row {
  readonly position: string;
  readonly recorded_at: Date;
  readonly step: TransitFact['step'];
  readonly location: string | null;
  readonly service: string | null;
  readonly destination: ParcelWay['destination'] | null;
  readonly handed_over_at: Date | null;
  readonly delivered_at: Date | null;
  readonly promised: PromisedTransit | null;
  readonly code: string | null;
  readonly terms: CalendarTerms | null;
}

const orAbsent = <Value>(value: Value | null): Value | undefined => value ?? undefined;

const factOf = (row: Row): TransitFact => {
  const told = { position: row.position, recordedAt: row.recorded_at.toISOString() };
  if (row.step === 'calendar')
    return { ...told, step: 'calendar', code: row.code ?? '', terms: row.terms ?? { weekdays: [], closedOn: [] } };
  const way = {
    ...{ location: orAbsent(row.location), service: orAbsent(row.service), destination: orAbsent(row.destination) },
    promised: orAbsent(row.promised),
    handedOverAt: row.handed_over_at?.toISOString() ?? told.recordedAt,
  };
  return row.step === 'handed-over'
    ? { ...told, ...way, step: 'handed-over' }
    : { ...told, ...way, step: 'ended', ...present({ deliveredAt: row.delivered_at?.toISOString() }) };
};

export const transitLog = (sql: Sql): TransitLog => ({
  after: async (position, limit) => (await sql.query<Row>(AFTER, [position, limit])).rows.map(factOf),
  ...keptModel<TransitModel>(sql, { view: transitTime, table: 'transit_model' }),
});

const SINCE = `select recorded_at from ${TABLE} where step = 'ended' and delivered_at is not null order by position limit 1`;

/** The day of the first delivery that was learned from. */
export const transitSince = (sql: Sql) => async (): Promise<string | null> =>
  (await sql.query<Pick<Row, 'recorded_at'>>(SINCE, [])).rows[0]?.recorded_at.toISOString().slice(0, 10) ?? null;
