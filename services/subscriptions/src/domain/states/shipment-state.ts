import { ShipmentState, Topics, type ShippingEvent, type StateOf } from '@cartage/contracts';
import { changedEach, kindOf, type Folds } from './kind';

type State = Omit<StateOf<typeof ShipmentState>, 'updatedAt'>;
type Parcel = State['parcels'][number];

interface OfShipment {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly fulfillmentId: string;
  readonly location: string;
}

type Lines = readonly { readonly lineId: string; readonly sku: string; readonly quantity: number }[];

const linesOf = (lines: Lines): State['lines'] => lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));

const begun = (state: State | undefined, { shipmentId, orderId, fulfillmentId, location }: OfShipment): State =>
  state ?? { shipmentId, orderId, fulfillmentId, location, status: 'picked', lines: [], parcels: [] };

/** Where each of a shipment's parcels ended, so did the shipment. */
const ends: Readonly<Record<string, string>> = { delivered: 'delivered', 'received-back': 'returned', lost: 'lost' };

const statusOf = ({ status, parcels }: State): string => {
  const [first, ...others] = new Set(parcels.map((parcel) => parcel.status));
  const end = first === undefined || others.length > 0 ? undefined : ends[first];
  if (end !== undefined) return end;
  return Object.values(ends).includes(status) ? 'dispatched' : status;
};

const settled = (state: State): State => ({ ...state, status: statusOf(state) });

interface Step {
  readonly status: string;
  readonly at: string;
}

interface OfParcel {
  readonly parcelId: string;
  readonly trackingNumber?: string;
}

/** A scan that was made before what is known already says nothing new; where the parcel ended, only its way back does. */
const stepped = (parcel: Parcel | undefined, { parcelId, trackingNumber }: OfParcel, { status, at }: Step): Parcel => {
  if (parcel && isPast(parcel, { status, at })) return parcel;
  return { ...parcel, parcelId, ...(trackingNumber === undefined ? {} : { trackingNumber }), status, at };
};

const back: ReadonlySet<string> = new Set(['coming-back', 'received-back', 'lost', 'delivered']);

const isPast = (parcel: Parcel, { status, at }: Step): boolean =>
  at < parcel.at || (Object.hasOwn(ends, parcel.status) && !back.has(status));

const moved = (state: State, parcels: readonly OfParcel[], step: Step): State => {
  const scanned = parcels.map((parcel) => [parcel.parcelId, parcel] as const);
  return settled({
    ...state,
    parcels: changedEach(state.parcels, scanned, {
      nameOf: ({ parcelId }) => parcelId,
      change: (known, parcel) => stepped(known, parcel, step),
    }),
  });
};

interface Scan extends OfShipment, OfParcel {
  readonly carrier: string;
  readonly occurredAt: string;
}

const scan =
  (status: string) =>
  (state: State | undefined, data: Scan): State =>
    moved({ ...begun(state, data), carrier: data.carrier }, [data], { status, at: data.occurredAt });

interface Scans extends OfShipment {
  readonly parcels: readonly OfParcel[];
  readonly occurredAt: string;
}

const scans =
  (status: string) =>
  (state: State | undefined, data: Scans): State =>
    moved(begun(state, data), data.parcels, { status, at: data.occurredAt });

const folds: Folds<State, ShippingEvent> = {
  ShipmentPicked: (state, data) => ({ ...begun(state, data), lines: linesOf(data.lines) }),
  ShipmentPacked: (state, data) => ({
    ...begun(state, data),
    ...{ status: 'packed', lines: linesOf(data.lines), packedAt: data.packedAt },
    parcels: data.parcels.map(({ parcelId }) => ({ parcelId, status: 'packed', at: data.packedAt })),
  }),
  LabelPurchased: (state, data) => ({
    ...moved(begun(state, data), data.parcels, { status: 'packed', at: data.purchasedAt }),
    ...{ status: 'labelled', carrier: data.carrier, service: data.service, labelledAt: data.purchasedAt },
  }),
  LabelVoided: (state, data) => {
    const { labelledAt: _, service: __, carrier: ___, ...rest } = begun(state, data);
    return { ...rest, status: rest.status === 'labelled' ? 'packed' : rest.status };
  },
  ShipmentDispatched: (state, data) => {
    const dispatched = { status: 'dispatched', carrier: data.carrier, lines: linesOf(data.lines), dispatchedAt: data.dispatchedAt };
    return moved({ ...begun(state, data), ...dispatched }, data.parcels, { status: 'dispatched', at: data.dispatchedAt });
  },
  ShipmentInTransit: scan('in-transit'),
  ShipmentOutForDelivery: scan('out-for-delivery'),
  DeliveryAttemptFailed: scan('attempt-failed'),
  ShipmentException: scan('exception'),
  ArrivedAtStore: scans('at-store'),
  ShipmentDelivered: (state, data) => {
    const delivered = scans('delivered')(state, data);
    return delivered.status === 'delivered' ? { ...delivered, deliveredAt: data.occurredAt } : delivered;
  },
  RtoInitiated: scans('coming-back'),
  RtoReceived: (state, data) => scans('received-back')(state, { ...data, occurredAt: data.receivedAt }),
  ShipmentCancelled: (state, data) => ({ ...begun(state, data), status: 'cancelled', cancelledAt: data.cancelledAt }),
};

export const shipmentStates = kindOf<StateOf<typeof ShipmentState>, ShippingEvent>(ShipmentState, {
  hears: Topics.shipping,
  keyOf: (data) => ('shipmentId' in data ? data.shipmentId : undefined),
  folds,
});
