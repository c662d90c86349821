import { randomUUID } from 'node:crypto';
import { memoryStore } from '@cartage/eventsourcing';
import { memoryOfProcess } from '../edge/providers/call-memory';
import { simulatedProvider } from '../edge/providers/simulated';
import type { PaymentProvider, ProviderOutcome } from './payment-provider';
import { byCustomer, clock, heard, meta, owed, placed, setUp, shipped } from './payments.fixture';

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

/** Says what the spec has it say, and nothing until then. */
const mute = () => {
  const said = new Map<string, ProviderOutcome>();
  const answer = async ({ operation }: { readonly operation: string }): Promise<ProviderOutcome> =>
    said.get(operation) ?? { status: 'unknown', reason: 'timeout' };
  const provider: PaymentProvider = {
    name: 'simulated',
    authorize: answer,
    inquire: answer,
    capture: answer,
    void: answer,
    refund: answer,
  };
  return { provider, says: (operation: string, outcome: ProviderOutcome) => said.set(operation, outcome) };
};
const yes = { status: 'approved', reference: 'auth-1' } as const;
const action = { kind: 'redirect' };

/** An order by card whose provider says nothing. */
const silent = async (method = 'card') => {
  const { provider, says } = mute();
  const system = setUp({ provider });
  const order = placed({ method });
  await system.payments.verify(heard(order), meta());
  const { orderId } = order;
  return { ...system, says, order, orderId, types: () => system.typesOf(orderId), account: () => system.accountFor(orderId) };
};

describe('a provider that never answers', () => {
  it('is given up when the time for it is over: declined, so that another way to pay is asked for', async () => {
    const { after, types, account } = await silent();
    expect(await after(119)).toEqual([]);
    expect(await after(120)).toEqual(['ProviderSilent']);
    expect(await types()).toEqual(['PaymentRequested', 'PaymentDeclined']);
    expect(await account()).toMatchObject({ status: 'declined', reason: { code: 'provider-silent', by: 'system' }, outstanding: [] });
  });

  it('costs an order nothing whose provider answers, be it at the second try', async () => {
    const { payments, after } = setUp();
    await payments.verify(heard(placed({ method: 'card', token: 'tok_timeout_once' })), meta());
    await payments.verify(heard(placed({ method: 'card' })), meta());
    expect(await after(10_000)).toEqual([]);
  });

  it('is given up however often it was asked by recovery, once', async () => {
    const { after, types, decisions, orderId } = await silent();
    await expect(decisions.resume(orderId, 'payment.recovery')).rejects.toThrow('did not say');
    await expect(decisions.resume(orderId, 'payment.recovery')).rejects.toThrow('did not say');
    expect(await after(130)).toEqual(['ProviderSilent']);
    expect(await types()).toEqual(['PaymentRequested', 'PaymentDeclined']);
  });

  it('is asked once more at the end, and taken at its word', async () => {
    const { after, says, types } = await silent();
    says('authorize', yes);
    await after(120);
    expect(await types()).toEqual(['PaymentRequested', 'PaymentAuthorized']);
  });

  it('may say at the end that the customer has to act, who then has the time for it', async () => {
    const { after, says, types } = await silent();
    says('authorize', { status: 'pending', reference: 'auth-1', action, expiresAt: '2026-11-02T12:15:00.000Z' });
    says('inquire', { status: 'pending', reference: 'auth-1', action, expiresAt: '2026-11-02T12:15:00.000Z' });
    await after(120);
    expect(await types()).toEqual(['PaymentRequested', 'PaymentPending']);
    await after(135);
    expect(await types()).toEqual(['PaymentRequested', 'PaymentPending', 'PaymentDeclined']);
  });

  it('is waited for longer where the customer may have paid in time, but not for ever', async () => {
    const { provider, says } = mute();
    const { payments, after, typesOf, accountFor } = setUp({ provider });
    says('authorize', { status: 'pending', reference: 'auth-1', action, expiresAt: '2026-11-02T10:15:00.000Z' });
    const order = placed({ method: 'upi' });
    await payments.verify(heard(order), meta());
    expect(await after(15)).toEqual(['AuthorizationOver']);
    expect(await typesOf(order.orderId)).toEqual(['PaymentRequested', 'PaymentPending']);
    expect(await after(135)).toEqual(['ProviderSilent']);
    expect(await accountFor(order.orderId)).toMatchObject({ status: 'declined', reason: { code: 'provider-silent' } });
  });

  it('and says at last that the customer did not act: that is why it is declined', async () => {
    const { provider, says } = mute();
    const { payments, after, accountFor } = setUp({ provider });
    const pending = { status: 'pending', reference: 'auth-1', action, expiresAt: '2026-11-02T10:15:00.000Z' } as const;
    says('authorize', pending);
    const order = placed({ method: 'upi' });
    await payments.verify(heard(order), meta());
    await after(15);
    says('inquire', pending);
    await after(135);
    expect(await accountFor(order.orderId)).toMatchObject({ status: 'declined', reason: { code: 'customer-did-not-act' } });
  });

  it('keeps no other way of paying of the order waiting', async () => {
    const { provider } = mute();
    const answering = simulatedProvider(memoryOfProcess(), clock);
    const { payments, accountFor } = setUp({
      provider: { ...answering, authorize: async (call) => (call.method === 'upi' ? provider.authorize(call) : answering.authorize(call)) },
    });
    const order = placed({ method: 'upi' });
    const [first] = order.payments;
    if (!first) throw new Error('It is paid in some way.');
    const split = [
      { ...first, amount: 1000 },
      { ...first, paymentId: randomUUID(), method: 'card', amount: 3000 },
    ];
    await payments.verify(heard({ ...order, payments: split }), meta());
    expect(await accountFor(order.orderId)).toMatchObject({
      money: { promised: 3000 },
      outstanding: [{ operation: 'authorize', amount: 1000 }],
    });
  });

  it('who says yes after all has it given back where the order has ended, and nothing is asked any more', async () => {
    const { after, says, payments, decisions, account, orderId } = await silent();
    await after(120);
    await payments.cancel({ orderId, reason: byCustomer }, meta());
    says('void', { status: 'approved', reference: 'void-1' });
    const [authorizationId = ''] = (await account()).payments.flatMap(({ authorizations }) =>
      authorizations.map((each) => each.authorizationId),
    );
    const late = { ...decisions.at(), orderId, authorizationId, answer: yes, pauses: [] };
    await decisions.decide({ type: 'RecordAuthorization', data: late }, meta());
    expect(await account()).toMatchObject({ money: { promised: 4000, voided: 4000, uncharged: 0, discrepancies: [] }, outstanding: [] });
  });
});

/** An order whose promise was given, and whose provider then says nothing any more. */
const promisedThenSilent = async () => {
  const { provider, says } = mute();
  says('authorize', yes);
  const system = setUp({ provider });
  const order = placed({ method: 'card' });
  const { orderId } = order;
  await system.payments.verify(heard(order), meta());
  return { ...system, says, orderId, types: () => system.typesOf(orderId), account: () => system.accountFor(orderId) };
};

describe('a provider that never says what became of money', () => {
  it('has a capture given up, listed as one that may have been taken, and asked for no more', async () => {
    const { payments, after, types, account, orderId } = await promisedThenSilent();
    await payments.charge(shipped(orderId), meta());
    expect(await account()).toMatchObject({ outstanding: [{ operation: 'capture', amount: 4000 }], attention: [] });
    expect(await after(119)).toEqual([]);
    expect(await after(120)).toEqual(['ProviderSilent']);
    expect(await types()).toEqual(['PaymentRequested', 'PaymentAuthorized', 'ShipmentCharged', 'CaptureFailed']);
    expect(await account()).toMatchObject({
      money: { captured: 0, captures: [{ status: 'failed', outcomeUnknown: true, reason: { code: 'provider-silent', by: 'system' } }] },
      outstanding: [],
      attention: [{ matter: 'capture-failed', outcomeUnknown: true }],
    });
    expect(await after(10_000)).toEqual([]);
  });

  it('says at the end that it took it, and is taken at its word', async () => {
    const { payments, after, says, account, orderId } = await promisedThenSilent();
    await payments.charge(shipped(orderId), meta());
    says('capture', { status: 'approved', reference: 'cap-1' });
    await after(120);
    expect(await account()).toMatchObject({ money: { captured: 4000 }, outstanding: [], attention: [] });
  });

  it('is asked by hand under the same key, and given up again when it is silent still', async () => {
    const { payments, interventions, after, says, account, orderId } = await promisedThenSilent();
    await payments.charge(shipped(orderId), meta());
    const [{ key } = { key: '' }] = (await account()).outstanding;
    await after(120);
    const captureId = (await account()).money?.captures[0]?.captureId ?? '';
    await interventions.retryCapture({ orderId, captureId }, meta());
    expect(await account()).toMatchObject({ outstanding: [{ key }], attention: [] });
    expect(await after(240)).toEqual(['ProviderSilent']);
    expect(await account()).toMatchObject({ outstanding: [], attention: [{ matter: 'capture-failed', outcomeUnknown: true }] });
    says('capture', { status: 'approved', reference: 'cap-1' });
    await interventions.retryCapture({ orderId, captureId }, meta());
    expect(await account()).toMatchObject({ money: { captured: 4000 }, attention: [] });
  });

  it('has a void given up that a person then ends', async () => {
    const { payments, interventions, after, account, orderId } = await promisedThenSilent();
    await payments.cancel({ orderId, reason: byCustomer }, meta());
    await after(120);
    const [given] = (await account()).money?.voids ?? [];
    expect(given).toMatchObject({ status: 'failed', outcomeUnknown: true });
    const outcome = { orderId, operation: 'void', subject: given?.voidId ?? '', outcome: 'done' } as const;
    await interventions.recordOutcome(outcome, meta());
    expect(await account()).toMatchObject({ money: { voided: 4000, discrepancies: [] }, attention: [] });
  });

  it('has a refund given up that is paid out in another way once it is known not to have gone out', async () => {
    const { payments, interventions, after, says, account, orderId } = await promisedThenSilent();
    says('capture', { status: 'approved', reference: 'cap-1' });
    await payments.charge(shipped(orderId), meta());
    const refund = owed(orderId, 700);
    await payments.refund(refund, meta());
    await after(120);
    const { refundId } = refund;
    expect(await account()).toMatchObject({
      money: { refunded: 0, refundable: 3300 },
      attention: [{ matter: 'refund-failed', outcomeUnknown: true }],
    });
    const payout = { orderId, refundId, tender: 'transfer', reference: 'BACS-1' };
    await expect(interventions.payOut(payout, meta())).rejects.toMatchObject({ code: 'REFUND_OUTCOME_UNKNOWN' });
    await interventions.recordOutcome({ orderId, operation: 'refund', subject: refundId, outcome: 'not-done' }, meta());
    await interventions.payOut(payout, meta());
    expect(await account()).toMatchObject({ money: { refunded: 700, refundable: 3300, discrepancies: [] }, attention: [] });
  });
});
