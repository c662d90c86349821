import { orderEnded } from './order-rules';
import { DAY, PROMPTLY, type Following, type Once } from './rule';

interface OfShipment {
  readonly shipmentId: string;
  readonly parcels: readonly { readonly parcelId: string }[];
}

/** A parcel's id is its own in its shipment only: the first of each is called `1`. */
const parcelOf = (shipmentId: string, parcelId: string): string => `${shipmentId}/${parcelId}`;

const parcelsOf = ({ shipmentId, parcels }: OfShipment): readonly string[] => parcels.map(({ parcelId }) => parcelOf(shipmentId, parcelId));

interface Undelivered {
  readonly undelivered?: { readonly shipmentId: string; readonly parcels: readonly string[] };
}

const undeliveredOf = ({ undelivered }: Undelivered): readonly string[] =>
  undelivered?.parcels.map((parcelId) => parcelOf(undelivered.shipmentId, parcelId)) ?? [];

interface Bought {
  readonly cost?: number;
}

/** Numbers that whoever fulfils it for us has from a carrier of its own: it may correct them, and send several shipments as one. */
const isOurs = ({ cost }: Bought): boolean => cost !== undefined;

export const labelIsAnswered: Following = {
  name: 'label-is-answered',
  says: 'Each label that a carrier is asked for is bought, refused or given up.',
  whose: 'partners',
  after: { LabelRequested: ({ labelId }) => [labelId], ReturnLabelRequested: ({ labelId }) => [labelId] },
  comes: {
    LabelPurchased: ({ labelId }) => [labelId],
    LabelFailed: ({ labelId }) => (labelId === undefined ? [] : [labelId]),
    LabelVoided: ({ labelId }) => [labelId],
    ReturnLabelPurchased: ({ labelId }) => [labelId],
    ReturnLabelFailed: ({ labelId }) => (labelId === undefined ? [] : [labelId]),
    ReturnLabelVoided: ({ labelId }) => [labelId],
  },
  within: DAY,
};

export const dispatchIsIssued: Following = {
  name: 'dispatch-is-issued',
  says: 'What left has left the books of its location.',
  whose: 'services',
  after: { ShipmentDispatched: ({ shipmentId }) => [shipmentId] },
  comes: { StockIssued: ({ shipmentId }) => [shipmentId] },
  within: PROMPTLY,
};

export const issueHasCause: Following = {
  name: 'issue-has-cause',
  says: 'What left the books was dispatched, or handed over.',
  whose: 'services',
  after: { StockIssued: ({ shipmentId }) => [shipmentId] },
  comes: { ShipmentDispatched: ({ shipmentId }) => [shipmentId], HandoverRequested: ({ handoverId }) => [handoverId] },
  within: PROMPTLY,
  isCause: true,
};

export const parcelArrives: Following = {
  name: 'parcel-arrives',
  says: 'Each parcel that left is delivered, is told to be lost, or comes back.',
  whose: 'partners',
  after: { ShipmentDispatched: parcelsOf },
  comes: {
    ShipmentDelivered: parcelsOf,
    ParcelLost: parcelsOf,
    RtoInitiated: parcelsOf,
    RtoReceived: parcelsOf,
  },
  within: 60 * DAY,
};

export const lostParcelIsResolved: Following = {
  name: 'lost-parcel-is-resolved',
  says: 'Of a lost parcel it is decided what the customer gets, or it turns up.',
  whose: 'people',
  after: { ParcelLost: parcelsOf },
  comes: {
    LostParcelsResolved: ({ shipmentId, parcels }) => parcels.map((parcelId) => parcelOf(shipmentId, parcelId)),
    ParcelFound: parcelsOf,
    ShipmentDelivered: parcelsOf,
    RtoInitiated: parcelsOf,
    RtoReceived: parcelsOf,
    LineCancelled: undeliveredOf,
  },
};

export const comingBackIsReceived: Following = {
  name: 'coming-back-is-received',
  says: 'A parcel that comes back undelivered is received, delivered after all, or lost.',
  whose: 'partners',
  after: { RtoInitiated: parcelsOf },
  comes: {
    RtoReceived: parcelsOf,
    ShipmentDelivered: parcelsOf,
    ParcelLost: parcelsOf,
  },
  within: 60 * DAY,
};

export const cameBackIsCancelled: Following = {
  name: 'came-back-is-settled',
  says: 'Units that came back undelivered are no part of the order any more.',
  whose: 'services',
  after: {
    RtoReceived: ({ shipmentId, parcels }) => parcelsOf({ shipmentId, parcels: parcels.filter(({ lines }) => lines.length > 0) }),
  },
  // A parcel that was lost, and given up, is no part of it when it comes back.
  comes: { LineCancelled: undeliveredOf },
  unless: orderEnded,
  within: PROMPTLY,
};

export const parcelRules: readonly Following[] = [
  labelIsAnswered,
  dispatchIsIssued,
  issueHasCause,
  parcelArrives,
  lostParcelIsResolved,
  comingBackIsReceived,
  cameBackIsCancelled,
];

export const parcelOnces: readonly Once[] = [
  {
    name: 'shipment-leaves-once',
    says: 'A shipment leaves once.',
    of: { ShipmentDispatched: ({ shipmentId }) => [{ about: shipmentId }] },
  },
  {
    name: 'stock-is-issued-once',
    says: 'The units of a shipment leave the books once.',
    of: { StockIssued: ({ shipmentId }) => [{ about: shipmentId }] },
  },
  { name: 'label-is-bought-once', says: 'A label is bought once.', of: { LabelPurchased: ({ labelId }) => [{ about: labelId }] } },
  {
    name: 'shipment-has-one-label',
    says: 'The parcels of a shipment have one label each: another one is bought only once the one before is void.',
    of: { LabelPurchased: ({ shipmentId, labelId, ...bought }) => (isOurs(bought) ? [{ about: shipmentId, thing: labelId }] : []) },
    undone: { LabelVoided: ({ shipmentId, labelId }) => [{ about: shipmentId, thing: labelId }] },
  },
  {
    name: 'tracking-number-is-of-one-parcel',
    says: 'A tracking number of a carrier is of one parcel.',
    of: {
      LabelPurchased: ({ carrier, shipmentId, parcels, ...bought }) =>
        (isOurs(bought) ? parcels : []).map(({ parcelId, trackingNumber }) => ({
          about: `${carrier}/${trackingNumber}`,
          thing: parcelOf(shipmentId, parcelId),
        })),
    },
  },
];
