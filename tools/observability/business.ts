import { most, type Dashboard, type Row } from './dashboard';
import { channels, shipping } from './parties';

const orders: Row = {
  title: 'Orders',
  panels: [
    {
      title: 'Orders by state',
      about: 'Orders that are neither completed nor cancelled.',
      unit: 'none',
      queries: [most('state', 'cartage_orders')],
    },
    {
      title: 'Oldest order in each state',
      about: 'How long ago the oldest order of each state was placed. A line that climbs by itself is an order that nobody moves.',
      unit: 's',
      queries: [most('state', 'cartage_orders_oldest_seconds')],
    },
    {
      title: 'What holds orders',
      about: 'Orders on hold by what holds them; what helps with each: docs/how-to/operate.md.',
      unit: 'none',
      queries: [most('hold', 'cartage_order_holds', ' > 0')],
    },
    {
      title: 'Oldest order behind each hold',
      about: 'How long ago the oldest order that is held by each was placed.',
      unit: 's',
      queries: [most('hold', 'cartage_order_holds_oldest_seconds', ' > 0')],
    },
  ],
};

const promises: Row = {
  title: 'Promises',
  panels: [
    {
      title: 'Dates at risk',
      about: 'Ship groups whose date will be missed unless somebody acts now: GET /promises/late?alarm=at-risk.',
      unit: 'none',
      queries: [most('deadline', 'cartage_promises_in_alarm{alarm="at-risk"}')],
    },
    {
      title: 'Dates that were missed',
      about: 'Ship groups whose date has passed and that are not made good: GET /promises/late?alarm=missed.',
      unit: 'none',
      queries: [most('deadline', 'cartage_promises_in_alarm{alarm="missed"}')],
    },
  ],
};

const money: Row = {
  title: 'Money',
  panels: [
    {
      title: 'Payments that need somebody',
      about: 'Payments with something that waits for a person, or for another try: GET /payments?attention=any.',
      unit: 'none',
      queries: [most('matter', 'cartage_payments_attention')],
    },
    {
      title: 'Calls without an answer',
      about: 'Calls to payment providers whose outcome is not known yet. They are asked for again by themselves.',
      unit: 'none',
      queries: [most('operation', 'cartage_provider_calls_open')],
    },
    {
      title: 'Oldest call without an answer',
      about: 'For so long the oldest of these calls has had no known outcome. Minutes are a provider in trouble.',
      unit: 's',
      queries: [most('operation', 'cartage_provider_calls_open_seconds')],
    },
    {
      title: 'Foretold beyond what happened',
      about:
        'Drift of what was learned: of risk a share of orders, GET /payments/models/risk. Away from 0 for weeks: look before it decides.',
      unit: 'none',
      queries: [most('model', 'cartage_learned_foretold_beyond_happened')],
    },
    {
      title: 'Money that is overdue',
      about:
        'What providers, marketplaces and carriers should have settled by now, in minor units of each currency: GET /payments/outstanding?overdue=true.',
      unit: 'none',
      queries: [most('source, currency', 'cartage_money_overdue_minor_units')],
    },
    {
      title: 'Payouts that failed',
      about: 'Payouts that a bank did not take, and whose money has not come since: GET /payments/payouts?status=failed.',
      unit: 'none',
      queries: [most('provider', 'cartage_payouts_failed')],
    },
    {
      title: 'Refunds that are late',
      about:
        'Returns whose customers wait for their money longer than they were promised, and for how many seconds: GET /returns?promisedBefore=now.',
      unit: 'none',
      queries: [most('service', 'cartage_refunds_late'), most('service', 'cartage_refunds_late_seconds')],
    },
    {
      title: 'Oldest notice that fits nothing',
      about:
        'How long what a provider or a carrier told waits for what it speaks of, or for a person: money may have moved that no payment here knows.',
      unit: 's',
      queries: [most('service, state', 'cartage_parked_notices_seconds')],
    },
    {
      title: 'Events that the numbers lack',
      about:
        'Events that the tables for analysts lack, though later ones of the same subject are in them: GET /reporting/freshness. 0 is the rule.',
      unit: 'none',
      queries: [most('topic', 'cartage_reporting_missing_events')],
    },
  ],
};

/** For whoever answers for orders. */
export const business: Dashboard = {
  uid: 'cartage-business',
  title: 'Cartage: business',
  about: 'How orders, promises, money, channels and carriers stand.',
  byService: false,
  rows: [orders, promises, money, channels, shipping],
};
