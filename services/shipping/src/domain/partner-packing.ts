import { TO_FOLLOW, type LineQuantity, type Parcel } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';
import { isGone } from './collecting';
import { pick } from './confirming';
import type { ShipmentEvent } from './events';
import { packed, samePacking, withContents, type PackedParcel } from './packing';
import type { HeardNotice, PartnerParcel } from './partner-notice';
import { refOf } from './refusals';
import { inParcels } from './scans';
import { evolve, hasLabel, type Shipment } from './shipment';

/*
 * What is in the parcels is what there was: units that no parcel holds were short, whether or not anybody said so. Whoever packed it holds the goods, so that a hold, or a
 * cancellation, of ours cannot undo it.
 */

const fault = (field: string, code: string, message: string): FieldError => ({ field, code, message });

const refuse = (code: string, errors: readonly FieldError[]): void => {
  if (errors[0]) throw new Refused(code, errors[0].message, 'invalid', errors);
};

/** One that nobody says the contents of holds all of it, if it is the only one. */
const wholeParcels = (parcels: readonly PartnerParcel[], planned: readonly LineQuantity[]): readonly PackedParcel[] => {
  const silent = parcels.flatMap(({ lines }, p) => (lines ? [] : [`parcels[${p}].lines`]));
  if (parcels.length > 1)
    refuse(
      'PACKING_WRONG',
      silent.map((field) => fault(field, 'REQUIRED', 'Say what is in each of several parcels.')),
    );
  const all = inParcels(planned, [{ lines: planned }]).map(({ lineId, quantity }) => ({ lineId, quantity }));
  return parcels.map(({ trackingNumber: _number, lines = all, weightGrams = 0, ...parcel }) => ({ ...parcel, weightGrams, lines }));
};

const unitsOf = (lines: readonly { readonly lineId: string; readonly quantity: number }[], lineId: string): number =>
  lines.reduce((sum, line) => (line.lineId === lineId ? sum + line.quantity : sum), 0);

export interface OfPartner {
  readonly shipment: Shipment;
  readonly heard: HeardNotice;
}

type Planned = Extract<Shipment, { readonly plan: unknown }>;

/** Units that no parcel holds were not there; where nothing was short, nothing needs to be said. */
const shortEvents = (shipment: Shipment, parcels: readonly PackedParcel[], now: string): readonly ShipmentEvent[] => {
  if (shipment.status !== 'to-pack') return [];
  const inThem = parcels.flatMap(({ lines }) => lines);
  const { lines: planned } = shipment.plan;
  const isLess = planned.some(({ lineId }) => unitsOf(inThem, lineId) < unitsOf(planned, lineId));
  const isOpen = shipment.picking !== undefined && shipment.picking.pickedAt === undefined;
  if (!isLess && !isOpen) return [];
  const short = new Map(shipment.picking?.short.map((line) => [line.lineId, line.quantity]));
  const lines = [...new Set(planned.map(({ lineId }) => lineId))].map((lineId) => {
    const quantity = Math.min(unitsOf(inThem, lineId), unitsOf(planned, lineId));
    return { lineId, quantity, short: unitsOf(planned, lineId) + (short.get(lineId) ?? 0) - quantity, code: 'short-packed' };
  });
  const events = pick({ lines, now }, { ...shipment, holds: [] });
  return shipment.plan.dropship ? events.map(followed) : events;
};

const toFollow = { code: TO_FOLLOW, detail: 'It has not sent them yet.', by: 'provider' };

/** A supplier may send an order in several parts: what it has not sent yet is not missing. */
const followed = (event: ShipmentEvent): ShipmentEvent => {
  if (event.type !== 'ShipmentPicked') return event;
  return { ...event, data: { ...event.data, short: event.data.short.map((line) => ({ ...line, missing: [], reason: toFollow })) } };
};

export const after = (shipment: Shipment, events: readonly ShipmentEvent[]): Shipment => events.reduce(evolve, shipment);

/** Packed as it was told. What was cancelled is packed all the same by whoever had sent it. */
export const packingEvents = (
  { shipment, heard: { partner, now } }: OfPartner,
  { parcels: told, label }: { readonly parcels: readonly PartnerParcel[]; readonly label: 'ours' | 'own' },
): readonly ShipmentEvent[] => {
  if (!('plan' in shipment) || !shipment.plan) return [];
  const whole = wholeParcels(told, shipment.plan.lines);
  if ('parcels' in shipment) {
    if (samePacking(shipment.parcels, packed(inParcels(shipment.plan.lines, shipment.parcels), whole))) return [];
    throw new Refused('SHIPMENT_PACKED_ALREADY', 'It was packed before, in other parcels.');
  }
  const short = shortEvents(shipment, whole, now);
  const { plan } = after(shipment, short) as Planned;
  const lines = plan ? inParcels(plan.lines, whole) : [];
  const parcels = packed(lines, whole);
  const labelledBy = label === 'own' ? { labelledBy: partner } : {};
  return [...short, { type: 'ShipmentPacked', data: { ...refOf(shipment.plan), lines, parcels, ...labelledBy, packedAt: now } }];
};

const numbersOf = (told: readonly PartnerParcel[], parcels: readonly Parcel[]) => {
  const byId = new Map(told.map((parcel, p) => [parcel.parcelId ?? parcels[p]?.parcelId ?? String(p + 1), parcel.trackingNumber]));
  return parcels.map(({ parcelId }) => ({ parcelId, trackingNumber: byId.get(parcelId) }));
};

const isNumbered = (parcel: { readonly parcelId: string; readonly trackingNumber: string | undefined }): parcel is Numbered =>
  parcel.trackingNumber !== undefined;
interface Numbered {
  readonly parcelId: string;
  readonly trackingNumber: string;
}

/** Each parcel has a number, or none has. */
const numberedOf = (told: readonly PartnerParcel[], parcels: readonly Parcel[]): readonly Numbered[] => {
  const numbers = numbersOf(told, parcels);
  const numbered = numbers.filter(isNumbered);
  const bare = numbers.flatMap((parcel, p) => (isNumbered(parcel) ? [] : [`parcels[${p}].trackingNumber`]));
  if (numbered.length > 0)
    refuse(
      'TRACKING_MISSING',
      bare.map((field) => fault(field, 'TRACKING_MISSING', 'Each parcel has a number, or none has.')),
    );
  return numbered;
};

const isAsBefore = (shipment: Shipment, carrier: string, parcels: readonly Numbered[]): boolean =>
  hasLabel(shipment) && shipment.label.carrier === carrier && JSON.stringify(shipment.label.parcels) === JSON.stringify(parcels);

/** Numbers of a carrier of its own; none, where it tells none. */
export const numberEvents = (
  { shipment, heard: { labelId, trackingToken, now } }: OfPartner,
  { parcels: told, carrier = 'unknown' }: { readonly parcels: readonly PartnerParcel[]; readonly carrier?: string },
): readonly ShipmentEvent[] => {
  if (!('parcels' in shipment) || isGone(shipment)) return [];
  const numbered = numberedOf(told, shipment.parcels);
  if (numbered.length === 0 || isAsBefore(shipment, carrier, numbered)) return [];
  const parcels = withContents(numbered, shipment.parcels);
  const bought = { ...refOf(shipment.plan), labelId, carrier, service: 'partner', parcels, trackingToken, purchasedAt: now };
  return [{ type: 'LabelPurchased', data: bought }];
};
