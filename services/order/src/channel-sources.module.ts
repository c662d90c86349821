import type { Meta } from '@cartage/eventsourcing';
import { idFor, sweeping, type Kit } from '@cartage/service-kit';
import type { HeardAfterSale } from './app/channels/after-sale';
import type { MessageTable } from './app/channels/channel-message';
import type { Inbox } from './app/channels/channel-messages';
import type { ChannelSources } from './app/channels/channel-source';
import { Comparing } from './app/channels/comparing';
import { Differences } from './app/channels/differences';
import type { Followed, OrderAtChannelNeeds } from './app/channels/order-at-channel';
import { allEnded, polling, pollingAfterSale, type PollingNeeds } from './app/channels/polling';
import { differenceKinds } from './domain/channel-differences';
import type { ChannelSettings } from './edge/channels/channel-settings';
import { differenceReadings, differenceTable } from './edge/channels/differences/difference-table';
import { ChannelDifferencesController, COMPARING, DIFFERENCES } from './edge/channels/differences/differences.controller';
import { pollTable } from './edge/channels/poll-table';

interface Needs extends Pick<OrderAtChannelNeeds, 'cancellations' | 'read' | 'orderIdOf'> {
  readonly sources: ChannelSources;
  readonly inTurn: MessageTable['inTurn'];
  readonly followAfterSale: (heard: HeardAfterSale, meta: Meta) => Promise<Followed>;
  /** There is something to tell a channel. */
  readonly ring: () => void;
}

/** How often it is looked whether it is time to ask a channel. */
const POLL_LOOK_MS = 5_000;
const COMPARE_LOOK_MS = 30_000;
const MINUTE_MS = 60_000;

/** What channels have to be asked for: their orders, and what came after. */
const asking = ({ newId, clock, log, pool }: Kit<ChannelSettings>, inbox: Inbox, sources: ChannelSources) => {
  const needs: PollingNeeds = { sources, log: pollTable(pool), take: (...message) => inbox.receiveAsked(...message), newId, clock };
  const of = { clock, log, everyMs: POLL_LOOK_MS };
  const [askOrders, askAfterSale] = [polling(needs), pollingAfterSale(needs)];
  return [
    sweeping((_, stopping) => askOrders(stopping), { ...of, trouble: 'channels could not be asked for their orders' }),
    sweeping((_, stopping) => askAfterSale(stopping), { ...of, trouble: 'channels could not be asked for their returns and refunds' }),
  ];
};

/** Each channel that can be asked, when its time has come. One that is away keeps no other back. */
const comparingAll = ({ newId, clock, log }: Kit<ChannelSettings>, comparing: Comparing, sources: ChannelSources) => {
  const metaOf = (id: string): Meta => ({ commandId: id, correlationId: id, actor: 'order' });
  const sweep = (_: string, stopping: AbortSignal): Promise<void> =>
    allEnded([...sources.keys()].map((channel) => comparing.ask(channel, metaOf(newId()), { stopping })));
  return sweeping(sweep, { clock, log, everyMs: COMPARE_LOOK_MS, trouble: 'orders could not be compared with their channels' });
};

/** Channels that can be asked for their orders, and what both sides say otherwise of them. Without any such channel nothing runs; a list may be compared all the same. */
export const sourceParts = (kit: Kit<ChannelSettings>, inbox: Inbox, { sources, ring, inTurn, ...needs }: Needs) => {
  const { pool, now, settings } = kit;
  const table = differenceTable(pool);
  const take = (...message: Parameters<Inbox['receiveAsked']>) => inbox.receiveAsked(...message);
  const comparing = new Comparing({
    ...{ ...needs, sources, table, log: pollTable(pool), take, idFor, now },
    ...{ everyMs: settings.CHANNEL_COMPARE_MINUTES * MINUTE_MS, inFlightMs: settings.CHANNEL_IN_FLIGHT_MINUTES * MINUTE_MS },
  });
  const differences = new Differences({ ...needs, table, sources, inTurn, take, idFor, now, ring });
  return {
    running: sources.size > 0 ? [...asking(kit, inbox, sources), comparingAll(kit, comparing, sources)] : [],
    readings: () => differenceReadings(pool, differenceKinds, now()),
    heardBooks: (...books: Parameters<Comparing['heardBooks']>) => comparing.heardBooks(...books),
    controllers: [ChannelDifferencesController],
    providers: [
      { provide: DIFFERENCES, useValue: differences },
      { provide: COMPARING, useValue: comparing },
    ],
  };
};
