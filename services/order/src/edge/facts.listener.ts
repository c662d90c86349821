import { Topics } from '@cartage/contracts';
import type { AnyListener } from '@cartage/messaging';
import type { Meta } from '@cartage/eventsourcing';
import type { RecordFact } from '../app/facts';
import { factContracts, type Fact } from '../domain/facts';

/** The groups of this service: their positions hang on the names. */
const groups = [
  ['order.inventory', Topics.inventory],
  ['order.payment', Topics.payment],
  ['order.fulfillment', Topics.fulfillment],
  ['order.shipping', Topics.shipping],
  ['order.returns', Topics.returns],
] as const;

/** Listens to everything that the order's table of facts has a line for. */
export const factListeners = (record: RecordFact): readonly AnyListener[] =>
  groups.map(([group, topic]) => ({
    group,
    topic,
    on: Object.fromEntries(
      factContracts
        .filter((contract) => contract.topic === topic)
        .map(({ type }) => [type, (data: unknown, meta: Meta) => record({ type, data } as Fact, meta)]),
    ),
  }));
