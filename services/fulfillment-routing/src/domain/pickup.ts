import type { LineQuantity } from '@cartage/contracts';
import type { BrokeringEvent, EventData, ShipGroup } from './events';
import type { Brokered, Brokering, Fulfillment } from './state';
import { without } from './units';

/** A location as people know it. */
export interface Place {
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** Parcels that are at the store, and what is in them. */
export interface Arrived {
  readonly parcels: readonly string[];
  readonly lines: readonly LineQuantity[];
}

/** What waits for the customer at a counter, and what became of that. */
export interface Pickup {
  readonly place: Place;
  readonly readyAt: string;
  /** It is kept until then. */
  readonly expiresAt: string;
  /** How often a wrong code was said. */
  readonly wrongCodes: number;
  readonly remindedAt?: string;
  readonly expiredAt?: string;
  readonly handedOverAt?: string;
  /** It was sent to the store by parcel: it left where it came from. */
  readonly cameByParcel?: true;
  /** Units that were refused at the counter: they are no part of the fulfilment any more. */
  readonly declined?: readonly LineQuantity[];
}

/** Whether the customer fetches what a location has of a ship group: no carrier takes it. */
export const isFetchedAt = ({ location }: Pick<Fulfillment, 'location'>, { method, pickupLocation }: ShipGroup): boolean =>
  method === 'pickup' || (method === 'ship-to-store' && pickupLocation === location);

const arrived = (state: Brokered, { fulfillmentId, parcels, lines }: EventData<'ArrivedAtStore'>): Brokered => {
  const one = state.fulfillments.get(fulfillmentId);
  if (!one) return state;
  const { arrived: before = { parcels: [], lines: [] } } = one;
  const after = { parcels: [...before.parcels, ...parcels.map(({ parcelId }) => parcelId)], lines: [...before.lines, ...lines] };
  return { ...state, fulfillments: new Map(state.fulfillments).set(fulfillmentId, { ...one, arrived: after }) };
};

type Change = (one: Fulfillment, pickup: Pickup) => Fulfillment;

const changed = (state: Brokered, fulfillmentId: string, change: Change): Brokered => {
  const one = state.fulfillments.get(fulfillmentId);
  return one?.pickup ? { ...state, fulfillments: new Map(state.fulfillments).set(fulfillmentId, change(one, one.pickup)) } : state;
};

const withPickup = (state: Brokered, { fulfillmentId }: { readonly fulfillmentId: string }, more: Partial<Pickup>): Brokered =>
  changed(state, fulfillmentId, (one, pickup) => ({ ...one, pickup: { ...pickup, ...more } }));

const ready = (state: Brokered, { fulfillmentId, place, readyAt, expiresAt }: EventData<'ReadyForPickup'>): Brokered => {
  const one = state.fulfillments.get(fulfillmentId);
  const pickup = { place, readyAt, expiresAt, wrongCodes: 0, ...(one?.arrived ? { cameByParcel: true as const } : {}) };
  return one ? { ...state, fulfillments: new Map(state.fulfillments).set(fulfillmentId, { ...one, pickup }) } : state;
};

/** What was refused at the counter waits, until it is asked back; of what came by parcel, the store receives it. */
const handedOver = (state: Brokered, { fulfillmentId, declined, handedOverAt }: EventData<'HandedOver'>): Brokered => {
  const after = changed(state, fulfillmentId, (one, pickup) => ({
    ...one,
    status: 'closed',
    lines: without(one.lines, declined),
    pickup: { ...pickup, handedOverAt, ...(declined.length > 0 ? { declined } : {}) },
  }));
  const { shipGroupId } = state.fulfillments.get(fulfillmentId) ?? {};
  if (shipGroupId === undefined || after === state) return state;
  if (state.fulfillments.get(fulfillmentId)?.pickup?.cameByParcel) return after;
  return { ...after, unfilled: [...after.unfilled, ...declined.map((line) => ({ ...line, shipGroupId }))] };
};

/** Of an order that was brokered; whatever comes before that speaks of nothing. */
const of =
  <Type extends BrokeringEvent['type']>(change: (state: Brokered, data: EventData<Type>) => Brokered) =>
  (state: Brokering, data: EventData<Type>): Brokering =>
    state && change(state, data);

export const pickupFolds = {
  ArrivedAtStore: of<'ArrivedAtStore'>(arrived),
  ReadyForPickup: of<'ReadyForPickup'>(ready),
  /** Of the new end the customer is reminded anew. */
  PickupExtended: of<'PickupExtended'>((state, { fulfillmentId, expiresAt }) =>
    changed(state, fulfillmentId, (one, { remindedAt: _, ...pickup }) => ({ ...one, pickup: { ...pickup, expiresAt } })),
  ),
  PickupReminderDue: of<'PickupReminderDue'>((state, { remindedAt, ...data }) => withPickup(state, data, { remindedAt })),
  PickupCodeRefused: of<'PickupCodeRefused'>((state, { wrongCodes, ...data }) => withPickup(state, data, { wrongCodes })),
  PickupExpired: of<'PickupExpired'>((state, { expiredAt, ...data }) => withPickup(state, data, { expiredAt })),
  HandedOver: of<'HandedOver'>(handedOver),
};
