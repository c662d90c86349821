import type { OrderLine, Personal, Totals } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';
import type { Placing } from './commands';
import { addressOf, destinationOf } from './destination';
import { lineIdAt, type Placement, type PlacementLine } from './placement';
import { faultsOf } from './placement-checks';
import { present } from './present';

const lineOf = (line: PlacementLine, index: number): OrderLine => {
  const { sku, quantity, unitPrice, discount = 0, tax = 0, description, finalSale, attributes, instructions } = line;
  return {
    lineId: lineIdAt(line, index),
    sku,
    quantity,
    unitPrice,
    discount,
    tax,
    total: quantity * unitPrice - discount + tax,
    ...present({ description, finalSale, attributes, instructions }),
  };
};

const totalsOf = (lines: readonly OrderLine[], { shipping }: Placement): Totals => {
  const sums = { goods: 0, discount: 0, shipping: shipping?.amount ?? 0, tax: shipping?.tax ?? 0 };
  for (const { quantity, unitPrice, discount, tax } of lines) {
    sums.goods += quantity * unitPrice;
    sums.discount += discount;
    sums.tax += tax;
  }
  return { ...sums, total: sums.goods - sums.discount + sums.shipping + sums.tax };
};

const requireValid = (placement: Placement): void => {
  const faults = faultsOf(placement);
  if (faults.length === 0) return;
  const fields = faults.slice(0, 5).map(({ field, message }) => `${field}: ${message}`);
  throw new Refused('ORDER_INVALID', `The order cannot be taken as it is. ${fields.join(' ')}`, 'invalid', faults);
};

const requireTotal = (told: number | undefined, { total }: Totals): void => {
  if (told === undefined || told === total) return;
  const error: FieldError = {
    field: 'total',
    code: 'ORDER_TOTAL_MISMATCH',
    message: `The lines and shipping come to ${total}, not ${told}.`,
  };
  throw new Refused('ORDER_TOTAL_MISMATCH', error.message, 'invalid', [error]);
};

/** An order that is whole and right, with its totals; sealing and ids are still to come. Refuses with every fault and its field. */
export type DrawnUp = Omit<Placing, 'orderId' | 'personal' | 'record' | 'policies'>;

export const drawnUp = (placement: Placement): DrawnUp => {
  requireValid(placement);
  const { channel, externalOrderId, placedAt, currency, locale, customer, payment, priority = 'standard', instructions } = placement;
  const lines = placement.lines.map(lineOf);
  const totals = totalsOf(lines, placement);
  requireTotal(placement.total, totals);
  return {
    channel,
    currency,
    lines,
    totals,
    payment: { method: payment.method, ...present({ token: payment.token }) },
    priority,
    destination: destinationOf(placement.shipTo),
    ...present({ externalOrderId, placedAt, locale, customerId: customer.id, instructions }),
  };
};

/** What of it is personal, and therefore sealed. */
export const personalOf = ({ customer: { name, email, phone }, shipTo }: Placement): Personal => ({
  name,
  ...present({ email, phone }),
  address: addressOf(shipTo),
});
