import { createHmac } from 'node:crypto';
import { roundsOver, type Actor } from './actors';
import type { ListedShipment } from './answers';
import type { Cartage } from './cartage';

/** In the simulated carrier's own words. */
export interface Scan {
  readonly code: 'PICKED_UP' | 'HUB_SCAN' | 'ON_VAN' | 'NOT_DELIVERED' | 'DELIVERED' | 'RETURN_TO_SENDER';
  readonly hub?: string;
  readonly remark?: string;
}

export interface CarrierOptions {
  /** Signs the webhooks; the default of Cartage's setting SIMULATED_CARRIER_SECRET. */
  readonly secret?: string;
  /** What the carrier scans on the way of a shipment, in order. */
  readonly journeyOf: (shipment: ListedShipment) => Promise<readonly Scan[]>;
  readonly now?: () => number;
  readonly delivered?: (shipments: number) => void;
}

export const DEFAULT_SECRET = 'simulated-carrier';
const PAGE = 200;

/** Each scan a little later than the one before: the carrier's clock tells their order. */
const scansOf = (awb: string, scans: readonly Scan[], from: number): readonly object[] =>
  scans.map((scan, i) => ({ ...scan, scanId: `${awb}-${i + 1}`, awb, scannedAt: new Date(from + i).toISOString() }));

const CHUNK = 100;
const SCANS_A_MESSAGE = 500;

const chunked = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  items.length === 0 ? [] : [items.slice(0, size), ...chunked(items.slice(size), size)];

const sendTo = async (cartage: Cartage, secret: string, scans: readonly object[]): Promise<void> => {
  const body = { scans };
  const signature = createHmac('sha256', secret).update(JSON.stringify(body)).digest('hex');
  await cartage.webhook('simulated', { body, headers: { 'simulated-signature': `sha256=${signature}` } });
};

/** Scans of these parcels, told at once. */
export const tellOf = (cartage: Cartage, trackingNumbers: readonly string[], scans: readonly Scan[]): Promise<void> =>
  sendTo(
    cartage,
    DEFAULT_SECRET,
    trackingNumbers.flatMap((awb) => scansOf(awb, scans, Date.now())),
  );

/** The simulated carrier: it carries what was handed to it, and tells of it by signed webhooks. */
export const carrier = (cartage: Cartage, { secret = DEFAULT_SECRET, journeyOf, now = Date.now, delivered }: CarrierOptions): Actor => {
  const tell = async (shipments: readonly ListedShipment[]): Promise<void> => {
    const scans = await Promise.all(
      shipments.map(async (shipment) => {
        const journey = await journeyOf(shipment);
        return (shipment.trackingNumbers ?? []).map((awb) => scansOf(awb, journey, now()));
      }),
    );
    for (const message of chunked(scans.flat(2), SCANS_A_MESSAGE)) await sendTo(cartage, secret, message);
    delivered?.(shipments.length);
  };
  return {
    name: 'carrier',
    round: roundsOver({
      list: async () => (await cartage.shipments({ status: 'dispatched', limit: PAGE })).items,
      idOf: ({ shipmentId }) => shipmentId,
      handle: async (shipments) => {
        for (const some of chunked(shipments, CHUNK)) await tell(some);
      },
    }),
  };
};
