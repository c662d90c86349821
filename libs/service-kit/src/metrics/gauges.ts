import { channelGauges } from './channel-gauges';
import type { Measured } from './measured';
import { subscriberGauges } from './subscriber-gauges';

/** One value of a gauge at the time that somebody asks. */
export interface Reading {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The gauges of every process. Each has a bounded number of label values: services, groups, views, states; never an order or a customer. */
export const gauges = {
  deadLetters: {
    name: 'cartage_dead_letters',
    help: 'Events that a listener could not take, and what waits behind them.',
    labels: ['service'],
  },
  parked: { name: 'cartage_parked_publications', help: 'Events that the broker will never take.', labels: ['service'] },
  followerLag: {
    name: 'cartage_log_follower_lag_positions',
    help: 'Positions between the end of the log and what a follower of it (publisher, listening group) has done: events in Postgres, bytes in KurrentDB.',
    labels: ['service', 'follower'],
  },
  viewLag: {
    name: 'cartage_view_lag_seconds',
    help: 'Age of what a view does not show yet; 0 when it shows everything.',
    labels: ['service', 'view'],
  },
  viewFailing: { name: 'cartage_view_failing', help: '1 while a view stands still for an error.', labels: ['service', 'view'] },
  groupWaiting: {
    name: 'cartage_listener_waiting_seconds',
    help: 'Since when a listening group waits for something that is away, or for the broker; 0 while it listens.',
    labels: ['service', 'group'],
  },
  groupBehind: {
    name: 'cartage_listener_lag_records',
    help: 'Records of Kafka that this member of a group had not done when it fetched last. Embedded, see cartage_log_follower_lag_positions.',
    labels: ['service', 'group'],
  },
  groupDeadKeys: { name: 'cartage_listener_dead_keys', help: 'Keys that stand behind a dead letter.', labels: ['service', 'group'] },
  groupEarlyKeys: {
    name: 'cartage_listener_early_keys',
    help: 'Keys that wait for what a neighbour has not told yet.',
    labels: ['service', 'group'],
  },
  publishes: { name: 'cartage_publisher_active', help: '1 where this process publishes the log of the service.', labels: ['service'] },
  overdue: { name: 'cartage_deadlines_overdue', help: 'Deadlines that are due and not told yet.', labels: ['service'] },
  overdueSeconds: { name: 'cartage_deadlines_overdue_seconds', help: 'How long the first of them is due.', labels: ['service'] },
  parkedNotices: {
    name: 'cartage_parked_notices',
    help: 'What others told and nothing here fits yet: it waits for what it speaks of, or for a person.',
    labels: ['service', 'state'],
  },
  parkedNoticesSeconds: {
    name: 'cartage_parked_notices_seconds',
    help: 'How long the oldest of them waits; 0 when none does.',
    labels: ['service', 'state'],
  },
  reportingMissing: {
    name: 'cartage_reporting_missing_events',
    help: 'Events that the tables for analysts lack, though later ones of the same subject are in them: GET /reporting/freshness.',
    labels: ['service', 'topic'],
  },
  pickupsMissed: {
    name: 'cartage_pickups_missed',
    help: 'Pickups of the last two days that no carrier came to, though shipments waited.',
    labels: ['service'],
  },
  ...channelGauges,
  supplierOrdersOverdue: {
    name: 'cartage_supplier_orders_overdue',
    help: 'Orders at suppliers that were not answered, or not shipped, by the time that was agreed.',
    labels: ['supplier'],
  },
  partnerOpen: {
    name: 'cartage_partner_open',
    help: 'What partners that fulfil for us, and returns providers, are still to be told, have not answered in time, or refused; and what they said that waits, or was refused.',
    labels: ['partner', 'state'],
  },
  partnerOpenSeconds: {
    name: 'cartage_partner_open_seconds',
    help: 'How long the oldest of those is open; 0 when none is.',
    labels: ['partner', 'state'],
  },
  payoutsFailed: {
    name: 'cartage_payouts_failed',
    help: 'Payouts that a bank did not take, whose money has not come with another one yet.',
    labels: ['service', 'provider'],
  },
  personErasures: {
    name: 'cartage_person_erasures',
    help: 'Persons who are to be forgotten: waiting for their orders, asked of the services, or overdue, because one has not answered in time.',
    labels: ['service', 'state'],
  },
  logUnattested: {
    name: 'cartage_log_unattested_seconds',
    help: 'Age of the oldest event that is not attested yet; 0 when all are.',
    labels: ['service'],
  },
  logBroken: {
    name: 'cartage_log_broken_attestations',
    help: 'Attestations of the log that do not hold: events are not those that were signed for, or a signature or link is wrong.',
    labels: ['service'],
  },
  pool: {
    name: 'cartage_database_connections',
    help: 'Connections to Postgres: open, idle, and callers that wait for one.',
    labels: ['service', 'state'],
  },
  carrierFindings: {
    name: 'cartage_carrier_findings_over_limit_minor_units',
    help: 'By how much open findings in a carrier’s invoices exceed what its terms bear, of each currency with a limit.',
    labels: ['service', 'carrier', 'currency'],
  },
  moneyOverdue: {
    name: 'cartage_money_overdue_minor_units',
    help: 'Money that came in, and that who has it has not handed over in the time that they take.',
    labels: ['service', 'source', 'currency'],
  },
  orders: { name: 'cartage_orders', help: 'Orders that are neither completed nor cancelled, by status.', labels: ['state'] },
  ordersOldest: {
    name: 'cartage_orders_oldest_seconds',
    help: 'How long ago the oldest of them was placed, by status; 0 when there is none.',
    labels: ['state'],
  },
  orderHolds: { name: 'cartage_order_holds', help: 'Orders that a hold of this type keeps from going on.', labels: ['hold'] },
  orderHoldsOldest: {
    name: 'cartage_order_holds_oldest_seconds',
    help: 'How long ago the oldest of them was placed; 0 when there is none.',
    labels: ['hold'],
  },
  promisesInAlarm: {
    name: 'cartage_promises_in_alarm',
    help: 'Ship groups whose promised date will be missed unless somebody acts, or was missed and is not made good.',
    labels: ['alarm', 'deadline'],
  },
  paymentsInAttention: {
    name: 'cartage_payments_attention',
    help: 'Payments with something that waits for a person, or for another try.',
    labels: ['matter'],
  },
  learnedGap: {
    name: 'cartage_learned_foretold_beyond_happened',
    help: 'By how much what was learned foretold more than happened, of the last decisions whose outcome is known; 0 while none is.',
    labels: ['model'],
  },
  providerCalls: {
    name: 'cartage_provider_calls_open',
    help: 'Calls to payment providers whose outcome is not known yet.',
    labels: ['operation'],
  },
  providerCallsOldest: {
    name: 'cartage_provider_calls_open_seconds',
    help: 'How long ago the oldest of them was asked; 0 when there is none.',
    labels: ['operation'],
  },
  refundsLate: {
    name: 'cartage_refunds_late',
    help: 'Returns whose customers wait for their money longer than the policy promised them.',
    labels: ['service'],
  },
  refundsLateSeconds: {
    name: 'cartage_refunds_late_seconds',
    help: 'For how long the first of them has been late; 0 when none is.',
    labels: ['service'],
  },
  shipments: {
    name: 'cartage_shipments',
    help: 'Shipments that have not arrived, by where they stand and who carries them: `none` before anybody does, `other` for carriers that only a partner names.',
    labels: ['carrier', 'state'],
  },
  shipmentsOldest: {
    name: 'cartage_shipments_oldest_seconds',
    help: 'How long ago the oldest of them could be packed.',
    labels: ['carrier', 'state'],
  },
  auditFindings: {
    name: 'cartage_audit_findings_open',
    help: 'What the audit found and nobody closed: missing, uncaused, doubled, stalled, gap. Nothing lost, nothing doubled: 0 of each.',
    labels: ['kind'],
  },
  auditFindingsOldest: {
    name: 'cartage_audit_findings_oldest_seconds',
    help: 'For how long the oldest of them is so; 0 when there is none.',
    labels: ['kind'],
  },
  auditFacts: { name: 'cartage_audit_facts_heard', help: 'Events that the audit heard, repetitions too.', labels: ['topic'] },
  auditAwaited: { name: 'cartage_audit_awaited', help: 'What must still follow from what was heard.', labels: ['service'] },
  ...subscriberGauges,
  up: { name: 'cartage_part_up', help: '0 where a part of the process says that it does not work, as in /health/ready.', labels: ['part'] },
} as const satisfies Readonly<Record<string, Measured>>;

export type GaugeName = keyof typeof gauges;
export type Readings = Partial<Record<GaugeName, readonly Reading[]>>;
