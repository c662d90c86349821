import { Refused, type Deadline, type Deadlines, type Meta, type OnDue } from '@cartage/eventsourcing';
import type { BrokeringEvent } from '../domain/events';
import { streamOf } from '../domain/order-brokering';

/** What may come due for an order. */
interface Due {
  /** A location that was full has a new working day. */
  readonly CapacityBack: { readonly orderId: string };
  readonly AcceptanceDue: { readonly orderId: string; readonly fulfillmentId: string };
}

/** Who is told. */
export type WhenDue = { readonly [Name in keyof Due]: (data: Due[Name], meta: Meta) => Promise<unknown> };

interface Needs {
  readonly deadlines: Deadlines;
  readonly now: () => Date;
}

const HOUR_MS = 3_600_000;

const capacityBack = (orderId: string, dueAt: string): Deadline => ({
  ...{ id: `brokering-${orderId}-CapacityBack-${dueAt}`, stream: streamOf(orderId), name: 'CapacityBack', dueAt, data: { orderId } },
});

const deadlinesOf = ({ type, data }: BrokeringEvent): readonly Deadline[] => {
  if (type === 'OrderBrokered') return data.askAgainAt === undefined ? [] : [capacityBack(data.orderId, data.askAgainAt)];
  if (type !== 'FulfillmentBrokered' || data.acceptBy === undefined) return [];
  const { orderId, fulfillmentId, acceptBy: dueAt } = data;
  const name = 'AcceptanceDue';
  return [{ id: `fulfillment-${fulfillmentId}-${name}`, stream: streamOf(orderId), name, dueAt, data: { orderId, fulfillmentId } }];
};

/** Every wait that these events begin; none on a good day, where no location has to accept what it is given. */
export const setDeadlines = async ({ deadlines }: Pick<Needs, 'deadlines'>, events: readonly BrokeringEvent[]): Promise<void> => {
  for (const deadline of events.flatMap(deadlinesOf)) await deadlines.set(deadline);
};

/** Tells what is due. What cannot be any more is refused, and that is final; but who still finds no place asks again in an hour, because places are given back at any time. */
export const onDueOf =
  ({ deadlines, now }: Needs, when: WhenDue): OnDue =>
  async ({ name, data }, meta) => {
    if (!(name in when)) return;
    const tell = when[name as keyof Due] as (data: unknown, meta: Meta) => Promise<unknown>;
    try {
      await tell(data, meta);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { orderId } = data as Due['CapacityBack'];
      if (error.code === 'STILL_UNFILLABLE') await deadlines.set(capacityBack(orderId, new Date(now().getTime() + HOUR_MS).toISOString()));
    }
  };
