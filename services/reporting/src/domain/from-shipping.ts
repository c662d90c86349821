import type { ShippingEvent } from '@cartage/contracts';
import { about, type Fact, type Row } from './table';
import { carrierService } from './dimensions';
import { factOrder, factOrderLine } from './order-tables';
import { namedForLabel, namedRules } from './policies';
import { factReturn } from './return-tables';
import { factParcelEvent, factShipment } from './shipping-tables';
import { unitsOf, type Extraction, type Stamp } from './extraction';

interface OfShipment {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly fulfillmentId: string;
  readonly location: string;
}

const shipment = ({ shipmentId, orderId, fulfillmentId, location }: OfShipment, row: Row): Fact =>
  about(factShipment, { shipment_id: shipmentId, order_id: orderId, fulfillment_id: fulfillmentId, location_key: location, ...row });

interface Scanned extends OfShipment {
  readonly carrier: string;
  readonly reason?: { readonly code: string };
}

interface OfParcel {
  readonly kind: string;
  readonly parcelId: string;
  readonly happenedAt: string;
  readonly recordedAt: string;
}

const parcelEvent = (data: Scanned, { kind, parcelId, happenedAt, recordedAt }: OfParcel, { id }: Stamp): Fact =>
  about(factParcelEvent, {
    event_id: id,
    parcel_id: parcelId,
    shipment_id: data.shipmentId,
    order_id: data.orderId,
    location_key: data.location,
    carrier: data.carrier,
    kind,
    reason: data.reason?.code,
    happened_at: happenedAt,
    recorded_at: recordedAt,
  });

interface Scan extends Scanned {
  readonly parcelId: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
}

const scan = (kind: string, data: Scan, stamp: Stamp): Fact => parcelEvent(data, { ...data, kind, happenedAt: data.occurredAt }, stamp);

interface Several extends Scanned {
  readonly parcels: readonly { readonly parcelId: string }[];
  readonly occurredAt: string;
  readonly recordedAt: string;
}

const scans = (kind: string, data: Several, stamp: Stamp): readonly Fact[] =>
  data.parcels.map(({ parcelId }) => scan(kind, { ...data, parcelId }, stamp));

interface OfReturn {
  readonly returnId: string;
  readonly orderId: string;
}

const wayBack = ({ returnId, orderId }: OfReturn, row: Row): Fact => about(factReturn, { return_id: returnId, order_id: orderId, ...row });

interface Line {
  readonly lineId: string;
  readonly quantity: number;
}

const lineCounts = (orderId: string, lines: readonly Line[], column: 'dispatched_units' | 'delivered_units'): readonly Fact[] =>
  lines.map(({ lineId, quantity }) => about(factOrderLine, { order_id: orderId, line_id: lineId, [column]: quantity }));

export const fromShipping: Extraction<ShippingEvent> = {
  ShipmentPacked: (data) => [
    shipment(data, {
      parcels: data.parcels.length,
      units: unitsOf(data.lines),
      weight_grams: data.parcels.reduce((sum, { weightGrams }) => sum + weightGrams, 0),
      packed_at: data.packedAt,
    }),
    about(factOrder, { order_id: data.orderId, packed_at: data.packedAt }),
  ],
  LabelRequested: (data) => [
    shipment(data, { label_requested_at: data.requestedAt, ...(data.policy === undefined ? {} : namedRules(data.policy)) }),
  ],
  LabelPurchased: (data) => [
    shipment(data, {
      carrier_service_key: carrierService(data.carrier, data.service),
      label_cost: data.cost,
      label_currency: data.currency,
      labels: 1,
      labelled_at: data.purchasedAt,
    }),
  ],
  LabelVoided: (data) => [shipment(data, { label_cost: data.cost === undefined ? undefined : 0 - data.cost })],
  LabelFailed: (data) => [
    shipment(data, { label_failures: 1, label_failed_at: data.failedAt, ...(data.policy === undefined ? {} : namedRules(data.policy)) }),
  ],
  ShipmentDispatched: (data, stamp) => [
    shipment(data, {
      parcels: data.parcels.length,
      units: unitsOf(data.lines),
      dispatched_at: data.dispatchedAt,
      dispatched_units: unitsOf(data.lines),
    }),
    about(factOrder, { order_id: data.orderId, dispatched_at: data.dispatchedAt }),
    ...lineCounts(data.orderId, data.lines, 'dispatched_units'),
    ...scans('dispatched', { ...data, occurredAt: data.dispatchedAt, recordedAt: stamp.time }, stamp),
  ],
  ShipmentInTransit: (data, stamp) => [scan('in-transit', data, stamp)],
  ShipmentOutForDelivery: (data, stamp) => [scan('out-for-delivery', data, stamp)],
  DeliveryAttemptFailed: (data, stamp) => [scan('attempt-failed', data, stamp), shipment(data, { attempts_failed: 1 })],
  ShipmentException: (data, stamp) => [scan('exception', data, stamp), shipment(data, { exceptions: 1 })],
  ArrivedAtStore: (data, stamp) => scans('at-store', data, stamp),
  ShipmentDelivered: (data, stamp) => [
    shipment(data, {
      delivered_at: data.occurredAt,
      delivered_parcels: data.parcels.length,
      delivered_units: unitsOf(data.lines),
    }),
    about(factOrder, { order_id: data.orderId, delivered_at: data.occurredAt }),
    ...lineCounts(data.orderId, data.lines, 'delivered_units'),
    ...scans('delivered', data, stamp),
  ],
  RtoInitiated: (data, stamp) => [...scans('sent-back', data, stamp), shipment(data, { sent_back_at: data.occurredAt })],
  RtoInTransit: (data, stamp) => [scan('back-in-transit', data, stamp)],
  RtoReceived: (data) => [shipment(data, { received_back_at: data.receivedAt })],
  ParcelLost: (data) => [shipment(data, { lost_at: data.lostAt })],
  ShipmentCancelled: (data) => [shipment(data, { cancelled_at: data.cancelledAt })],
  ReturnLabelRequested: (data) => [
    wayBack(data, { label_requested_at: data.requestedAt, ...(data.policy === undefined ? {} : namedForLabel(data.policy)) }),
  ],
  ReturnLabelPurchased: (data) => [wayBack(data, { labels: 1, label_cost: data.cost, label_currency: data.currency })],
  ReturnLabelVoided: (data) => [wayBack(data, { label_cost: data.cost === undefined ? undefined : 0 - data.cost })],
  ReturnLabelFailed: (data) => [
    wayBack(data, { label_failures: 1, label_failed_at: data.failedAt, ...(data.policy === undefined ? {} : namedForLabel(data.policy)) }),
  ],
};
