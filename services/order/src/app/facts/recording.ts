import type { PublicEvent } from '@cartage/contracts';
import type { DataOf, Meta } from '@cartage/eventsourcing';
import type { OrderCommand } from '../../domain/commands';
import { streamOf } from '../../domain/order';
import type { SendToOrder } from '../sending';

/** The data of a public event, as the listening groups bring it. */
export type Heard<Type extends PublicEvent['type']> = DataOf<PublicEvent, Type>;

export interface FactNeeds {
  readonly send: SendToOrder;
  readonly now: () => Date;
}

type Fact<Type extends OrderCommand['type']> = Omit<DataOf<OrderCommand, Type>, 'now'>;
type FactType = Exclude<OrderCommand['type'], 'PlaceOrder'>;

export type RecordFact = <Type extends FactType>(type: Type, orderId: string, fact: Fact<Type>, meta: Meta) => Promise<unknown>;

/** Tells an order what others decided about it. */
export const recording =
  ({ send, now }: FactNeeds): RecordFact =>
  (type, orderId, fact, meta) => {
    const data: object = { ...fact, now: now().toISOString() };
    return send(streamOf(orderId), { type, data } as OrderCommand, meta);
  };
