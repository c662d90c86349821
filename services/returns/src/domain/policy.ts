import type { Amount, Disposition, Grade } from '@cartage/contracts';

/** When the money goes back: with the authorisation, the carrier's first scan, the receipt at a dock, or the inspection. What was not earlier is with the inspection. */
export const refundMoments = ['request', 'scan', 'receipt', 'inspection'] as const;
export type RefundMoment = (typeof refundMoments)[number];

/** In which way it goes back: to what it was paid with, or as credit. */
export const refundTenders = ['original', 'store-credit'] as const;
export type RefundTender = (typeof refundTenders)[number];

/** Whether goods are exchanged for others, and when those are sent: once the first are back, or at once where the customer wants. */
export const exchangeTerms = ['never', 'after-return', 'in-advance'] as const;
export type ExchangeTerm = (typeof exchangeTerms)[number];

export const payersOfTheWayBack = ['merchant', 'customer'] as const;
export type PayerOfTheWayBack = (typeof payersOfTheWayBack)[number];

/** With a label of ours, or a code that a carrier's counter prints one from; brought to a store; or as the customer likes. */
export const waysToSendBack = ['label', 'qr', 'store', 'own-way'] as const;

export interface SendBack {
  readonly by: (typeof waysToSendBack)[number];
  /** Location code. */
  readonly to?: string;
  /** Of a label, by which carrier; absent: whoever costs least. */
  readonly carrier?: string;
  readonly service?: string;
}

/** What holds of a line that is sent back. */
export interface ReturnTerms {
  /** A return may be asked for until the end of this many days after the day of delivery, by the clocks of the destination. */
  readonly windowDays: number;
  /** It may not be sent back because it does not please. */
  readonly finalSale: boolean;
  /** How much of the price comes back for a unit in this condition, percent. */
  readonly refundPercent: Readonly<Record<Grade, number>>;
  /** Kept back of that, percent. */
  readonly restockingFeePercent: number;
  /** What becomes of a unit in this condition, unless the inspector says otherwise. */
  readonly disposition: Readonly<Record<Grade, Disposition>>;
  readonly refundOn: RefundMoment;
  /** Unless the customer chooses. */
  readonly tender: RefundTender;
  readonly wayBack: PayerOfTheWayBack;
  /** Absent: as the customer likes. */
  readonly sendBack?: SendBack;
  /** Up to so much the customer keeps it and is paid all the same. Only in currencies that are named: nothing is given away by a rough worth. */
  readonly keepUpTo: readonly Amount[];
  /** Absent: `after-return`. */
  readonly exchange?: ExchangeTerm;
}

/** What holds otherwise of some lines: of those that fit everything that is named here. */
export interface TermsException {
  readonly name: string;
  readonly channels?: readonly string[];
  /** ISO 3166-1 alpha-2: of the destination. */
  readonly countries?: readonly string[];
  readonly categories?: readonly string[];
  readonly skus?: readonly string[];
  readonly terms: Partial<ReturnTerms>;
}

/** What was promised about returns at the time of sale. Versions are never changed, only added: an order is judged by the one that it was sold under. */
export interface ReturnPolicy {
  readonly version: string;
  readonly terms: ReturnTerms;
  /** Of several that fit a line the later ones win, term by term. */
  readonly exceptions: readonly TermsException[];
  /** A return worth more than this is looked at by a person first: in the first currency, and so in every other by its rough worth there. */
  readonly reviewAbove: readonly Amount[];
  /** Goods must be on their way until the end of this many days after the day on which they were allowed to come. */
  readonly authorizationDays: number;
  /** So long before that the customer is reminded; 0: never. */
  readonly reminderDays: number;
  /** What comes back for an exchange is waited for until the end of this many days after the day on which it was allowed to; absent: 14 more than `authorizationDays`. */
  readonly exchangeDays?: number;
  /** The customer is promised the money so many days after a carrier, or else a dock, has the goods; absent: no day is promised. */
  readonly refundDays?: number;
  /** Kept back once an order, however its units are split over returns; not of what is our fault. Only in currencies that are named. */
  readonly returnFee: readonly Amount[];
  /** Whether what was paid for delivery goes back once everything that it brought came back. */
  readonly deliveryRefund: 'never' | 'whole-return';
  /** Reasons of a customer that are ours, or the carrier's, to answer for: no fee, no deduction for condition, and never declined without a person. */
  readonly faultReasons: readonly string[];
}

/** As it is drafted: the version is its name. */
export type PolicyDraft = Omit<ReturnPolicy, 'version'>;

/** The one that is there before anybody has written any. */
export const firstPolicy: ReturnPolicy = {
  version: 'returns-2026-11',
  terms: {
    windowDays: 30,
    finalSale: false,
    refundPercent: { A: 100, B: 100, C: 50, scrap: 0 },
    restockingFeePercent: 0,
    disposition: { A: 'restock', B: 'refurbish', C: 'liquidate', scrap: 'destroy' },
    refundOn: 'inspection',
    tender: 'original',
    wayBack: 'merchant',
    keepUpTo: [],
  },
  exceptions: [],
  reviewAbove: [{ currency: 'GBP', amount: 50_000 }],
  authorizationDays: 30,
  reminderDays: 7,
  returnFee: [],
  deliveryRefund: 'never',
  faultReasons: ['arrived-damaged', 'defective', 'wrong-item', 'not-as-described'],
};

/** What terms depend on. */
export interface SoldAs {
  readonly channel: string;
  readonly country?: string | undefined;
  readonly category?: string | undefined;
  readonly sku: string;
}

const fits = (named: readonly string[] | undefined, value: string | undefined): boolean =>
  named === undefined || (value !== undefined && named.includes(value));

const concerns = ({ channels, countries, categories, skus }: TermsException, sold: SoldAs): boolean =>
  fits(channels, sold.channel) && fits(countries, sold.country) && fits(categories, sold.category) && fits(skus, sold.sku);

export const termsOf = ({ terms, exceptions }: ReturnPolicy, sold: SoldAs): ReturnTerms =>
  exceptions.filter((exception) => concerns(exception, sold)).reduce((all, exception) => ({ ...all, ...exception.terms }), terms);

/** Of an amount that is named in this very currency; never of another one's number. */
export const amountIn = (amounts: readonly Amount[], currency: string): number =>
  amounts.find((amount) => amount.currency === currency)?.amount ?? 0;
