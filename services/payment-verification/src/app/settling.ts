import type { ActionDetails, Sealed } from '@cartage/contracts';
import type { Handled, Meta, Send } from '@cartage/eventsourcing';
import type { PaymentCommand, ProviderAnswer } from '../domain/commands';
import { paymentStream } from '../domain/decider';
import type { PaymentEvent } from '../domain/events';
import { outstandingCalls, type ProviderCall } from '../domain/outstanding';
import { isKnown, type Payment } from '../domain/payment';
import { answerTo, OutcomeUnknown, type OpenToken, type PaymentProvider, type ProviderReply } from './payment-provider';

/** Seals for a person what only they, and whoever serves them, may read. */
export type SealAction = (person: string, details: ActionDetails) => Promise<Sealed>;

export type Providers = ReadonlyMap<string, PaymentProvider>;
export type HandledPayment = Handled<Payment, PaymentEvent>;

export interface SettlingNeeds {
  readonly send: Send<PaymentCommand, Payment, PaymentEvent>;
  readonly providers: Providers;
  readonly openToken: OpenToken;
  readonly sealAction: SealAction;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly pauses: readonly number[];
}

/** Calls that got no answer, by their key. One that is silent keeps none of the others from being made. */
export type Silences = ReadonlyMap<string, OutcomeUnknown>;

export interface Settled {
  readonly handled: HandledPayment;
  readonly silences: Silences;
}

export interface Settling {
  /** Makes the calls that a decision left to be made, one after the other, and records each answer. */
  readonly calls: (handled: HandledPayment, meta: Meta, concerns: (call: ProviderCall) => boolean) => Promise<Settled>;
  /** Asks once what has become of each payment that waits for its customer. */
  readonly inquire: (handled: HandledPayment, meta: Meta) => Promise<Settled>;
}

/** How the answer to a call is recorded. */
export const recordOf = (
  call: ProviderCall,
  answer: ProviderAnswer,
  { newId, now, pauses }: Pick<SettlingNeeds, 'newId' | 'now' | 'pauses'>,
): PaymentCommand => {
  const answered = { orderId: call.orderId, answer, pauses, now: now().toISOString(), newId: newId() };
  switch (call.operation) {
    case 'authorize':
    case 'inquire':
      return { type: 'RecordAuthorization', data: { ...answered, authorizationId: call.key } };
    case 'capture':
      return { type: 'RecordCapture', data: { ...answered, captureId: call.captureId, attemptId: call.key } };
    case 'void':
      return { type: 'RecordVoid', data: { ...answered, voidId: call.voidId, attemptId: call.key } };
    case 'refund':
      return { type: 'RecordRefund', data: { ...answered, refundId: call.refundId, paymentId: call.paymentId, attemptId: call.key } };
  }
};

/** The answer of a call is a command of its own: its id is that of the call, so that two who asked at once record one answer. */
const metaFor = ({ fingerprint: _, ...meta }: Meta, commandId: string): Meta => ({ ...meta, commandId });

/** Whose key the order’s own box is sealed with. */
const payerOf = ({ orderId }: ProviderCall, payment: Payment): string =>
  (isKnown(payment) ? payment.terms.customerId : undefined) ?? `guest-${orderId}`;

/** Whoever reads our log or topic must not be able to act in the customer’s place. */
const sealed = async (reply: ProviderReply, payer: string, seal: SealAction): Promise<ProviderAnswer> => {
  if (reply.status !== 'pending') return reply;
  const { kind, ...details } = reply.action;
  return { ...reply, action: { kind, ...(Object.keys(details).length === 0 ? {} : { details: await seal(payer, details) }) } };
};

const silenceIn = (error: unknown): OutcomeUnknown => {
  if (error instanceof OutcomeUnknown) return error;
  throw error;
};

/**
 * What was decided is in the log before the provider hears of it: whoever dies in between leaves a mark, and the call is made again with the same key.
 */
export const settling = ({ send, providers, openToken, sealAction, ...needs }: SettlingNeeds): Settling => {
  const answered = async (call: ProviderCall, payment: Payment): Promise<PaymentCommand> => {
    const provider = providers.get(call.provider);
    if (!provider)
      throw new Error(`No payment provider named ${call.provider} is configured, and ${call.operation} ${call.key} waits for it.`);
    return recordOf(call, await sealed(await answerTo(provider, call, openToken), payerOf(call, payment), sealAction), needs);
  };
  const made = async (call: ProviderCall, { handled, silences }: Settled, meta: Meta): Promise<Settled> => {
    const answer = await answered(call, handled.current).catch(silenceIn);
    if (answer instanceof OutcomeUnknown) return { handled, silences: new Map(silences).set(call.key, answer) };
    return { handled: await send(paymentStream(call.orderId), answer, meta), silences };
  };
  return {
    calls: async (handled, meta, concerns) => {
      let latest: Settled = { handled, silences: new Map() };
      const nextCall = ({ handled: { current }, silences }: Settled): ProviderCall | undefined =>
        outstandingCalls(current).find((call) => concerns(call) && !silences.has(call.key));
      for (let call = nextCall(latest); call; call = nextCall(latest)) latest = await made(call, latest, metaFor(meta, call.key));
      return latest;
    },
    inquire: async (handled, meta) => {
      let latest: Settled = { handled, silences: new Map() };
      for (const call of outstandingCalls(handled.current).filter(({ operation }) => operation === 'inquire'))
        latest = await made(call, latest, metaFor(meta, needs.newId()));
      return latest;
    },
  };
};
