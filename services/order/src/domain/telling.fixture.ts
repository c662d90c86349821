import type { PublicEvent } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { Fact } from './facts';
import { id, orderId } from './order.fixture';

type Told<Type extends Fact['type']> = Extract<Fact, { readonly type: Type }>;
export const tell = <Type extends Fact['type']>(type: Type, data: DataOf<PublicEvent, Type>): Told<Type> => ({ type, data }) as Told<Type>;
export const money = { orderId, paymentId: id(2), currency: 'GBP', amount: 2134 } as const;
export const fulfillment = { orderId, fulfillmentId: id(3), location: 'LON-1' } as const;
export const shipment = { shipmentId: id(4), ...fulfillment } as const;
