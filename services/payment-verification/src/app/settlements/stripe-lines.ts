import { ownValue } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';
import { timeOf, type MappedRecord } from '@cartage/service-kit';
import { isTransfer, type LineKind } from '../../domain/settlements/line';
import { fromStripe } from '../../domain/settlements/stripe-amounts';
import type { DraftLine } from './line-reading';

/** Types of Stripe’s balance transactions; another one is an adjustment, for a person to look into. */
const kinds: Readonly<Record<string, LineKind>> = {
  charge: 'charge',
  payment: 'charge',
  refund: 'refund',
  payment_refund: 'refund',
  stripe_fee: 'fee',
  stripe_fx_fee: 'fee',
  network_cost: 'fee',
  tax_fee: 'fee',
  payout: 'payout',
  transfer: 'payout',
  payout_failure: 'payout-return',
  payout_cancel: 'payout-return',
};

/** Disputes come as adjustments; what they are for says the category of the report. */
const kindOf = ({ type, reporting_category: category }: MappedRecord): LineKind =>
  category === 'dispute' || category === 'dispute_reversal' ? 'chargeback' : (ownValue(kinds, String(type)) ?? 'adjustment');

/** What a transaction is about: the charge, refund or dispute, by its id or as a whole. */
const namesIn = (source: unknown): readonly string[] => {
  if (typeof source === 'string') return [source];
  if (typeof source !== 'object' || source === null) return [];
  const { id, payment_intent: intent, charge } = source as MappedRecord;
  return [id, intent, charge].filter((name) => typeof name === 'string');
};

/** What the customer paid: of a source that is told as a whole, where it is of another currency than the balance. */
const customerIn = ({ source, amount, exchange_rate: rate }: MappedRecord, currency: string): Pick<DraftLine, 'customer'> => {
  if (typeof source !== 'object' || source === null) return {};
  const { amount: paid, currency: own } = source as MappedRecord;
  if (typeof own !== 'string' || !Number.isSafeInteger(paid) || own.toUpperCase() === currency) return {};
  const gross = Math.sign(Number(amount)) * Math.abs(fromStripe(own, Number(paid)));
  return { customer: { currency: own.toUpperCase(), gross, ...(typeof rate === 'number' && rate > 0 ? { rate: String(rate) } : {}) } };
};

/** Reads the fields of a transaction, and collects what is wrong with them. */
class Fields {
  readonly errors: FieldError[] = [];

  constructor(private readonly record: MappedRecord) {}

  text(field: string, isRight: (text: string) => boolean, message: string): string {
    const text = String(this.record[field] ?? '');
    if (!isRight(text)) this.fails(field, text === '' ? 'VALUE_MISSING' : 'VALUE_INVALID', message);
    return text;
  }

  amount(field: string): number {
    const value = Number(this.record[field] ?? Number.NaN);
    if (!Number.isSafeInteger(value)) this.fails(field, 'AMOUNT_INVALID', 'must be a whole number of minor units');
    return value;
  }

  time(field: string): string {
    const read = timeOf(String(this.record[field] ?? ''), { dateFormat: 'unix', zone: 'UTC' });
    if ('value' in read) return read.value;
    this.fails(field, read.code, read.message);
    return '';
  }

  fails(field: string, code: string, message: string): void {
    this.errors.push({ field, code, message });
  }
}

/** A fee of its own is all fee, and what is paid out has none. */
const amountsOf = (kind: LineKind, { amount, fee, net }: { readonly amount: number; readonly fee: number; readonly net: number }) => {
  if (kind === 'fee') return { gross: 0, fee: 0 - net, net };
  return isTransfer({ kind }) ? { gross: net, fee: 0, net } : { gross: amount, fee, net };
};

/** In our minor units, and still one sum where Stripe has more digits than the currency. */
const ownUnits = (currency: string, { amount, net }: { readonly amount: number; readonly net: number }) => {
  const own = { amount: fromStripe(currency, amount), net: fromStripe(currency, net) };
  return { ...own, fee: own.amount - own.net };
};

/** A balance transaction as Stripe’s API tells it: one object a line. */
export const stripeLine = (record: MappedRecord): DraftLine => {
  const fields = new Fields(record);
  const kind = kindOf(record);
  const said = { amount: fields.amount('amount'), fee: fields.amount('fee'), net: fields.amount('net') };
  const currency = fields.text('currency', (text) => /^[a-z]{3}$/i.test(text), 'must be a code of ISO 4217').toUpperCase();
  const settledAt = fields.time('created');
  const number = fields.text('id', (text) => text !== '' && text.length <= 200, 'must be the id of the transaction');
  if (fields.errors.length === 0 && said.amount - said.fee !== said.net)
    fields.fails('net', 'NET_DIFFERS', `must be amount less fee: ${said.amount - said.fee}, and it is ${said.net}`);
  if (fields.errors.length > 0) throw new Refused('LINE_INVALID', 'The line cannot be read.', 'invalid', fields.errors);
  const customer = kind === 'fee' || isTransfer({ kind }) ? {} : customerIn(record, currency);
  return {
    kind,
    currency,
    ...amountsOf(kind, ownUnits(currency, said)),
    ...customer,
    settledAt,
    references: namesIn(record['source']),
    number,
  };
};
