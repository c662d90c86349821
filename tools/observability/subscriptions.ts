import { most, type Row } from './dashboard';

/** What other systems follow. */
export const subscriptions: Row = {
  title: 'Subscribers',
  panels: [
    {
      title: 'Events kept for subscribers',
      about: 'Public events of all services that are kept once more. A line that lies flat while orders come is a service that is deaf.',
      unit: 'none',
      queries: [most('service', 'cartage_subscriptions_facts')],
    },
    {
      title: 'Journals of orders',
      about:
        'What the publisher of order.journal has not passed yet, and what waits for the event that the journal of its order begins with. Near nothing is right.',
      unit: 'none',
      queries: [most('service', 'cartage_journal_behind_facts'), most('service', 'cartage_journal_waiting_facts')],
    },
    {
      title: 'Clients of the stream',
      about: 'Who follows GET /stream, in the process that has most. At STREAM_CLIENTS it answers 503.',
      unit: 'none',
      queries: [most('service', 'cartage_stream_clients')],
    },
  ],
};
