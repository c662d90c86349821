import type { Position } from '@cartage/eventsourcing';
import { tableOf, type Sql } from '@cartage/views';
import type { PlannedLine } from '../domain/events';
import type { ShipmentStatus } from '../domain/status';
import { shipmentBehind, trackPublicly, type PublicTracking } from './public-tracking';
import { withGoods } from './goods-in-hand';
import type { ItemRegister } from './registers';
import type { ShipmentLog, Standing } from './shipment-log';
import { shownShipment, type ShownShipment } from './shipment-shown';
import { shipmentSummary } from './views/shipment-summary';

/** Which shipments; every combination is served by an index. */
export interface ShipmentFilter {
  readonly channel?: string;
  readonly status?: string;
  readonly location?: string;
  readonly orderId?: string;
  readonly trackingNumber?: string;
  readonly priority?: string;
  readonly special?: boolean;
  readonly held?: boolean;
}

export interface ListedShipment {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly fulfillmentId: string;
  readonly location: string;
  readonly status: ShipmentStatus;
  readonly priority: string;
  /** Something is said to whoever packs it, or a line is made or treated otherwise than usual. */
  readonly special: boolean;
  readonly country: string | null;
  readonly lines: readonly PlannedLine[];
  readonly units: number;
  readonly parcels: number | null;
  readonly carrier: string | null;
  readonly service: string | null;
  readonly trackingNumbers: readonly string[] | null;
  readonly trackingToken: string | null;
  readonly labelFailure: string | null;
  readonly lateCancellation: string | null;
  /** The type of its first hold, while it is held. */
  readonly held: string | null;
  /** Units that were found missing when it was picked. */
  readonly shortUnits: number;
  readonly plannedAt: string;
  readonly pickedAt: string | null;
  readonly shipBy: string | null;
  readonly dispatchedAt: string | null;
  readonly deliveredAt: string | null;
}

type Times = 'plannedAt' | 'pickedAt' | 'shipBy' | 'dispatchedAt' | 'deliveredAt';
type Row = Omit<ListedShipment, Times> & { readonly [Time in Times]: Time extends 'plannedAt' ? Date : Date | null };

const select = `select shipment_id "shipmentId", order_id "orderId", fulfillment_id "fulfillmentId", location, status, priority, special, country, lines, unit_count::float8 units,
  parcels, carrier, service, tracking_numbers "trackingNumbers", tracking_token "trackingToken", label_failure "labelFailure",
  late_cancellation "lateCancellation", held, short_count::float8 "shortUnits", planned_at "plannedAt", picked_at "pickedAt", ship_by "shipBy", dispatched_at "dispatchedAt", delivered_at "deliveredAt"
  from ${tableOf(shipmentSummary)}`;

const conditionOf = {
  channel: (value: string) => `channel = ${value}`,
  status: (value: string) => `status = ${value}`,
  location: (value: string) => `location = ${value}`,
  orderId: (value: string) => `order_id = ${value}`,
  priority: (value: string) => `priority = ${value}`,
  special: (value: string) => `special = ${value}`,
  held: (value: string) => `(held is not null) = ${value}`,
  trackingNumber: (value: string) => `shipment_id in (select shipment_id from tracking_number where tracking_number = ${value})`,
} as const;

const told = (at: Date | null): string | null => at && at.toISOString();

const listed = (row: Row): ListedShipment => ({
  ...row,
  plannedAt: row.plannedAt.toISOString(),
  pickedAt: told(row.pickedAt),
  shipBy: told(row.shipBy),
  dispatchedAt: told(row.dispatchedAt),
  deliveredAt: told(row.deliveredAt),
});

export interface PageOf {
  readonly limit: number;
  /** The `plannedAt` and `shipmentId` of the last one seen. */
  readonly after?: readonly [plannedAt: string, shipmentId: string];
}

export interface ReadingNeeds {
  readonly items: Pick<ItemRegister, 'find'>;
  readonly sql: Sql;
  readonly log: Pick<ShipmentLog, 'read'>;
  /** Waits until the list shows everything up to a position. */
  readonly reached: (position: Position) => Promise<void>;
}

/** Questions about shipments. One shipment is read from its own events; lists and public tracking from views. */
export interface ShipmentReading {
  get(shipmentId: string): Promise<Standing>;
  /** For whoever has its goods in hand: with their titles and barcodes. */
  show(shipmentId: string): Promise<{ readonly shown: ShownShipment; readonly version: number }>;
  /** Oldest first: the top of the `to-pack` list is what to pack next. */
  list(filter: ShipmentFilter, page: PageOf, minPosition?: Position): Promise<readonly ListedShipment[]>;
  track(token: string): Promise<PublicTracking>;
  /** Whose tracking link it is. */
  behind(token: string): Promise<string>;
}

export const createShipmentReading = ({ sql, log, items, reached }: ReadingNeeds): ShipmentReading => ({
  get: (shipmentId) => log.read(shipmentId),
  show: async (shipmentId) => {
    const { shipment, version } = await log.read(shipmentId);
    const { lines, ...shown } = shownShipment(shipmentId, shipment);
    return { shown: { ...shown, ...(lines ? { lines: await withGoods(items, lines) } : {}) }, version };
  },
  list: async (filter, page, minPosition) => {
    if (minPosition !== undefined) await reached(minPosition);
    return list(sql, filter, page);
  },
  track: (token) => trackPublicly(sql, token),
  behind: (token) => shipmentBehind(sql, token),
});

const list = async (sql: Sql, filter: ShipmentFilter, { limit, after }: PageOf): Promise<readonly ListedShipment[]> => {
  const values: unknown[] = [];
  const bound = (value: unknown): string => `$${values.push(value)}`;
  const conditions = Object.entries(conditionOf).flatMap(([field, condition]) => {
    const value = filter[field as keyof ShipmentFilter];
    return value === undefined ? [] : condition(bound(value));
  });
  if (after) conditions.push(`(planned_at, shipment_id) > (${after.map(bound).join(', ')})`);
  const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
  const { rows } = await sql.query<Row>(`${select} ${where} order by planned_at, shipment_id limit ${bound(limit)}`, values);
  return rows.map(listed);
};
