import { ownValue } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';
import { amountOf, incompleteMapping, MappedCells, requireReadable, type MappedRecord, type Read } from '@cartage/service-kit';
import { isTransfer, lineKinds, type CustomerMoney, type LineKind, type SettlementLine } from '../../domain/settlements/line';
import type { LineField, SourceMapping } from '../../domain/settlements/mapping';
import { stripeLine } from './stripe-lines';

/** A line as its file says it, before it has an id. */
export type DraftLine = Omit<SettlementLine, 'lineId' | 'settlementId' | 'source' | 'remitted' | 'posted'> & {
  /** The source’s own number of the line, where it has one. */
  readonly number?: string;
};

type Cells = MappedCells<LineField>;

/** Money of the customer is an amount and a currency. */
const half = ({ customerGross, customerCurrency }: SourceMapping['columns']): readonly FieldError[] =>
  (customerGross === undefined) === (customerCurrency === undefined)
    ? []
    : [incompleteMapping('columns.customerGross', 'Say both columns of what the customer paid, or neither.')];

const missingIn = ({ columns, kind, currency }: SourceMapping): readonly FieldError[] => [
  ...(columns.settledAt === undefined ? [incompleteMapping('columns.settledAt', 'A line must say when it was settled.')] : []),
  ...(columns.gross === undefined && columns.net === undefined
    ? [incompleteMapping('columns.gross', 'A line must say an amount: gross or net.')]
    : []),
  ...(columns.currency === undefined && currency === undefined
    ? [incompleteMapping('columns.currency', 'Say the column of the currency, or the currency of all lines.')]
    : []),
  ...half(columns),
  ...(columns.kind === undefined && kind === undefined
    ? [incompleteMapping('kind', 'Say the column of the kind, or the kind of all lines.')]
    : []),
];

/** Refuses a mapping that could read no line. */
export const requireMapping = (mapping: SourceMapping): SourceMapping =>
  requireReadable(mapping, mapping.format === 'stripe' ? [] : missingIn(mapping));

const kindOf = (cells: Cells, { kinds, kind }: SourceMapping): LineKind | undefined => {
  const word = cells.text('kind');
  const known = word === undefined ? undefined : (ownValue(kinds, word) ?? lineKinds.find((each) => each === word));
  return known ?? kind ?? cells.fails('kind', 'KIND_UNKNOWN', `must be a word that the mapping knows: ${Object.keys(kinds).join(', ')}`);
};

interface Amounts {
  readonly gross: number;
  readonly fee: number;
  readonly net: number;
}

/** Which kinds take money from us where amounts have no sign. */
const taken: readonly LineKind[] = ['refund', 'chargeback', 'payout', 'fee'];

const feeSign = ({ signs, fees }: SourceMapping, fee: number): number => {
  if (signs === 'unsigned') return Math.abs(fee);
  return fees === 'below-zero' ? 0 - fee : fee;
};

/** A fee on a line of its own is all fee; it may stand in either column. */
const feeAlone = (amount: number | undefined, fee: number | undefined): Amounts | undefined => {
  const net = amount || (fee === undefined ? amount : 0 - fee);
  return net === undefined ? undefined : { gross: 0, fee: 0 - net, net };
};

const alone = (kind: LineKind, amount: number | undefined, fee: number | undefined): Amounts | undefined => {
  if (kind === 'fee') return feeAlone(amount, fee);
  // Whatever sign the file gives it: what is paid out leaves the balance there, and what came back is in it again.
  const out = amount === undefined ? undefined : (kind === 'payout' ? -1 : 1) * Math.abs(amount);
  return out === undefined ? undefined : { gross: out, fee: 0, net: out };
};

/** What the cells of amounts say, each in its direction. */
type Said = Partial<Amounts>;

const grossOf = ({ gross, fee = 0, net }: Said): number | undefined => gross ?? (net === undefined ? undefined : net + fee);

/** Each of the three follows from the two others; a fee that nobody says is none. */
const whole = (cells: Cells, said: Said): Amounts | undefined => {
  const gross = grossOf(said);
  if (gross === undefined) return cells.missing('gross');
  const fee = said.fee ?? gross - (said.net ?? gross);
  const net = said.net ?? gross - fee;
  if (gross - fee === net) return { gross, fee, net };
  return cells.fails('net', 'NET_DIFFERS', `must be gross less fee: ${gross - fee} in minor units, and it is ${net}`);
};

const directed = ({ signs }: SourceMapping, kind: LineKind, amount: number): number =>
  signs === 'signed' ? amount : (taken.includes(kind) ? -1 : 1) * Math.abs(amount);

const saidIn = (cells: Cells, mapping: SourceMapping, { kind, currency }: { readonly kind: LineKind; readonly currency: string }): Said => {
  const read = (field: LineField) => cells.read(field, (text) => amountOf(text, currency, mapping));
  const [gross, fee, net] = [read('gross'), read('fee'), read('net')];
  return {
    ...(gross === undefined ? {} : { gross: directed(mapping, kind, gross) }),
    ...(fee === undefined ? {} : { fee: feeSign(mapping, fee) }),
    ...(net === undefined ? {} : { net: directed(mapping, kind, net) }),
  };
};

const amountsOf = (cells: Cells, kind: LineKind, said: Said): Amounts | undefined => {
  if (kind !== 'fee' && !isTransfer({ kind })) return whole(cells, said);
  return alone(kind, said.gross ?? said.net, said.fee) ?? cells.missing('gross');
};

const referencesOf = (cells: Cells): readonly string[] => [
  ...new Set((['reference', 'ownReference', 'trackingNumber'] as const).flatMap((field) => cells.text(field) ?? [])),
];

const rateOf = (text: string): Read<string> =>
  /^(?:0\.\d*[1-9]\d*|[1-9]\d{0,11}(?:\.\d+)?)$/.test(text) && text.length <= 30
    ? { value: text }
    : { code: 'RATE_INVALID', message: 'must be a decimal number above zero, such as 0.8512' };

/** What stands for itself is of no customer. */
const hasCustomer: readonly LineKind[] = ['charge', 'refund', 'chargeback', 'adjustment', 'cod-remittance', 'carrier-claim'];

const sameSign = (cells: Cells, { gross }: Amounts, customer: CustomerMoney): CustomerMoney | undefined =>
  Math.sign(gross) === Math.sign(customer.gross)
    ? customer
    : cells.fails('customerGross', 'SIGNS_DIFFER', 'must come to us, or be taken from us, as the amount of the account is');

/** Of the customer’s money the currency; nothing where the line says none. */
const customerCurrencyIn = (cells: Cells): string | undefined => {
  const code = cells.text('customerCurrency');
  if (code === undefined) return cells.text('customerGross') === undefined ? undefined : cells.missing('customerCurrency');
  if (/^[A-Z]{3}$/i.test(code)) return code.toUpperCase();
  return cells.fails('customerCurrency', 'CURRENCY_INVALID', 'must be a code of ISO 4217, such as EUR');
};

/** What the customer paid, where the line says it and it is another currency than the account’s. */
const customerIn = (
  cells: Cells,
  mapping: SourceMapping,
  { kind, ...account }: Amounts & { readonly kind: LineKind; readonly currency: string },
): CustomerMoney | undefined => {
  const currency = customerCurrencyIn(cells);
  if (currency === undefined || currency === account.currency || !hasCustomer.includes(kind)) return undefined;
  if (cells.text('customerGross') === undefined) return cells.missing('customerGross');
  const gross = cells.read('customerGross', (text) => amountOf(text, currency, mapping));
  const rate = cells.read('rate', rateOf);
  if (gross === undefined) return undefined;
  return sameSign(cells, account, { currency, gross: directed(mapping, kind, gross), ...(rate === undefined ? {} : { rate }) });
};

const moneyIn = (cells: Cells, mapping: SourceMapping): Pick<DraftLine, 'kind' | 'currency' | 'customer' | keyof Amounts> | undefined => {
  const [kind, currency] = [kindOf(cells, mapping), cells.currency('currency')];
  if (!kind || !currency) return undefined;
  const said = saidIn(cells, mapping, { kind, currency });
  const amounts = cells.errors.length === 0 ? amountsOf(cells, kind, said) : undefined;
  if (!amounts) return undefined;
  const money = { kind, currency, ...amounts };
  const customer = customerIn(cells, mapping, money);
  return customer ? { ...money, customer } : money;
};

const columnsLine = (record: MappedRecord, mapping: SourceMapping): DraftLine => {
  const cells = new MappedCells<LineField>(record, mapping);
  const money = moneyIn(cells, mapping);
  const settledAt = cells.time('settledAt');
  const [references, orderNumber, number] = [referencesOf(cells), cells.text('orderNumber'), cells.text('line')];
  if (cells.errors.length > 0 || !money || !settledAt)
    throw new Refused('LINE_INVALID', 'The line cannot be read.', 'invalid', cells.errors);
  return {
    ...{ ...money, settledAt, references },
    ...(orderNumber === undefined ? {} : { orderNumber }),
    ...(number === undefined ? {} : { number }),
  };
};

/** A line of a file, in our words. Refused with each field that is wrong. */
export const readLine = (record: MappedRecord, mapping: SourceMapping): DraftLine =>
  mapping.format === 'stripe' ? stripeLine(record) : columnsLine(record, mapping);
