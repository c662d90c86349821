import { Refused, type Deadline, type Deadlines, type Meta, type OnDue } from '@cartage/eventsourcing';
import { streamOf } from '../domain/order-brokering';
import type { HandledBrokering } from './routing';

interface Needs {
  readonly deadlines: Deadlines;
  readonly now: () => Date;
}

const NAME = 'CapacityBack';
const HOUR_MS = 3_600_000;

const askingAt = (orderId: string, dueAt: string): Deadline => ({
  ...{ id: `brokering-${orderId}-${NAME}-${dueAt}`, stream: streamOf(orderId), name: NAME, dueAt, data: { orderId } },
});

/** Lines that wait for capacity are asked for again when a location that is full begins its next working day. */
export const askAgainLater = async ({ deadlines }: Needs, { events }: Pick<HandledBrokering, 'events'>): Promise<void> => {
  for (const { type, data } of events)
    if (type === 'OrderBrokered' && data.askAgainAt !== undefined) await deadlines.set(askingAt(data.orderId, data.askAgainAt));
};

/** Whoever finds no place then asks again in an hour: what comes to nothing elsewhere gives its place back at any time. */
export const onCapacityDue =
  ({ deadlines, now }: Needs, brokerOnNewDay: (orderId: string, meta: Meta) => Promise<unknown>): OnDue =>
  async ({ name, data }, meta) => {
    if (name !== NAME) return;
    const { orderId } = data as { readonly orderId: string };
    try {
      await brokerOnNewDay(orderId, meta);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === 'STILL_UNFILLABLE') await deadlines.set(askingAt(orderId, new Date(now().getTime() + HOUR_MS).toISOString()));
    }
  };
