import type { Position } from '@cartage/eventsourcing';
import { tableOf, type Sql } from '@cartage/views';
import { shipmentSummary } from './views/shipment-summary';
import { waveSummary } from './views/wave-summary';

/** Which of a location's shipments are picked together. */
export interface WaveFilter {
  readonly location: string;
  /** Those that are to be handed over until then. */
  readonly shipBefore?: string;
  readonly priority?: string;
  /** The delivery service that was sold: which carrier takes it is known when it is packed. */
  readonly service?: string;
  /** Those with so many units at most, such as 1. */
  readonly unitsEach?: number;
  /** How many shipments. */
  readonly shipments: number;
}

export interface ListedWave {
  readonly waveId: string;
  readonly location: string;
  readonly status: 'open' | 'closed';
  readonly picker: string | null;
  readonly shipments: number;
  readonly releasedAt: string;
  readonly closedAt: string | null;
}

export interface WaveQuery {
  readonly location?: string;
  readonly status?: string;
}

export interface PageOfWaves {
  readonly limit: number;
  /** `releasedAt` and `waveId` of the last one seen. */
  readonly after?: readonly [releasedAt: string, waveId: string];
}

export interface WaveReading {
  /** What is to be handed over first comes first. */
  candidates(filter: WaveFilter): Promise<readonly string[]>;
  /** Newest first. */
  list(query: WaveQuery, page: PageOfWaves, minPosition?: Position): Promise<readonly ListedWave[]>;
}

interface WaveReadingNeeds {
  readonly sql: Sql;
  readonly reached: (position: Position) => Promise<void>;
  /** Waits until the list of shipments shows all that happened so far. */
  readonly caughtUp: () => Promise<void>;
}

export const createWaveReading = ({ sql, reached, caughtUp }: WaveReadingNeeds): WaveReading => ({
  candidates: async (filter) => {
    await caughtUp();
    return candidates(sql, filter);
  },
  list: async (query, page, minPosition) => {
    if (minPosition !== undefined) await reached(minPosition);
    return list(sql, query, page);
  },
});

/** The wave that a shipment names may be closed: then it is free. */
const isFree = `(wave_id is null or exists (select from ${tableOf(waveSummary)} w where w.wave_id = s.wave_id and w.status = 'closed'))`;

const candidates = async (sql: Sql, { location, shipments, ...filter }: WaveFilter): Promise<readonly string[]> => {
  const values: unknown[] = [location];
  const given = (condition: (value: string) => string, value: unknown): readonly string[] =>
    value === undefined ? [] : [condition(`$${values.push(value)}`)];
  const conditions = [
    `location = $1 and status = 'to-pack' and held is null and picked_at is null`,
    isFree,
    ...given((value) => `ship_by <= ${value}`, filter.shipBefore),
    ...given((value) => `priority = ${value}`, filter.priority),
    ...given((value) => `sold_service = ${value}`, filter.service),
    ...given((value) => `unit_count <= ${value}`, filter.unitsEach),
  ];
  const { rows } = await sql.query<{ shipmentId: string }>(
    `select shipment_id "shipmentId" from ${tableOf(shipmentSummary)} s where ${conditions.join(' and ')}
     order by ship_by, planned_at, shipment_id limit $${values.push(shipments)}`,
    values,
  );
  return rows.map(({ shipmentId }) => shipmentId);
};

type Row = Omit<ListedWave, 'releasedAt' | 'closedAt'> & { readonly releasedAt: Date; readonly closedAt: Date | null };

const list = async (sql: Sql, { location, status }: WaveQuery, { limit, after }: PageOfWaves): Promise<readonly ListedWave[]> => {
  const values: unknown[] = [];
  const bound = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [
    ...(location === undefined ? [] : [`location = ${bound(location)}`]),
    ...(status === undefined ? [] : [`status = ${bound(status)}`]),
    ...(after ? [`(released_at, wave_id) < (${after.map(bound).join(', ')})`] : []),
  ];
  const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
  const { rows } = await sql.query<Row>(
    `select wave_id "waveId", location, status, picker, shipment_count shipments, released_at "releasedAt", closed_at "closedAt"
     from ${tableOf(waveSummary)} ${where} order by released_at desc, wave_id desc limit ${bound(limit)}`,
    values,
  );
  return rows.map((row) => ({ ...row, releasedAt: row.releasedAt.toISOString(), closedAt: row.closedAt?.toISOString() ?? null }));
};
