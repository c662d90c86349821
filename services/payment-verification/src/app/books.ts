import {
  handling,
  reading,
  Refused,
  type EventStore,
  type Handled,
  type Meta,
  type Position,
  type Send,
  type StoredEvent,
} from '@cartage/eventsourcing';
import type { AnyView, Sql } from '@cartage/views';
import { chargebackStream } from '../domain/chargebacks/chargeback';
import { CHART, chartOfAccounts, type ChartCommand, type ChartEvent } from '../domain/books/chart';
import { explain, type Explained } from '../domain/books/explanation';
import { linesOf, type AccountRole, type Chart, type MoneyFact } from '../domain/books/journal';
import { paymentStream } from '../domain/decider';
import { verifiedBooks, type VerifiedUntil } from './books-verification';
import { everyMoneyFact, listMoneyFacts, type JournalRange } from './journal-facts';
import { listChargebacks } from './views/chargeback-list';
import { balanceMovement } from './views/balance-movement';
import { carrierBillMovement } from './views/carrier-bill-movement';
import { carrierClaimMovement } from './views/carrier-claim-list';
import { chargebackMovement } from './views/chargeback-movement';
import { disposalProceedsMovement } from './views/disposal-proceeds-movement';
import { invoiceList } from './views/invoice-list';
import { paymentMovement } from './views/payment-movement';
import type { Within } from './views/payment-list';
import { paymentSummary } from './views/payment-summary';
import { payoutMovement } from './views/payout-list';
import { settlementPosting } from './views/settlement-posting';
import { stockValueMovement } from './views/stock-value-movement';

export interface JournalEntry {
  readonly entryId: string;
  readonly kind: string;
  readonly at: string;
  readonly orderId: string | null;
  readonly source: string;
  readonly currency: string;
  readonly lines: readonly {
    readonly role: AccountRole;
    readonly account: string;
    readonly name: string;
    readonly debit: number;
    readonly credit: number;
  }[];
}

export interface MoneyExplained {
  readonly orderId: string;
  readonly currency: string;
  readonly balance: number;
  readonly entries: readonly Explained[];
}

/** What is shown here is in them. */
const shownViews: readonly AnyView[] = [
  ...[paymentSummary, paymentMovement, chargebackMovement, invoiceList],
  ...[settlementPosting, payoutMovement, balanceMovement, carrierClaimMovement],
  ...[stockValueMovement, disposalProceedsMovement, carrierBillMovement],
];

export interface BooksNeeds {
  readonly store: Pick<EventStore, 'readMany' | 'appendMany'>;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly sql: Sql;
  readonly viewReached: (view: AnyView, position: Position) => Promise<void>;
}

const entryOf = ({ amount: _, part: __, ...fact }: MoneyFact, lines: ReturnType<typeof linesOf>, chart: Chart): JournalEntry => ({
  ...fact,
  lines: lines.map(({ role, debit, credit }) => ({ role, account: chart[role].code, name: chart[role].name, debit, credit })),
});

const currencyIn = (orderId: string, facts: readonly StoredEvent[]): string => {
  const first = facts.find(({ type }) => type === 'PaymentRequested');
  if (!first) throw new Refused('PAYMENT_UNKNOWN', `No payment of order ${orderId} is known here.`, 'unknown');
  return String(Reflect.get(Object(first.data), 'currency'));
};

/** Money explained: each cent by its event, the views against the log, and the journal. */
export class Books {
  private readonly send: Send<ChartCommand, Chart, ChartEvent>;
  private readonly read: ReturnType<typeof reading<Chart, ChartEvent>>;

  constructor(private readonly needs: BooksNeeds) {
    this.send = handling<ChartCommand, Chart, ChartEvent>(needs, chartOfAccounts);
    this.read = reading<Chart, ChartEvent>(needs.store, chartOfAccounts);
  }

  /** Waits until what is shown here shows everything up to this. */
  async reached(position: Position | undefined): Promise<void> {
    if (position === undefined) return;
    for (const view of shownViews) await this.needs.viewReached(view, position);
  }

  /** Every cent of an order with its event. */
  async explanation(orderId: string): Promise<MoneyExplained> {
    const facts = await this.factsOf(orderId);
    const entries = explain(facts);
    return { orderId, currency: currencyIn(orderId, facts), balance: entries.at(-1)?.balance ?? 0, entries };
  }

  /** Recomputes from the log, apart from any fold, what the views show, and names each difference. */
  verify(within: Within, slice: { readonly limit: number; readonly after?: VerifiedUntil | undefined }): ReturnType<typeof verifiedBooks> {
    return verifiedBooks(this.needs, within, slice);
  }

  async journal(range: JournalRange): Promise<readonly JournalEntry[]> {
    return this.entriesOf(await listMoneyFacts(this.needs.sql, range), await this.chart());
  }

  async *everyEntry(range: Pick<JournalRange, 'from' | 'to'>): AsyncGenerator<readonly JournalEntry[]> {
    const chart = await this.chart();
    for await (const facts of everyMoneyFact(this.needs.sql, range)) yield this.entriesOf(facts, chart);
  }

  async chart(): Promise<Chart> {
    return (await this.read.load(CHART)).state;
  }

  assign(role: AccountRole, account: { readonly code: string; readonly name: string }, meta: Meta): Promise<Handled<Chart, ChartEvent>> {
    const data = { role, ...account, by: meta.actor, now: this.needs.now().toISOString() };
    return this.send(CHART, { type: 'AssignAccount', data }, meta);
  }

  private entriesOf(facts: readonly MoneyFact[], chart: Chart): readonly JournalEntry[] {
    return facts.map((fact) => entryOf(fact, linesOf(fact), chart));
  }

  private async factsOf(orderId: string): Promise<readonly StoredEvent[]> {
    const chargebacks = await listChargebacks(this.needs.sql, { orderId }, { limit: 1_000 });
    const streams = [paymentStream(orderId), ...chargebacks.map(({ chargebackId }) => chargebackStream(chargebackId))];
    return (await this.needs.store.readMany(streams)).flatMap(({ events }) => events);
  }
}
