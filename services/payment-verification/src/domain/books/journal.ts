/** What accounts are for. Which account of the books each is, is data. */
export const accountRoles = [
  'receivable',
  'provider-clearing',
  'carrier-clearing',
  'bank',
  'revenue',
  'tax',
  'fees',
  'disputed',
  'chargeback-losses',
  'settlement-differences',
  'payouts-returned',
  'carrier-claims',
  'carrier-compensation',
  'exchange',
  'exchange-differences',
  'credit-liability',
  'credit-granted',
  'credit-expired',
  'inventory',
  'goods-received',
  'cost-of-goods',
  'shrinkage',
  'stock-written-off',
  'stock-revaluation',
  'disposal-proceeds',
  'carrier-payable',
  'carrier-disputed',
  'shipping-expense',
  'shipping-differences',
  'input-tax',
] as const;
export type AccountRole = (typeof accountRoles)[number];

export interface Account {
  readonly code: string;
  readonly name: string;
}
export type Chart = Readonly<Record<AccountRole, Account>>;

/** Until the business names its own. */
export const usualChart: Chart = {
  receivable: { code: '1200', name: 'Receivables from customers' },
  'provider-clearing': { code: '1210', name: 'Payment providers and channels' },
  'carrier-clearing': { code: '1220', name: 'Cash held by carriers' },
  bank: { code: '1000', name: 'Bank' },
  revenue: { code: '4000', name: 'Revenue' },
  tax: { code: '2200', name: 'Taxes on sales' },
  fees: { code: '6800', name: 'Fees of payment providers' },
  disputed: { code: '1230', name: 'Money that banks took back' },
  'chargeback-losses': { code: '6810', name: 'Lost chargebacks' },
  'settlement-differences': { code: '6820', name: 'Differences of settlements' },
  'payouts-returned': { code: '1250', name: 'Payouts that failed, until their money comes' },
  'carrier-claims': { code: '1225', name: 'Claims on carriers' },
  'carrier-compensation': { code: '4200', name: 'Compensation by carriers' },
  exchange: { code: '1240', name: 'Money exchanged between currencies' },
  'exchange-differences': { code: '6840', name: 'Differences of exchange rates' },
  'credit-liability': { code: '2300', name: 'Gift cards and store credit that we owe' },
  'credit-granted': { code: '6830', name: 'Credit given out of goodwill' },
  'credit-expired': { code: '4100', name: 'Credit that expired' },
  inventory: { code: '1300', name: 'Stock of goods' },
  'goods-received': { code: '2110', name: 'Goods received, until their invoice is booked' },
  'cost-of-goods': { code: '5000', name: 'Cost of goods sold' },
  shrinkage: { code: '5100', name: 'Goods lost, damaged and found' },
  'stock-written-off': { code: '5110', name: 'Goods disposed of' },
  'stock-revaluation': { code: '5120', name: 'Goods valued anew' },
  'disposal-proceeds': { code: '4300', name: 'Proceeds of goods disposed of' },
  'carrier-payable': { code: '2120', name: 'Invoices of carriers' },
  'carrier-disputed': { code: '1226', name: 'Billed by carriers, and not agreed to' },
  'shipping-expense': { code: '6100', name: 'Shipping, as quoted' },
  'shipping-differences': { code: '6110', name: 'Shipping, other than quoted' },
  'input-tax': { code: '1260', name: 'Taxes on what we buy' },
};

/** A fact about money that the books know. */
export interface MoneyFact {
  readonly entryId: string;
  readonly kind: string;
  readonly at: string;
  readonly orderId: string | null;
  readonly source: string;
  readonly currency: string;
  /** What moved in all. */
  readonly amount: number;
  /** Of it: the tax of an invoice, the fee of a settlement. */
  readonly part: number;
}

export interface JournalLine {
  readonly role: AccountRole;
  /** Minor units; one of the two is 0. */
  readonly debit: number;
  readonly credit: number;
}

interface Posting {
  readonly debit: readonly (readonly [AccountRole, number])[];
  readonly credit: readonly (readonly [AccountRole, number])[];
}

const move =
  (from: AccountRole, to: AccountRole) =>
  ({ amount }: MoneyFact): Posting => ({ debit: [[to, amount]], credit: [[from, amount]] });

const withPart = ({ amount, part }: MoneyFact): readonly [rest: number, part: number] => [amount - part, part];

const invoiced = (fact: MoneyFact): Posting => {
  const [net, tax] = withPart(fact);
  return {
    debit: [['receivable', fact.amount]],
    credit: [
      ['revenue', net],
      ['tax', tax],
    ],
  };
};

/** What a line of a settlement hands over: the bank has it, less the fee, and nobody owes it any more. */
const fromClearing =
  (clearing: AccountRole) =>
  (fact: MoneyFact): Posting => {
    const [net, fee] = withPart(fact);
    return {
      debit: [
        ['bank', net],
        ['fees', fee],
      ],
      credit: [[clearing, fact.amount]],
    };
  };

const turned =
  (posting: (fact: MoneyFact) => Posting) =>
  (fact: MoneyFact): Posting => {
    const { debit, credit } = posting(fact);
    return { debit: credit, credit: debit };
  };

/** What each kind of fact does to the accounts. */
const postings: Readonly<Record<string, (fact: MoneyFact) => Posting>> = {
  captured: move('receivable', 'provider-clearing'),
  collected: move('receivable', 'carrier-clearing'),
  'cod-short': move('carrier-clearing', 'receivable'),
  'cod-written-off': move('receivable', 'settlement-differences'),
  remitted: move('carrier-clearing', 'bank'),
  refunded: move('provider-clearing', 'receivable'),
  'refund-returned': move('receivable', 'provider-clearing'),
  'captured-credit': move('receivable', 'credit-liability'),
  'refund-returned-credit': move('receivable', 'credit-liability'),
  'refunded-credit': move('credit-liability', 'receivable'),
  // Whoever sold it on an invoice of ours booked a revenue, which it is not before it is spent.
  'credit-sold-in-order': move('credit-liability', 'revenue'),
  'credit-sold': move('credit-liability', 'receivable'),
  'credit-topped-up': move('credit-liability', 'receivable'),
  'credit-goodwill': move('credit-liability', 'credit-granted'),
  'credit-adjusted': move('credit-liability', 'credit-granted'),
  'credit-taken': move('credit-granted', 'credit-liability'),
  'credit-expired': move('credit-expired', 'credit-liability'),
  'chargeback-opened': move('provider-clearing', 'disputed'),
  'chargeback-won': move('disputed', 'provider-clearing'),
  'chargeback-lost': move('disputed', 'chargeback-losses'),
  'chargeback-lost-after-won': move('provider-clearing', 'chargeback-losses'),
  'chargeback-won-after-lost': move('chargeback-losses', 'provider-clearing'),
  invoiced,
  credited: turned(invoiced),
  settled: fromClearing('provider-clearing'),
  'settled-cash': fromClearing('carrier-clearing'),
  'claim-owed': move('carrier-compensation', 'carrier-claims'),
  'claim-paid': move('carrier-claims', 'bank'),
  'claim-written-off': move('carrier-claims', 'settlement-differences'),
  'settled-claim': fromClearing('carrier-claims'),
  'settlement-difference-claim': move('settlement-differences', 'carrier-claims'),
  // In the account’s currency, then in the customer’s, then what was had more or less for it than the file’s own rate says.
  'settled-exchanged': fromClearing('exchange'),
  exchanged: move('provider-clearing', 'exchange'),
  'exchange-difference': move('exchange-differences', 'exchange'),
  'settled-exchanged-cash': fromClearing('exchange'),
  'exchanged-cash': move('carrier-clearing', 'exchange'),
  'exchange-difference-cash': move('exchange-differences', 'exchange'),
  'settled-exchanged-claim': fromClearing('exchange'),
  'exchanged-claim': move('carrier-claims', 'exchange'),
  'exchange-difference-claim': move('exchange-differences', 'exchange'),
  // A person recorded it in the customer’s currency; it came in the account’s, by a line of a file.
  'reversed-cash': move('bank', 'carrier-clearing'),
  'reversed-claim': move('bank', 'carrier-claims'),
  // Its lines were booked as if it had come; its money comes with another payout, whose lines do not have it once more.
  'payout-failed': move('bank', 'payouts-returned'),
  'payout-returned': move('payouts-returned', 'bank'),
  'settlement-difference': move('settlement-differences', 'provider-clearing'),
  'settlement-difference-cash': move('settlement-differences', 'carrier-clearing'),
  // Goods at cost; below zero they left.
  'stock-received': move('goods-received', 'inventory'),
  'stock-sent-back': move('goods-received', 'inventory'),
  'stock-sold': move('cost-of-goods', 'inventory'),
  'stock-returned': move('cost-of-goods', 'inventory'),
  'stock-adjusted': move('shrinkage', 'inventory'),
  'stock-lost': move('shrinkage', 'inventory'),
  'stock-disposed': move('stock-written-off', 'inventory'),
  'stock-revalued': move('stock-revaluation', 'inventory'),
  'disposal-proceeds': move('disposal-proceeds', 'bank'),
  // What changed about a carrier’s bill; below zero it is less.
  'carrier-billed': move('carrier-payable', 'shipping-expense'),
  'carrier-difference': move('carrier-payable', 'shipping-differences'),
  'carrier-disputed': move('carrier-payable', 'carrier-disputed'),
  'carrier-taxes': move('carrier-payable', 'input-tax'),
};
export const journalKinds: readonly string[] = Object.keys(postings);

/** A debit of less than nothing is a credit. */
const lineOf = (role: AccountRole, debit: number): JournalLine =>
  debit >= 0 ? { role, debit, credit: 0 } : { role, debit: 0, credit: -debit };

/** The lines of the books for a fact: debits and credits are the same sum. What moves nothing has none. */
export const linesOf = (fact: MoneyFact): readonly JournalLine[] => {
  const { debit, credit } = postings[fact.kind]?.(fact) ?? { debit: [], credit: [] };
  return [...debit.map(([role, amount]) => lineOf(role, amount)), ...credit.map(([role, amount]) => lineOf(role, 0 - amount))].filter(
    (line) => line.debit !== line.credit,
  );
};
