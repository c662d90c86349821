import { reading, Refused, type EventStore, type History, type Loaded, type ReadingOptions } from '@cartage/eventsourcing';
import type { BrokeringEvent, DecisionRecord } from '../domain/events';
import { orderBrokering, streamOf } from '../domain/order-brokering';
import type { Brokering } from '../domain/state';

/** The brokering of one order as it stands. */
export type ReadBrokering = (orderId: string) => Promise<Loaded<Brokering>>;

/** What happened to the brokering of one order, and what that amounts to. */
export type BrokeringHistory = History<Brokering, BrokeringEvent>;

export interface BrokeringReading {
  readonly read: ReadBrokering;
  readonly history: (orderId: string) => Promise<BrokeringHistory>;
}

/** Give it the cache of the command handler: what is kept folded is not folded again. */
export const readingFrom = (
  store: Pick<EventStore, 'readMany'>,
  options: ReadingOptions<Brokering, BrokeringEvent> = {},
): BrokeringReading => {
  const { load, history } = reading<Brokering, BrokeringEvent>(store, orderBrokering, options);
  return { read: (orderId) => load(streamOf(orderId)), history: (orderId) => history(streamOf(orderId)) };
};

export const recordsOf = ({ events }: BrokeringHistory): readonly DecisionRecord[] =>
  events.flatMap((event) => (event.type === 'OrderBrokered' ? [event.data] : []));

export const requireRecord = (records: readonly DecisionRecord[], decisionId: string): DecisionRecord => {
  const record = records.find((one) => one.decisionId === decisionId);
  if (!record) throw new Refused('DECISION_UNKNOWN', `There is no decision ${decisionId}, or not yet.`, 'unknown');
  return record;
};
