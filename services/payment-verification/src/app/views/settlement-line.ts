import type { StoredEvent } from '@cartage/eventsourcing';
import { patch, put, type Change, type View } from '@cartage/views';
import { lineKinds } from '../../domain/settlements/line';
import { outcomeCodes } from '../../domain/settlements/matching';
import { resolutions, type Settled, type SettlementEvent } from '../../domain/settlements/settlement';

const agrees = (code: string): boolean => code === 'matched' || code === 'alone';

const stands = ({ data: { line, orderId, outcome, settles, at } }: { readonly data: Settled }): Change =>
  put({
    ...{ line_id: line.lineId, settlement_id: line.settlementId, source: line.source, kind: line.kind, order_id: orderId ?? null },
    ...{ outcome: outcome.code, currency: line.currency, gross: line.gross, fee: line.fee, net: line.net, expected: outcome.expected },
    settles: settles.map(({ kind, subject }) => ({ kind, id: subject })),
    ...{ line, is_open: !agrees(outcome.code), settled_at: line.settledAt, known_at: at },
  });

type Resolved = Extract<SettlementEvent, { readonly type: 'SettlementMismatchResolved' }>;

const resolved = ({ data: { line, resolution, reason, at } }: StoredEvent<Resolved>): Change =>
  patch(
    { line_id: line.lineId },
    { resolution, reason: reason.code, resolved_by: reason.actor ?? null, resolved_at: at, is_open: resolution === 'claim' },
  );

const minor = (about: string) => ({ type: 'bigint not null', about: `${about} Minor units of \`currency\`.` });

/** What do the files of providers, marketplaces and couriers say, and does it agree with what moved? */
export const settlementLine: View<SettlementEvent> = {
  name: 'settlement_line',
  about: 'One row for each line of a settlement file, with what it was found to be. The same line in another file has no second row.',
  columns: {
    line_id: { type: 'uuid not null', about: 'The line.' },
    settlement_id: { type: 'uuid not null', about: 'The settlement in which it came first.' },
    source: { type: 'text not null', about: 'Who settles.' },
    kind: { type: 'text not null', about: `One of ${lineKinds.join(', ')}.` },
    order_id: { type: 'uuid', about: 'The order, once it is known.' },
    outcome: { type: 'text not null', about: `One of ${outcomeCodes.join(', ')}; alone: nothing has to answer it, such as a fee.` },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    gross: minor('Before the fee; above zero it comes to us.'),
    fee: minor('Kept by whoever settles.'),
    net: minor('Paid out of it.'),
    expected: { type: 'bigint not null', about: 'What it should have said; minor units of the currency of what it answers.' },
    settles: { type: 'jsonb not null', about: 'The captures, refunds, shipments (cash) or chargebacks that it answers.' },
    line: { type: 'jsonb not null', about: 'The line as it was read.' },
    is_open: { type: 'boolean not null', about: 'It does not agree, and nobody has closed it.' },
    resolution: { type: 'text', about: `What a person made of it: ${resolutions.join(', ')}.` },
    reason: { type: 'text', about: 'Why: a stable code.' },
    resolved_by: { type: 'text', about: 'Who.' },
    resolved_at: { type: 'timestamptz', about: 'When.' },
    settled_at: { type: 'timestamptz not null', about: 'When it was settled, as the file says.' },
    known_at: { type: 'timestamptz not null', about: 'Since when it is known as this.' },
  },
  key: ['line_id'],
  indexes: [
    '(settled_at desc, line_id desc)',
    '(settlement_id, settled_at desc, line_id desc)',
    '(order_id)',
    '(line_id) where is_open',
    '(settled_at, line_id) where is_open',
  ],
  revision: 1,
  on: {
    SettlementLineParked: stands,
    SettlementLineBooked: stands,
    PaymentSettled: stands,
    SettlementMismatch: stands,
    SettlementLineAssigned: ({ data: { lineId, orderId } }) => patch({ line_id: lineId }, { order_id: orderId }),
    SettlementMismatchResolved: resolved,
  },
};
