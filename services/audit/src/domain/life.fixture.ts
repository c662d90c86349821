import { contracts, type PublicEvent } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { Heard } from './book';
import { MINUTE, type EventType } from './rule';

export const orderId = '0199a3c4-7b1e-7c3d-9f2a-00000000000a';
export const [paymentId, fulfillmentId, shipmentId, captureId, labelId] = [
  'payment',
  'fulfillment',
  'shipment',
  'capture',
  'label',
] as const;

const begun = Date.parse('2026-11-23T09:00:00.000Z');
export const minute = (n: number): string => new Date(begun + n * MINUTE).toISOString();

const topicOf = new Map(contracts.map(({ type, topic }) => [type, topic]));

/** Golden samples, as the test kit has them. */
export type Samples = (type: EventType) => object;

/** When, and of which subject: the order, unless another is named. */
export interface When {
  readonly at: number;
  readonly of?: string;
}

/** Tells events as the services do: each subject of a topic counts its own. */
export class Telling {
  private readonly counts = new Map<string, number>();
  private ids = 0;

  constructor(private readonly sampleOf: Samples) {}

  tell<Type extends EventType>({ at, of: subject = orderId }: When, type: Type, data: Partial<DataOf<PublicEvent, Type>>): Heard {
    const topic = topicOf.get(type);
    if (!topic) throw new Error(`Nobody publishes ${type}.`);
    const sequence = (this.counts.get(`${topic} ${subject}`) ?? 0) + 1;
    this.counts.set(`${topic} ${subject}`, sequence);
    this.ids += 1;
    const id = `00000000-0000-7000-8000-${String(this.ids).padStart(12, '0')}`;
    const { orderId: key = subject } = data as { readonly orderId?: string };
    // The sample of the type, changed here and there: the compiler cannot see that it is still of that type.
    return { id, type, topic, subject, key, time: minute(at), sequence, data: { ...this.sampleOf(type), ...data } } as unknown as Heard;
  }
}

/** An order from its placement to its delivery; each event a minute after the one before. */
export const wholeLife = (sampleOf: Samples): readonly Heard[] => {
  const { lines } = sampleOf('OrderPlaced') as DataOf<PublicEvent, 'OrderPlaced'>;
  const sold = lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));
  const parcels = [{ parcelId: 'parcel', trackingNumber: 'T1', lines: sold }];
  const telling = new Telling(sampleOf);
  let at = 0;
  const tell = <Type extends EventType>(type: Type, data: Partial<DataOf<PublicEvent, Type>>, of?: string): Heard =>
    telling.tell({ at: (at += 1), ...(of === undefined ? {} : { of }) }, type, { orderId, ...data } as Partial<DataOf<PublicEvent, Type>>);
  const shipment = { shipmentId, fulfillmentId };
  return [
    tell('OrderPlaced', { payments: [{ paymentId, method: 'card', amount: 720 }] }),
    tell('StockReserved', { lines: sold }),
    tell('PaymentAuthorized', { paymentId }),
    tell('OrderConfirmed', { lines: sold.map((line) => ({ ...line, shipGroupId: '1' })) }),
    tell('FulfillmentBrokered', { fulfillmentId, lines: sold }, fulfillmentId),
    tell('StockAllocated', { fulfillmentId, lines: sold }),
    tell('FulfillmentAccepted', { fulfillmentId }, fulfillmentId),
    tell('ShipmentPacked', shipment, shipmentId),
    tell('LabelRequested', { ...shipment, labelId }, shipmentId),
    tell('LabelPurchased', { ...shipment, labelId, parcels }, shipmentId),
    tell('ShipmentDispatched', { ...shipment, parcels, lines: sold }, shipmentId),
    tell('StockIssued', { ...shipment, lines: sold }),
    tell('PaymentCaptured', { paymentId, captureId, shipmentId }),
    tell('ShipmentDelivered', { ...shipment, parcels, lines: sold }, shipmentId),
    tell('OrderCompleted', {}),
  ];
};
