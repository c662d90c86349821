import { sampleOf } from '@cartage/testkit';
import type { Message } from './messages';
import { owedOf } from './owed';

const orderId = '0199a3c4-7b1e-7c3d-9f2a-00000000000a';
const at = '2026-11-23T09:00:00.000Z';
let told = 0;
const message = (
  topic: string,
  type: 'OrderPlaced' | 'StockReserved' | 'PaymentAuthorized' | 'OrderCancelled' | 'PaymentVoided',
): Message => {
  const data = { ...sampleOf(type), orderId };
  return { topic, id: `e-${(told += 1)}`, type, subject: orderId, key: orderId, time: at, sequence: 1, data, whole: '' };
};

const placed = message('order.events', 'OrderPlaced');
const authorized = message('payment.events', 'PaymentAuthorized');
const cancelled = { ...message('order.events', 'OrderCancelled'), sequence: 2 };
const { paymentId } = sampleOf('PaymentAuthorized');
const voided = { ...message('payment.events', 'PaymentVoided'), sequence: 2, data: { ...sampleOf('PaymentVoided'), orderId, paymentId } };

describe('what stands on the topics', () => {
  it('lacks what should have followed from it, and has not', () => {
    const { of, breaches } = owedOf([placed, authorized, cancelled], new Date(at));
    expect(of).toBe(1);
    expect(breaches).toEqual([expect.stringContaining('missing cancelled-money-goes-back')]);
  });

  it('lacks nothing where it has', () => expect(owedOf([placed, authorized, cancelled, voided], new Date(at)).breaches).toEqual([]));
});
