import { Refused, type StoredEvent } from '@cartage/eventsourcing';
import type { OrderEvent, OrderEventType } from '../domain/events';
import { evolve } from '../domain/evolve';
import { lineStatus, type LineStatus, type Units } from '../domain/lines';
import type { Order } from '../domain/state';
import type { OrderRead } from './reading';
import { wordsOf, type Words } from './timeline-words';

export interface TimelineLine {
  readonly lineId: string;
  readonly quantity: number;
  /** Of the whole line, right after it. */
  readonly status: LineStatus;
}

/** One thing that happened to an order, as its log tells it. Entries without lines concern the whole order. */
export interface TimelineEntry extends Omit<Words, 'lines'> {
  readonly version: number;
  readonly event: OrderEventType;
  /** When it was recorded; `at` is when it happened. */
  readonly recordedAt: string;
  readonly location?: string;
  readonly fulfillmentId?: string;
  readonly shipmentId?: string;
  readonly returnId?: string;
  readonly lines?: readonly TimelineLine[];
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId?: string;
}

const places = ['location', 'fulfillmentId', 'shipmentId', 'returnId'] as const;

/** Where it happened, in the fields that facts have in common. */
const placeOf = (data: object): Pick<TimelineEntry, (typeof places)[number]> =>
  Object.fromEntries(Object.entries(data).filter(([name]) => (places as readonly string[]).includes(name)));

/** What an event of an order may be about; those of money say whose parcels it is for and concern the whole order. */
interface Subject {
  readonly orderId: string;
  readonly shipmentId?: string;
  readonly parcelId?: string;
  readonly amount?: number;
}

/** What it is about where it names no lines, as carriers' scans do not: what is in the parcel, or else in the shipment, as it was packed last. */
const contentsOf = ({ data }: OrderEvent, order: Order): Units | undefined => {
  const about: Subject = data;
  if (about.shipmentId === undefined || about.amount !== undefined) return undefined;
  const packing = order?.shipments.get(about.shipmentId)?.packing;
  if (!packing) return undefined;
  return packing.parcels.find(({ parcelId }) => parcelId === about.parcelId)?.lines ?? packing.lines;
};

const withStatus = (lines: Units, order: Order): readonly TimelineLine[] =>
  lines.flatMap(({ lineId, quantity }) => {
    const progress = order?.progress.get(lineId);
    return progress ? [{ lineId, quantity, status: lineStatus(progress) }] : [];
  });

const entryOf = (event: StoredEvent<OrderEvent>, lines: readonly TimelineLine[] | undefined): TimelineEntry => {
  const { version, type, recordedAt, meta } = event;
  const { lines: _, ...told } = wordsOf(event);
  return {
    version,
    event: type,
    ...told,
    ...placeOf(event.data),
    ...(lines ? { lines } : {}),
    recordedAt,
    actor: meta.actor,
    correlationId: meta.correlationId,
    ...(meta.causationId === undefined ? {} : { causationId: meta.causationId }),
  };
};

const entriesOf = (events: readonly StoredEvent<OrderEvent>[]): readonly TimelineEntry[] => {
  let order: Order;
  return events.map((event) => {
    order = evolve(order, event);
    const lines = wordsOf(event).lines ?? contentsOf(event, order);
    return entryOf(event, lines && withStatus(lines, order));
  });
};

const ofLine = (entries: readonly TimelineEntry[], lineId: string): readonly TimelineEntry[] =>
  entries.flatMap((entry) => {
    if (!entry.lines) return [entry];
    const lines = entry.lines.filter((line) => line.lineId === lineId);
    return lines.length > 0 ? [{ ...entry, lines }] : [];
  });

/** The order's whole history, or that of one line, from the log itself. */
export const timelineOf = ({ order, events }: OrderRead, lineId?: string): readonly TimelineEntry[] => {
  const entries = entriesOf(events);
  if (lineId === undefined) return entries;
  if (!order.progress.has(lineId)) throw new Refused('LINE_UNKNOWN', `The order has no line ${lineId}.`, 'unknown');
  return ofLine(entries, lineId);
};
