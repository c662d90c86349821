import type { CaptureCall, RefundCall, VoidCall } from '../../domain/outstanding';
import type { OpenAuthorizeCall, PaymentProvider, ProviderOutcome } from '../../app/payment-provider';

/** A provider on trial, and what makes it behave. */
export interface ProviderOnTrial {
  readonly provider: PaymentProvider;
  /** The same provider as another process would see it: only what is durable is left. */
  readonly restarted: () => PaymentProvider;
  /** An id that was not used before. */
  readonly newId: () => string;
  /** A promise is taken from once, and what is left of it ends. */
  readonly capturesOnce?: boolean;
  /** It can give money to a customer that did not come in through it; absent: it can. */
  readonly paysOut?: boolean;
  /** A card, if it is not said otherwise. */
  readonly method?: string;
  readonly customerId?: string;
  readonly tokens: { readonly good: string; readonly declined: string; readonly silentOnce: string };
}

const approved = { status: 'approved', reference: expect.any(String) as string };

/** What every payment provider promises. Run it in a spec of each adapter. */
export const paymentProviderContract = (name: string, onTrial: () => ProviderOnTrial): void => {
  const money = { currency: 'GBP', amount: 1_250 };
  const authorizing = (token: string): OpenAuthorizeCall => {
    const { provider, newId, method = 'card' } = onTrial();
    const ids = { key: newId(), orderId: newId(), paymentId: newId() };
    return { ...money, ...ids, operation: 'authorize', provider: provider.name, method, token };
  };
  const referenceOf = (outcome: ProviderOutcome): string => {
    if (outcome.status === 'approved') return outcome.reference;
    throw new Error(`Not approved: ${JSON.stringify(outcome)}`);
  };
  const authorized = async () => {
    const call = authorizing(onTrial().tokens.good);
    const authorization = referenceOf(await onTrial().provider.authorize(call));
    const { orderId, paymentId, provider } = call;
    return { ...money, orderId, paymentId, provider, authorization };
  };
  const capturing = async (): Promise<CaptureCall> => {
    const base = await authorized();
    const key = onTrial().newId();
    return { ...base, operation: 'capture', amount: 500, key, captureId: key, failures: 0, shipmentId: base.orderId };
  };
  const refunding = (
    of: Omit<CaptureCall, 'operation' | 'key' | 'captureId' | 'failures' | 'shipmentId'>,
    captures: RefundCall['captures'] = [],
  ): RefundCall => ({
    ...of,
    ...{ operation: 'refund', key: onTrial().newId(), refundId: onTrial().newId(), failures: 0, captures },
    ...(onTrial().customerId === undefined ? {} : { customerId: onTrial().customerId }),
  });

  describe(`the payment provider ${name}`, () => {
    it('approves what is good, with a reference', async () =>
      expect(await onTrial().provider.authorize(authorizing(onTrial().tokens.good))).toEqual(approved));

    it('says a refusal as a value, with its reason', async () =>
      expect(await onTrial().provider.authorize(authorizing(onTrial().tokens.declined))).toEqual({
        status: 'declined',
        reason: expect.stringMatching(/\S/) as string,
      }));

    it('answers a repeated key as the first time, also after a restart', async () => {
      for (const token of [onTrial().tokens.good, onTrial().tokens.declined]) {
        const call = authorizing(token);
        const first = await onTrial().provider.authorize(call);
        expect(await onTrial().provider.authorize(call)).toEqual(first);
        expect(await onTrial().restarted().authorize(call)).toEqual(first);
      }
    });

    it('gives one answer to a crowd that asks with the same key, from several processes', async () => {
      const call = authorizing(onTrial().tokens.good);
      const crowd = Array.from({ length: 20 }, (_, n) => (n % 2 ? onTrial().provider : onTrial().restarted()).authorize(call));
      expect(new Set((await Promise.all(crowd)).map(referenceOf)).size).toBe(1);
    });

    it('keeps different calls apart', async () => {
      const calls = Array.from({ length: 50 }, () => authorizing(onTrial().tokens.good));
      const references = (await Promise.all(calls.map((call) => onTrial().provider.authorize(call)))).map(referenceOf);
      expect(new Set(references).size).toBe(50);
    });

    it('will not take a key for another request', async () => {
      const call = authorizing(onTrial().tokens.good);
      await onTrial().provider.authorize(call);
      await expect(onTrial().provider.authorize({ ...call, amount: call.amount + 1 })).rejects.toThrow(call.key);
    });

    it('answers when asked again after a silence', async () => {
      const call = authorizing(onTrial().tokens.silentOnce);
      const silent = await onTrial()
        .provider.authorize(call)
        .catch(() => ({ status: 'unknown' }));
      expect(silent).toMatchObject({ status: 'unknown' });
      expect(await onTrial().restarted().authorize(call)).toEqual(approved);
    });

    it('captures, once for each key', async () => {
      const call = await capturing();
      const first = await onTrial().provider.capture(call);
      expect(first).toEqual(onTrial().capturesOnce ? { ...approved, restEnded: true } : approved);
      expect(await onTrial().restarted().capture(call)).toEqual(first);
    });

    it('takes another try for the same shipment as another capture', async () => {
      const call = await capturing();
      const first = await onTrial().provider.capture(call);
      const second = await onTrial().provider.capture({ ...call, key: onTrial().newId() });
      if (onTrial().capturesOnce)
        expect(second).toEqual({ status: 'declined', reason: expect.stringMatching(/\S/) as string, final: true });
      if (onTrial().capturesOnce) return;
      expect(referenceOf(second)).not.toBe(referenceOf(first));
    });

    it('voids, once for each key', async () => {
      const base = await authorized();
      const key = onTrial().newId();
      const call: VoidCall = { ...base, operation: 'void', key, voidId: key, failures: 0 };
      const first = await onTrial().provider.void(call);
      expect(first).toEqual(approved);
      expect(await onTrial().restarted().void(call)).toEqual(first);
    });

    it('refunds what was captured, once for each key', async () => {
      const captured = await capturing();
      const reference = referenceOf(await onTrial().provider.capture(captured));
      const { operation: _, key: __, captureId, failures: ___, shipmentId: ____, ...of } = captured;
      const call = refunding(of, [{ captureId, amount: captured.amount, reference }]);
      const first = await onTrial().provider.refund(call);
      expect(first).toEqual(approved);
      expect(await onTrial().restarted().refund(call)).toEqual(first);
      expect(
        await onTrial()
          .restarted()
          .refund({ ...call, isOld: true }),
      ).toEqual(first);
    });

    it('pays out without an authorisation, where the customer paid cash', async () => {
      const { authorization: _, ...call } = refunding(await authorized());
      const refused = { status: 'declined', reason: expect.stringMatching(/\S/) as string, final: true };
      expect(await onTrial().provider.refund(call)).toEqual(onTrial().paysOut === false ? refused : approved);
    });
  });
};
