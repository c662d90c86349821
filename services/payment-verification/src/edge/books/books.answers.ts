import { currency, integer, list, money, nullable, object, oneOf, optional, orderId, text, time, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { JournalEntry, MoneyExplained } from '../../app/books';
import { COST_OF_GOODS, type Drift } from '../../app/books-verification';
import { entryKinds } from '../../app/entry-verification';
import { recomputedNames } from '../../domain/books/explanation';
import { settlementLine } from '../settlements/settlements.answers';
import type { SettlementLineRow } from '../../app/settlements/settlement-lines';
import { accountRoles, type Account, type AccountRole } from '../../domain/books/journal';

const share = object({ lineId: text(), quantity: integer(), amount: money() });

const entry = object({
  eventId: uuid('The event: ask the log for it.'),
  type: text('Its type.'),
  at: time('When it happened.'),
  recordedAt: time('When it was recorded.'),
  paymentId: text('The way of paying.'),
  shipmentId: optional(text('The shipment that it is for.')),
  source: text('What moved it: id of the authorisation, payment, capture, void, refund, shipment (cash) or chargeback.'),
  amount: money('What it speaks of, minor units.'),
  effect: money('What it did to our money: above zero it came in, below it went back, 0 for a promise.'),
  balance: money('Our money of the order after it.'),
  lines: list(share, 'What it paid for.'),
  delivery: money('What of it paid for the delivery.'),
  cause: object({
    actor: text('Who asked: a person, a program, or the listening group.'),
    commandId: text(),
    correlationId: text('Of the request that it began with.'),
    causationId: optional(text('The event that caused it.')),
  }),
});

export const explained = answerOf<MoneyExplained>()(
  'MoneyExplanation',
  object({ orderId, currency: currency(), balance: money('What came in less what went back: the last entry’s.'), entries: list(entry) }),
);

const names: readonly string[] = [...recomputedNames, COST_OF_GOODS, ...entryKinds];
const drift = object({
  orderId: nullable(text('Null: it is of no payment.')),
  source: optional(text('Of what is of no payment: the movement of goods, the disposal, or the carrier’s bill, as the journal names it.')),
  view: text('The view that shows it.'),
  field: oneOf(
    names,
    'A sum of the payment; `costOfGoods`: what the goods of the order cost that are gone, below zero; else a kind of entries of the journal.',
  ),
  currency: optional(currency()),
  shown: money('What it shows.'),
  recomputed: money('What the log says.'),
});

/** A part of all that is compared. */
export interface VerifiedPage {
  readonly checked: number;
  readonly behind: readonly string[];
  readonly drifts: readonly Drift[];
  readonly mismatches: readonly SettlementLineRow[];
  readonly next: string | null;
}
export const verified = answerOf<VerifiedPage>()(
  'VerifiedMoney',
  object({
    checked: integer('What was compared on this page: payments, then movements of goods and disposals of no order, and carriers’ bills.'),
    behind: list(text(), 'Orders, or movements, disposals and bills, whose views had not shown everything yet: look again.'),
    drifts: list(drift, 'Where a view and the log say differently. Empty when all is well.'),
    mismatches: list(
      settlementLine,
      'Lines of settlement files about these payments that do not agree with what moved, and nobody has closed.',
    ),
    next: nullable(text('The `cursor` of the next page; null on the last.')),
  }),
);

const role = oneOf(accountRoles);
const journalEntry = answerOf<JournalEntry>()(
  'JournalEntry',
  object({
    entryId: text('The event that it books.'),
    kind: text('What happened, such as `captured`.'),
    at: time('When it happened.'),
    orderId: nullable(text()),
    source: text('Id of the capture, refund, shipment, chargeback, movement of goods …'),
    currency: currency(),
    lines: list(
      object({ role, account: text('Number of the account.'), name: text(), debit: money(), credit: money() }),
      'Debits and credits are the same sum.',
    ),
  }),
);
export const journalPage = pageAnswer(journalEntry);

export interface ChartShown {
  readonly accounts: readonly (Account & { readonly role: AccountRole })[];
}
export const chartShown = answerOf<ChartShown>()(
  'ChartOfAccounts',
  object({ accounts: list(object({ role, code: text('The number that your books know it by.'), name: text() })) }),
);
