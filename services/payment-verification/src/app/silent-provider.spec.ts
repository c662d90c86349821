import { memoryStore } from '@cartage/eventsourcing';
import { memoryOfProcess } from '../edge/providers/call-memory';
import { simulatedProvider } from '../edge/providers/simulated';
import type { PaymentProvider } from './payment-provider';
import { byCustomer, clock, heard, meta, placed, setUp, shipped } from './payments.fixture';

/** Dies after the provider has done its work and before anybody heard of it. */
const dyingOnce = (provider: PaymentProvider): PaymentProvider => {
  let died = false;
  return {
    ...provider,
    capture: async (call) => {
      const outcome = await provider.capture(call);
      if (died) return outcome;
      died = true;
      throw new Error('connection reset');
    },
  };
};

describe('a provider that does not answer', () => {
  it('is asked again soon, and gives its first answer', async () => {
    const { payments, typesOf } = setUp();
    const order = placed({ method: 'card', token: 'tok_timeout_once' });
    await payments.verify(heard(order), meta());
    expect(await typesOf(order.orderId)).toEqual(['PaymentRequested', 'PaymentAuthorized']);
  });

  it('leaves the payment waiting, never failed, and whatever else happens to the order is heard', async () => {
    const { payments, typesOf, accountFor } = setUp();
    const order = placed({ method: 'card', token: 'tok_timeout' });
    await payments.verify(heard(order), meta());
    expect(await accountFor(order.orderId)).toMatchObject({ status: 'authorizing', outstanding: [{ operation: 'authorize' }] });
    await payments.cancel({ orderId: order.orderId, reason: byCustomer }, meta());
    expect(await typesOf(order.orderId)).toEqual(['PaymentRequested', 'PaymentAbandoned']);
  });

  it('is asked again after a crash between its work and our record, and takes the money once', async () => {
    const provider = simulatedProvider(memoryOfProcess(), clock);
    const store = memoryStore();
    const before = setUp({ store, provider: dyingOnce(provider), pause: () => Promise.reject(new Error('killed')) });
    const order = placed({ method: 'card' });
    await before.payments.verify(heard(order), meta());
    await expect(before.payments.charge(shipped(order.orderId), meta())).rejects.toThrow('killed');
    const after = setUp({ store, provider });
    await after.decisions.resume(order.orderId, 'payment.recovery');
    expect(await after.accountFor(order.orderId)).toMatchObject({ money: { captured: 4000 }, outstanding: [] });
  });

  it('lets the repeat of a review answer as the first time, though the provider has answered meanwhile', async () => {
    const { payments, interventions, accountFor } = setUp();
    const order = placed({ method: 'card' }, 200_000);
    await payments.verify(heard(order), meta());
    const [decision, once] = [{ orderId: order.orderId, decision: 'accept', note: 'Known.' } as const, meta()];
    const first = await interventions.review(decision, once);
    expect(await accountFor(order.orderId)).toMatchObject({ status: 'authorized' });
    expect(await interventions.review(decision, once)).toMatchObject({ version: first.version, position: first.position, repeated: true });
  });

  it('does not keep the person waiting who decided a review', async () => {
    const { decisions, payments, interventions, accountFor } = setUp();
    const order = placed({ method: 'card', token: 'tok_timeout_once' }, 200_000);
    await payments.verify(heard(order), meta());
    expect(await accountFor(order.orderId)).toMatchObject({ status: 'under-review' });
    await interventions.review({ orderId: order.orderId, decision: 'accept', note: 'Known.' }, meta());
    expect(await accountFor(order.orderId)).toMatchObject({ status: 'authorizing' });
    await decisions.resume(order.orderId, 'payment.recovery');
    expect(await accountFor(order.orderId)).toMatchObject({ status: 'authorized', money: { promised: 200_000 } });
  });
});
