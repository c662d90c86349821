import { currency, integer, list, money, nullable, object, oneOf, optional, text, time, truth, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer, type LineFault } from '@cartage/service-kit';
import type { PayoutRow } from '../../app/views/payout-list';
import type { LineGroup, SettlementTotal } from '../../app/settlements/report';
import type { SettlementLineRow } from '../../app/settlements/settlement-lines';
import type { SettlementFile } from '../../app/settlements/settlement-files';
import { lineKinds } from '../../domain/settlements/line';
import { payoutStatuses } from '../../domain/settlements/payout';
import { outcomeCodes } from '../../domain/settlements/matching';
import { resolutions } from '../../domain/settlements/settlement';

const file = object({
  fileId: uuid('It follows from what the file holds: the same file is the same one.'),
  settlementId: uuid('The settlement that it is a part of: its own, unless it mends rows of another file.'),
  source: text('Who settles.'),
  status: oneOf(['running', 'done', 'broken-off'], '`broken-off`: send the same file, and it goes on where it was.'),
  records: integer('That were looked at.'),
  imported: integer('Lines that were not here before.'),
  unchanged: integer('Lines that were here before: in this file or another one.'),
  rejected: integer('That are wrong; the others were taken all the same.'),
  lastLine: integer('Up to which the file was taken.'),
  startedAt: time(),
  changedAt: time(),
  by: text('Who sent it.'),
});
export const fileAnswer = answerOf<SettlementFile>()('SettlementFile', file);
export const filePage = pageAnswer(fileAnswer);

const rejection = answerOf<LineFault & { readonly fileId: string }>()(
  'SettlementRejection',
  object({
    fileId: uuid(),
    line: integer('On which the record ends; of a CSV file the header is line 1.'),
    field: text('The column, or our word for it where it has none; empty: the line as a whole.'),
    code: text('Stable.'),
    message: text('For a person.'),
  }),
);
export const rejectionPage = pageAnswer(rejection);

const kind = oneOf(lineKinds);
const outcome = oneOf(
  outcomeCodes,
  'What it was found to be; `alone`: nothing has to answer it, such as a fee; `unmatched`: it waits for what it speaks of.',
);
export const settlementLine = object({
  settlementLineId: uuid(),
  settlementId: uuid(),
  settlementSource: text('Who settles.'),
  kind,
  orderId: nullable(uuid('Null while no order is known that it belongs to.')),
  outcome,
  currency: currency(),
  gross: money('Before the fee; above zero it comes to us.'),
  fee: money('Kept by whoever settles.'),
  net: money('Paid out of it.'),
  customer: nullable(
    object({
      currency: currency(),
      gross: money('Minor units of this currency.'),
      rate: optional(text('What one of it was exchanged for, in decimal, as the file says.')),
    }),
  ),
  expected: money('What it should have said, in the currency of what it answers.'),
  settles: list(object({ kind: text(), id: uuid('The capture, refund, chargeback, or the shipment whose cash it is.') })),
  references: list(text(), 'What it names.'),
  orderNumber: nullable(text()),
  open: truth('It does not agree, and nobody has closed it.'),
  resolution: nullable(oneOf(resolutions)),
  reason: nullable(text('Why: a stable code.')),
  resolvedBy: nullable(text()),
  resolvedAt: nullable(time()),
  settledAt: time('As the file says.'),
});
export const lineAnswer = answerOf<SettlementLineRow>()('SettlementLine', settlementLine);
export const linePage = pageAnswer(lineAnswer);

const payout = object({
  payoutId: uuid(),
  provider: text('The account that pays it.'),
  number: text('The provider’s own number of it.'),
  status: oneOf(payoutStatuses, '`failed`: it has not come, whatever was said before.'),
  reason: nullable(text('Why it failed: a stable code.')),
  currency: currency(),
  amount: money('Minor units; below zero it was taken from us.'),
  arrivesAt: nullable(time('The day on which it is to be in the bank.')),
  heardAt: time('When it was heard of first.'),
  failedAt: nullable(time('When it was heard that it failed.')),
  settlementId: nullable(uuid('The settlement that its lines are in; null as long as they are not fetched.')),
  returnedIn: nullable(uuid('The settlement by which the money of one that failed comes with another payout.')),
});
export const payoutAnswer = answerOf<PayoutRow>()('Payout', payout);

/** A settlement: its files, whether its lines are what was paid out, and what of them agrees. */
export interface SettlementReport {
  readonly settlementId: string;
  readonly settlementSource: string;
  readonly files: readonly SettlementFile[];
  readonly payouts: readonly PayoutRow[];
  readonly rejected: number;
  readonly totals: readonly SettlementTotal[];
  readonly groups: readonly LineGroup[];
}
const total = object({
  currency: currency(),
  lines: integer('Payouts apart.'),
  gross: money(),
  fee: money(),
  net: money('What the lines come to.'),
  payout: nullable(money('What the file says that was paid out; null where it says nothing.')),
  unexplained: nullable(money('`net` less `payout`: 0 when the lines are what was paid out.')),
  matched: money('Of `net`, what agrees with what moved.'),
  mismatched: money('The rest: the two are `net`.'),
});
const group = object({
  currency: currency(),
  kind,
  outcome,
  resolution: nullable(oneOf(resolutions)),
  lines: integer(),
  gross: money(),
  fee: money(),
  net: money(),
});
export const reportAnswer = answerOf<SettlementReport>()(
  'SettlementReport',
  object({
    settlementId: uuid(),
    settlementSource: text(),
    files: list(file),
    payouts: list(payout, 'What its provider says of the payout that it is; one that failed has not come.'),
    rejected: integer('Rows that could not be read: mend them and send them with `mends`.'),
    totals: list(total, 'One for each currency.'),
    groups: list(group, 'The same by kind and outcome: where a difference comes from.'),
  }),
);
