import { body } from '../order-system.fixture';

const mug = { lineId: '1', sku: 'MUG', quantity: 2, unitPrice: 250 };
const order = { ...body, lines: [mug], payment: { method: 'prepaid' } };

/** An order of so many mugs, as a channel of our own form says it at that minute. */
export const said = (externalOrderId: string, minute: number, quantity: number) => ({
  ...{ messageId: `${externalOrderId}.${minute}`, externalOrderId },
  changedAt: new Date(Date.UTC(2026, 10, 20, 10, minute)).toISOString(),
  order: { ...order, lines: [{ ...mug, quantity }] },
});

const quoted = (values: readonly string[]): string => values.map((value) => `"${value.replaceAll('"', '""')}"`).join(',');

/** A file of one order of two mugs, with its header. */
export const csvOf = (externalOrderId: string): string => {
  const cells: Readonly<Record<string, string>> = {
    ...{ messageId: `${externalOrderId}.1`, externalOrderId, changedAt: '2026-11-20T10:00:00Z', 'order.currency': order.currency },
    ...{ 'order.customer.name': 'Ada Miller', 'order.shipTo.lines': JSON.stringify(['1 High Street']), 'order.shipTo.city': 'London' },
    ...{ 'order.shipTo.postalCode': 'EC1A 1BB', 'order.shipTo.country': 'GB', 'order.lines': JSON.stringify([mug]) },
    'order.payment.method': 'prepaid',
  };
  return [quoted(Object.keys(cells)), quoted(Object.values(cells))].join('\n');
};
