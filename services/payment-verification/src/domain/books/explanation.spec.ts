import fc from 'fast-check';
import { explain, recomputed, type Fact } from './explanation';

const meta = { commandId: 'c1', correlationId: 'k1', causationId: 'e0', actor: 'payment.shipping' };
const money = { orderId: 'o', paymentId: 'p', currency: 'GBP' };
const at = '2026-11-02T10:00:00.000Z';
let count = 0;
const fact = (type: string, data: object, stream = 'payment-o'): Fact => {
  count += 1;
  return { id: `e${count}`, type, data, stream, version: count, recordedAt: at, meta };
};

const charged = (shipmentId: string, lines: readonly number[], delivery: number): Fact =>
  fact('ShipmentCharged', {
    ...money,
    shipmentId,
    amount: lines.reduce((sum, each) => sum + each, delivery),
    lines: lines.map((amount, i) => ({ lineId: String(i + 1), quantity: 1, amount })),
  });
const captured = (captureId: string, amount: number, shipmentId: string): Fact =>
  fact('PaymentCaptured', { ...money, captureId, amount, shipmentId, capturedAt: at });
const refunded = (refundId: string, amount: number): Fact => fact('RefundIssued', { ...money, refundId, amount, issuedAt: at });
const chargeback = (type: string, amount: number, stamp: string): Fact =>
  fact(type, { ...money, chargebackId: 'd1', amount, [stamp]: at }, 'chargeback-d1');

describe('the explanation of an order’s money', () => {
  it('names the event of each cent, its cause, and the lines that it paid for', () => {
    const entries = explain([charged('s1', [667, 333], 500), captured('cap-1', 1500, 's1'), refunded('r1', 333)]);
    expect(entries).toMatchObject([
      {
        type: 'PaymentCaptured',
        source: 'cap-1',
        effect: 1500,
        balance: 1500,
        lines: [
          { lineId: '1', amount: 667 },
          { lineId: '2', amount: 333 },
        ],
        delivery: 500,
        cause: { actor: 'payment.shipping', commandId: 'c1', causationId: 'e0' },
      },
      { type: 'RefundIssued', source: 'r1', effect: -333, balance: 1167, lines: [] },
    ]);
  });

  it('shares what one of several payments took over the lines of the shipment', () => {
    const entries = explain([charged('s1', [667, 333], 500), captured('cap-1', 1000, 's1'), captured('cap-2', 500, 's1')]);
    for (const { amount, lines, delivery } of entries) expect(lines.reduce((sum, line) => sum + line.amount, delivery)).toBe(amount);
  });

  it('takes a chargeback off while the bank or the customer has the money, whatever the bank says how often', () => {
    const balances = (...facts: readonly Fact[]) => explain([captured('c', 1500, 's'), ...facts]).map(({ balance }) => balance);
    const opened = chargeback('ChargebackOpened', 1500, 'openedAt');
    const [lost, won, lostAgain] = ['ChargebackLost', 'ChargebackWon', 'ChargebackLost'].map((type) => chargeback(type, 1500, 'decidedAt'));
    expect(balances(opened, lost as Fact, won as Fact, lostAgain as Fact)).toEqual([1500, 0, 0, 1500, 0]);
  });

  it('ends with what came in less what went back, for any facts', () => {
    const amount = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(fc.array(fc.record({ lines: fc.array(amount, { maxLength: 4 }), delivery: amount, back: amount })), (shipments) => {
        const facts = shipments.flatMap(({ lines, delivery, back }, i) => {
          const charge = charged(`s${i}`, lines, delivery);
          const total = (charge.data as { amount: number }).amount;
          return [charge, captured(`c${i}`, total, `s${i}`), refunded(`r${i}`, back)];
        });
        const entries = explain(facts);
        const sums = recomputed(facts);
        expect(entries.at(-1)?.balance ?? 0).toBe(sums.captured - sums.refunded);
        for (const each of entries.filter(({ type }) => type === 'PaymentCaptured'))
          expect(each.lines.reduce((sum, line) => sum + line.amount, each.delivery)).toBe(each.amount);
      }),
    );
  });
});
