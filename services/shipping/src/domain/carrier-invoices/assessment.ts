import type { ShippingEvent } from '@cartage/contracts';
import { canonicalJson, fold, type Translation } from '@cartage/eventsourcing';
import type { Bill, BillEvent, CarrierBillAssessed, FindingStatus, KnownFinding } from './bill-events';
import { billFold, creditOf } from './bill-fold';
import type { ChargeKind } from './invoice-line';

type Totals = CarrierBillAssessed['data']['totals'][number];

export const publishedBills: Translation<CarrierBillAssessed, ShippingEvent> = {
  CarrierBillAssessed: ({ type, data }) => ({ type, data }),
};

/** Nobody has agreed to pay it. What is billed less than was quoted nobody has to agree to. */
const inQuestion: readonly FindingStatus[] = ['open', 'disputed', 'refused'];

const total = (amounts: readonly number[]): number => amounts.reduce((sum, each) => sum + each, 0);

const disputedOf = (finding: KnownFinding): number =>
  inQuestion.includes(finding.status) ? Math.max(0, finding.amount - creditOf(finding)) : 0;

const totalsIn = ({ lines, findings, label }: Bill, currency: string): Totals => {
  const own = [...lines.values()].filter((line) => line.currency === currency);
  const of = (...kinds: readonly ChargeKind[]): number => total(own.filter(({ kind }) => kinds.includes(kind)).map(({ amount }) => amount));
  const found = [...findings.values()].filter((finding) => finding.currency === currency && finding.status !== 'withdrawn');
  const [billed, taxes] = [total(own.map(({ amount }) => amount)), of('tax')];
  const agreed = of('carriage', 'surcharge') - total(found.map(({ amount }) => amount));
  const disputed = total(found.map(disputedOf));
  const creditDue = total(found.map((finding) => creditOf(finding) - finding.credited));
  return {
    ...{ currency, ...(label?.currency === currency ? { quoted: label.cost } : {}), billed, agreed },
    ...{ differences: billed - creditDue - agreed - disputed - taxes, disputed, taxes, creditDue },
  };
};

/** What a bill comes to, currency by currency: what is owed for it, and why. */
export const totalsOf = (bill: Bill): readonly Totals[] =>
  [...new Set([...bill.lines.values()].map(({ currency }) => currency))].toSorted().map((currency) => totalsIn(bill, currency));

const aboutLabel = ({ label }: Bill): Pick<CarrierBillAssessed['data'], 'orderId' | 'shipmentId' | 'returnId'> => ({
  ...(label === undefined ? {} : { orderId: label.orderId }),
  ...(label?.shipmentId === undefined ? {} : { shipmentId: label.shipmentId }),
  ...(label?.returnId === undefined ? {} : { returnId: label.returnId }),
});

/** With what is decided the books are told what the bill comes to now, if that is another sum than they were told last. */
export const withAssessment = (decided: readonly BillEvent[], before: Bill, now: string): readonly BillEvent[] => {
  const bill = fold({ ...billFold, initial: before }, decided);
  const totals = totalsOf(bill);
  const { number, told } = before.assessed ?? { number: 0, told: [] };
  if (!bill.named || canonicalJson(totals) === canonicalJson(told)) return decided;
  const data = { ...bill.named, ...aboutLabel(bill), number: number + 1, totals, assessedAt: now };
  return [...decided, { type: 'CarrierBillAssessed', data }];
};
