import { randomUUID } from 'node:crypto';
import { memoryDeadlines } from '@cartage/eventsourcing';
import { heard, meta, placed, setUp, shipped } from './payments.fixture';

/** Deadlines that are lost with the connection, once, when the first of this name is set. */
const losing = (name: string) => {
  const deadlines = memoryDeadlines();
  const { set } = deadlines;
  deadlines.set = async (deadline) => {
    if (deadline.name !== name) return set(deadline);
    deadlines.set = set;
    throw new Error('the connection was lost');
  };
  return deadlines;
};

describe('what then waits', () => {
  it('has its deadline though the connection is lost once a person has decided, who does not say it again', async () => {
    const { payments, interventions, after, accountFor } = setUp({ deadlines: losing('RefundRetry') });
    const order = placed({ method: 'card', token: 'tok_refund_decline_once' });
    const { orderId } = order;
    await payments.verify(heard(order), meta());
    await payments.charge(shipped(orderId), meta());
    const goodwill = { orderId, refundId: randomUUID(), currency: 'GBP', amount: 300, tender: 'original' };
    await expect(interventions.refund(goodwill, meta())).rejects.toThrow('the connection was lost');
    expect(await accountFor(orderId)).toMatchObject({ money: { refunded: 0, refunds: [{ status: 'failed' }] } });
    expect([await after(6), await after(16)]).toEqual([['WaitsUnset'], ['RefundRetry']]);
    expect(await accountFor(orderId)).toMatchObject({ money: { refunded: 300 }, attention: [] });
  });

  it('has its deadline though the connection is lost while recovery asks, which does not come again to what was answered', async () => {
    const { payments, decisions, after, accountFor } = setUp({ deadlines: losing('CaptureRetry') });
    const order = placed({ method: 'card', token: 'tok_capture_decline_once' });
    const { orderId } = order;
    await payments.verify(heard(order), meta());
    const charge = { type: 'ChargeShipment', data: { ...decisions.at(), ...shipped(orderId) } } as const;
    await decisions.decide(charge, meta(), { concerns: () => false });
    await expect(decisions.resume(orderId, 'payment.recovery')).rejects.toThrow('the connection was lost');
    expect([await after(6), await after(16)]).toEqual([['WaitsUnset'], ['CaptureRetry']]);
    expect(await accountFor(orderId)).toMatchObject({ money: { captured: 4000 } });
  });
});
