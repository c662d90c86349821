import type { Measured } from './measured';

/** What other systems follow, and are sent. */
export const subscriberGauges = {
  subscriptionFacts: { name: 'cartage_subscriptions_facts', help: 'Public events that are kept for subscribers.', labels: ['service'] },
  journalWaiting: {
    name: 'cartage_journal_waiting_facts',
    help: 'Events of orders that wait for the one that the journal of their order begins with.',
    labels: ['service'],
  },
  journalBehind: {
    name: 'cartage_journal_behind_facts',
    help: 'Events that are kept and that the publisher of order.journal has not passed yet.',
    labels: ['service'],
  },
  statesBehind: {
    name: 'cartage_states_behind_facts',
    help: 'Events that are kept and that the states on the compacted topics do not show yet.',
    labels: ['service'],
  },
  streamClients: { name: 'cartage_stream_clients', help: 'Clients that follow GET /stream in this process.', labels: ['service'] },
  webhookDeliveries: {
    name: 'cartage_webhook_deliveries',
    help: 'What became of what was sent to webhook endpoints since they were made: delivered, given-up; failed counts attempts.',
    labels: ['service', 'result'],
  },
  webhookEndpoints: {
    name: 'cartage_webhook_endpoints',
    help: 'Webhook endpoints: active; failing, which take nothing and are tried carefully; paused.',
    labels: ['service', 'status'],
  },
  webhookOldest: {
    name: 'cartage_webhook_oldest_waiting_seconds',
    help: 'How long the oldest delivery waits for a webhook endpoint that is not paused; 0 when none does.',
    labels: ['service'],
  },
} as const satisfies Readonly<Record<string, Measured>>;
