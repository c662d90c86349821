import type { ProviderAnswer } from '../domain/commands';
import type { AuthorizeCall, CaptureCall, ProviderCall, RefundCall, VoidCall } from '../domain/outstanding';

/** `unknown`: the provider may or may not have done it. Ask again with the same key; a throw means the same. */
export type ProviderOutcome = ProviderAnswer | { readonly status: 'unknown'; readonly reason: string };

/**
 * Whoever moves money: a gateway behind an adapter. Every call carries its idempotency key; a key that was seen before moves nothing and
 * answers as it did the first time. A refusal is an answer, never a throw. Every adapter passes `paymentProviderContract`.
 */
export interface PaymentProvider {
  /** Stands in events for ever. */
  readonly name: string;
  authorize(call: AuthorizeCall): Promise<ProviderOutcome>;
  capture(call: CaptureCall): Promise<ProviderOutcome>;
  void(call: VoidCall): Promise<ProviderOutcome>;
  refund(call: RefundCall): Promise<ProviderOutcome>;
}

/** A provider did not say what became of a call: a fault, to be tried again, and never a refusal. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

const ask = (provider: PaymentProvider, call: ProviderCall): Promise<ProviderOutcome> => {
  switch (call.operation) {
    case 'authorize':
      return provider.authorize(call);
    case 'capture':
      return provider.capture(call);
    case 'void':
      return provider.void(call);
    case 'refund':
      return provider.refund(call);
  }
};

/** The answer to a call, or `OutcomeUnknown`. */
export const answerTo = async (provider: PaymentProvider, call: ProviderCall): Promise<ProviderAnswer> => {
  const unknown = (cause: unknown): OutcomeUnknown =>
    new OutcomeUnknown(`${provider.name} did not say what became of ${call.key} of order ${call.orderId}.`, { cause });
  const outcome = await ask(provider, call).catch((cause: unknown) => {
    throw unknown(cause);
  });
  if (outcome.status === 'unknown') throw unknown(outcome.reason);
  return outcome;
};
