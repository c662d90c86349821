import { randomUUID } from 'node:crypto';
import { memoryOfProcess } from './call-memory';
import { paymentProviderContract } from './payment-provider.contract';
import { simulatedProvider, type CallMemory, type RememberedCall } from './simulated';

const memory = memoryOfProcess();
const clock = () => new Date('2026-11-02T10:00:00Z');
paymentProviderContract('simulated, remembering in the process', () => ({
  provider: simulatedProvider(memory, clock),
  restarted: () => simulatedProvider(memory, clock),
  newId: randomUUID,
  tokens: { good: 'tok_visa', declined: 'tok_insufficient', silentOnce: 'tok_timeout_once' },
}));

describe('the simulated provider', () => {
  const call = (orderId: string, token: string) =>
    ({
      operation: 'authorize',
      key: orderId,
      provider: 'simulated',
      orderId,
      paymentId: orderId,
      currency: 'GBP',
      amount: 500,
      method: 'card',
      token,
    }) as const;

  it.each([
    ['tok_decline', 'do-not-honour'],
    ['tok_insufficient', 'insufficient-funds'],
  ])('declines %s', async (token, reason) =>
    expect(await simulatedProvider(memoryOfProcess(), clock).authorize(call(randomUUID(), token))).toEqual({ status: 'declined', reason }),
  );

  it.each(['constructor', 'toString', '__proto__', 'tok_of_nobody'])('takes any other token as good, also %s', async (token) => {
    const provider = simulatedProvider(memoryOfProcess(), clock);
    const promised = await provider.authorize(call(randomUUID(), token));
    expect(promised).toMatchObject({ status: 'approved', reference: expect.stringMatching(/^sim_tok_ok_/) as string });
  });

  it('lets the token of the order decide what becomes of a capture', async () => {
    const provider = simulatedProvider(memoryOfProcess(), clock);
    const orderId = randomUUID();
    const promised = await provider.authorize(call(orderId, 'tok_capture_decline'));
    const authorization = promised.status === 'approved' ? promised.reference : '';
    const base = { failures: 0, provider: 'simulated', orderId, paymentId: orderId, currency: 'GBP', amount: 500, authorization };
    expect(await provider.capture({ ...base, operation: 'capture', key: 'capture-1', captureId: 'capture-1', shipmentId: '1' })).toEqual({
      status: 'declined',
      reason: 'authorization-expired',
      final: true,
    });
    expect(await provider.void({ ...base, operation: 'void', key: 'void-1', voidId: 'void-1' })).toMatchObject({ status: 'approved' });
  });

  it('lets a payment that the shop began wait for its webhook, under the number that the shop knows', async () => {
    const provider = simulatedProvider(memoryOfProcess(), clock);
    const promised = await provider.authorize(call(randomUUID(), 'pay_4711'));
    expect(promised).toMatchObject({ status: 'pending', reference: 'pay_4711' });
    const asked = { ...call('o', ''), operation: 'inquire', authorization: 'pay_4711' } as const;
    expect(await provider.inquire(asked)).toMatchObject({ status: 'pending' });
  });

  it('asks its memory once for a crowd', async () => {
    const batches: (readonly RememberedCall[])[] = [];
    const inner = memoryOfProcess();
    const counting: CallMemory = { remember: (calls) => (batches.push(calls), inner.remember(calls)) };
    const provider = simulatedProvider(counting, clock);
    await Promise.all(Array.from({ length: 100 }, () => provider.authorize(call(randomUUID(), 'tok_visa'))));
    expect(batches.map(({ length }) => length)).toEqual([100]);
  });
});
