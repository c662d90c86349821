import { Topics, type Envelope, type InventoryEvent, type Topic } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import type { AnyListener, Listener } from '@cartage/messaging';
import type { ChannelUpdates, OrderFact } from '../../app/channels/channel-updates';
import { dueOfOrder, dueOfPayment, dueOfReturns, dueOfShipping } from '../../app/channels/updates-due';

type Hearing = Pick<ChannelUpdates, 'hear' | 'hearStock'>;

/** Replays tell nobody anything: listeners of effects take none. */
const facts = ({ hear }: { readonly hear: Hearing['hear'] }, [group, topic, due]: readonly [string, Topic, object]): AnyListener => ({
  group,
  topic,
  on: Object.fromEntries(
    Object.keys(due).map((type) => [
      type,
      (_: unknown, __: Meta, { id: eventId, data, time: recordedAt }: Envelope) =>
        hear({ type, data: data as OrderFact['data'], eventId, recordedAt }),
    ]),
  ),
});

const stock = (updates: Hearing): Listener<InventoryEvent> => ({
  group: 'order.channel-stock',
  topic: Topics.inventory,
  on: { AvailabilityChanged: (availability) => updates.hearStock(availability) },
});

/** What connected channels are told follows from these. */
export const updateListeners = (updates: Hearing): readonly AnyListener[] => {
  const hear: Hearing['hear'] = (fact) => updates.hear(fact);
  return [
    facts({ hear }, ['order.channel-orders', Topics.order, dueOfOrder]),
    facts({ hear }, ['order.channel-parcels', Topics.shipping, dueOfShipping]),
    facts({ hear }, ['order.channel-refunds', Topics.payment, dueOfPayment]),
    facts({ hear }, ['order.channel-returns', Topics.returns, dueOfReturns]),
    stock(updates),
  ];
};
