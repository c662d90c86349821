import type { Excerpts } from '@cartage/event-store';

/** Facts that always move stock. */
export const MOVING = [
  ...['StockReceived', 'StockAdjusted', 'StockReserved', 'StockReleased', 'StockAllocated', 'AllocationReleased', 'StockIssued'],
  ...['StockRestocked', 'StockTransferred', 'StockDisposed', 'CartReserved', 'CartReleased', 'ReservationExpired'],
];

interface Moving {
  readonly sku?: string;
  readonly lines?: readonly { readonly sku: string; readonly parts?: readonly { readonly sku: string }[] }[];
  readonly location?: string;
  readonly quantity?: number;
  readonly fulfillmentId?: string;
}

/** What moved, where the movements say it in other words or not at all. */
const moving = (data: unknown): Readonly<Record<string, unknown>> => {
  const { sku, lines, location, quantity, fulfillmentId } = data as Moving;
  const [line] = lines ?? [];
  return { sku: sku ?? line?.parts?.[0]?.sku ?? line?.sku, location, quantity, fulfillmentId };
};

const only =
  (...fields: readonly string[]) =>
  (data: unknown): Readonly<Record<string, unknown>> =>
    Object.fromEntries(fields.map((field) => [field, (data as Readonly<Record<string, unknown>>)[field]]));

/**
 * What statements of this service ask of events in SQL, and still ask when they have left the log's table for files: verification, the explanation of stock, a
 * recount, and what channels had been told. Who asks for more adds it here, or reads the log through its port.
 */
export const excerpts: Excerpts = {
  ...Object.fromEntries(MOVING.map((type) => [type, moving])),
  SafetyStockChanged: only('safetyStock'),
  AvailabilityChanged: only('atp', 'channel'),
};
