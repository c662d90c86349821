import type { LineQuantity } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import { isGone } from './collecting';
import type { ShipmentEvent } from './events';
import type { PartnerNotice } from './partner-notice';
import type { OfPartner } from './partner-packing';
import { inParcels } from './scans';
import type { Shipment } from './shipment';

export type Heard<Kind extends PartnerNotice['kind']> = OfPartner & { readonly notice: Extract<PartnerNotice, { readonly kind: Kind }> };
export type Events = readonly ShipmentEvent[];

type Planned = Extract<Shipment, { readonly plan: unknown }>;
export const planOf = (shipment: Shipment) => (shipment as Planned).plan as NonNullable<Planned['plan']>;

export const isOver = (shipment: Shipment): boolean => shipment.status === 'cancelled' || isGone(shipment);

export type UnitsOfLine = { readonly lineId: string; readonly quantity: number };

/** A line once. */
export const standingIn = (planned: readonly LineQuantity[]): ReadonlyMap<string, LineQuantity> =>
  new Map(inParcels(planned, [{ lines: planned }]).map((line) => [line.lineId, line]));

export const notInShipment = (message: string, field: string): Refused =>
  new Refused('LINE_NOT_IN_SHIPMENT', message, 'invalid', [{ field, code: 'LINE_NOT_IN_SHIPMENT', message }]);
