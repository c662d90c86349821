import type { Schemas } from '../../api/client';

export type ShipmentAtGate = Pick<Schemas['ListedShipment'], 'shipmentId' | 'location' | 'status'>;

/** What a scanned label means at the gate of a location. */
export type GateScan =
  | { readonly is: 'take'; readonly shipmentId: string }
  /** Nobody knows this number. */
  | { readonly is: 'unknown' }
  /** It leaves from another location. */
  | { readonly is: 'elsewhere'; readonly location: string }
  /** The carrier has it already, or it must not go. */
  | { readonly is: 'not-now'; readonly status: string };

export const gateScanOf = (found: ShipmentAtGate | undefined, here: string): GateScan => {
  if (!found) return { is: 'unknown' };
  const { shipmentId, location, status } = found;
  if (location !== here) return { is: 'elsewhere', location };
  return status === 'labelled' ? { is: 'take', shipmentId } : { is: 'not-now', status };
};
