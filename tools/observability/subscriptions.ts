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
      title: 'States of what is now',
      about:
        'What the records on the compacted topics (order.state and the others) do not show yet. Near nothing is right; after a change of how they are made it begins at all that is kept, and falls.',
      unit: 'none',
      queries: [most('service', 'cartage_states_behind_facts')],
    },
    {
      title: 'Clients of the stream',
      about: 'Who follows GET /stream, in the process that has most. At STREAM_CLIENTS it answers 503.',
      unit: 'none',
      queries: [most('service', 'cartage_stream_clients')],
    },
    {
      title: 'Webhook endpoints',
      about:
        'How many take what they are sent, how many do not and are tried carefully, and how many are paused, by hand or because they took nothing for three days.',
      unit: 'none',
      queries: [most('status', 'cartage_webhook_endpoints')],
    },
    {
      title: 'Deliveries to webhook endpoints',
      about:
        'What became of what was sent, in five minutes: delivered, failed (each attempt that came to nothing), given up after three days.',
      unit: 'none',
      queries: [most('result', 'delta(cartage_webhook_deliveries[5m])')],
    },
    {
      title: 'Oldest delivery that waits',
      about:
        'For an endpoint that is not paused. Seconds are right; what grows while endpoints are active is our own sending that is too slow.',
      unit: 's',
      queries: [most('service', 'cartage_webhook_oldest_waiting_seconds')],
    },
  ],
};
