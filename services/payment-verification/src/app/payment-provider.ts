import type { ActionDetails, Sealed } from '@cartage/contracts';
import type { ProviderAnswer } from '../domain/commands';
import type { AuthorizeCall, CaptureCall, InquireCall, ProviderCall, RefundCall, VoidCall } from '../domain/outstanding';

/** What the customer has to do, in clear: it is sealed before it is kept or told. */
export interface OpenAction extends ActionDetails {
  readonly kind: string;
}

/** As a provider answers. */
export type ProviderReply =
  | Exclude<ProviderAnswer, { readonly status: 'pending' }>
  | (Omit<Extract<ProviderAnswer, { readonly status: 'pending' }>, 'action'> & { readonly action: OpenAction });

/** `unknown`: the provider may or may not have done it. Ask again with the same key; a throw means the same. */
export type ProviderOutcome = ProviderReply | { readonly status: 'unknown'; readonly reason: string };

/** With the token opened: it is seen by the provider only, and kept nowhere. */
export type OpenAuthorizeCall = Omit<AuthorizeCall, 'token'> & { readonly token?: string };

/**
 * Whoever moves money: a gateway behind an adapter. Every call carries its idempotency key; a key that was seen before moves nothing and
 * answers as it did the first time. A refusal is an answer, never a throw. Every adapter passes `paymentProviderContract`.
 */
export interface PaymentProvider {
  /** Stands in events for ever. */
  readonly name: string;
  authorize(call: OpenAuthorizeCall): Promise<ProviderOutcome>;
  /** What has become of a payment that waits for its customer: `pending` as long as it does. */
  inquire(call: InquireCall): Promise<ProviderOutcome>;
  capture(call: CaptureCall): Promise<ProviderOutcome>;
  void(call: VoidCall): Promise<ProviderOutcome>;
  refund(call: RefundCall): Promise<ProviderOutcome>;
}

/** A provider did not say what became of a call: a fault, to be tried again, and never a refusal. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';

  constructor({ operation, key, orderId, provider }: ProviderCall, cause: unknown) {
    super(`${provider} did not say what became of ${operation} ${key} of order ${orderId}.`, { cause });
  }
}

/** Opens a sealed token; nothing when the person that it belongs to was erased. */
export type OpenToken = (sealed: Sealed) => Promise<string | undefined>;

/** Without the token nobody can pay with it: the provider need not be asked. */
const erased: ProviderReply = { status: 'declined', reason: 'token-erased' };

const authorize = async (
  provider: PaymentProvider,
  { token: sealed, ...call }: AuthorizeCall,
  open: OpenToken,
): Promise<ProviderOutcome> => {
  if (sealed === undefined) return provider.authorize(call);
  const token = await open(sealed);
  return token === undefined ? erased : provider.authorize({ ...call, token });
};

const ask = (provider: PaymentProvider, call: ProviderCall, open: OpenToken): Promise<ProviderOutcome> => {
  switch (call.operation) {
    case 'authorize':
      return authorize(provider, call, open);
    case 'inquire':
      return provider.inquire(call);
    case 'capture':
      return provider.capture(call);
    case 'void':
      return provider.void(call);
    case 'refund':
      return provider.refund(call);
  }
};

/** The answer to a call, or `OutcomeUnknown`. */
export const answerTo = async (provider: PaymentProvider, call: ProviderCall, open: OpenToken): Promise<ProviderReply> => {
  const outcome = await ask(provider, call, open).catch((cause: unknown) => {
    throw new OutcomeUnknown(call, cause);
  });
  if (outcome.status === 'unknown') throw new OutcomeUnknown(call, outcome.reason);
  // The customer acts on a promise only: what else is under way has no outcome yet.
  if (outcome.status === 'pending' && call.operation !== 'authorize' && call.operation !== 'inquire')
    throw new OutcomeUnknown(call, 'pending');
  return outcome;
};
