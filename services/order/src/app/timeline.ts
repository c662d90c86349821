import { Refused, type StoredEvent } from '@cartage/eventsourcing';
import type { OrderEvent } from '../domain/events';
import type { OrderRead } from './reading';
import { told, type Told, type ToldLine } from './telling';

/** One thing that happened to an order, as its log tells it. Entries without lines concern the whole order. */
export interface TimelineEntry extends Told {
  readonly version: number;
  readonly event: OrderEvent['type'];
  /** When it was recorded; `at` is when it happened. */
  readonly recordedAt: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId?: string;
}

export const entryOf = (event: StoredEvent<OrderEvent>): TimelineEntry => {
  const { version, type, recordedAt, meta } = event;
  return {
    version,
    event: type,
    ...told(event),
    recordedAt,
    actor: meta.actor,
    correlationId: meta.correlationId,
    ...(meta.causationId === undefined ? {} : { causationId: meta.causationId }),
  };
};

/** Carriers' scans do not name lines: they concern what was packed into the shipment. */
const withShipmentLines = (entries: readonly TimelineEntry[]): readonly TimelineEntry[] => {
  const packed = new Map<string, readonly ToldLine[]>();
  return entries.map((entry) => {
    const { shipmentId, lines } = entry;
    if (shipmentId === undefined) return entry;
    if (lines) packed.set(shipmentId, lines);
    const known = packed.get(shipmentId)?.map(({ lineId, quantity }) => ({ lineId, quantity }));
    return lines || !known ? entry : { ...entry, lines: known };
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
  const entries = withShipmentLines(events.map(entryOf));
  if (lineId === undefined) return entries;
  if (!order.progress.has(lineId)) throw new Refused('LINE_UNKNOWN', `The order has no line ${lineId}.`, 'unknown');
  return ofLine(entries, lineId);
};
