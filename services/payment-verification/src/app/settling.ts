import type { Handled, Meta, Send } from '@cartage/eventsourcing';
import type { PaymentCommand, ProviderAnswer } from '../domain/commands';
import { paymentStream } from '../domain/decider';
import type { PaymentEvent } from '../domain/events';
import { outstandingCalls, type ProviderCall } from '../domain/outstanding';
import type { Payment } from '../domain/payment';
import { answerTo, type PaymentProvider } from './payment-provider';

export type Providers = ReadonlyMap<string, PaymentProvider>;
export type HandledPayment = Handled<Payment, PaymentEvent>;

export interface SettlingNeeds {
  readonly send: Send<PaymentCommand, Payment, PaymentEvent>;
  readonly providers: Providers;
  readonly now: () => Date;
}

const recordOf = (call: ProviderCall, answer: ProviderAnswer, now: string): PaymentCommand => {
  const answered = { orderId: call.orderId, answer, now };
  switch (call.operation) {
    case 'authorize':
      return { type: 'RecordAuthorization', data: answered };
    case 'capture':
      return { type: 'RecordCapture', data: { ...answered, shipmentId: call.shipmentId } };
    case 'void':
      return { type: 'RecordVoid', data: answered };
    case 'refund':
      return { type: 'RecordRefund', data: { ...answered, refundId: call.refundId } };
  }
};

/** The answer of a call is a command of its own: its id follows from the call, so that two who asked at once record one answer. */
const metaFor = ({ fingerprint: _, ...meta }: Meta, { key }: ProviderCall): Meta => ({ ...meta, commandId: key });

/**
 * Makes the calls that a decision left to be made, one after the other, and records each answer. What was decided is in the log before
 * the provider hears of it: whoever dies in between leaves a mark, and the call is made again with the same key.
 */
export const settling =
  ({ send, providers, now }: SettlingNeeds) =>
  async (handled: HandledPayment, meta: Meta, concerns: (call: ProviderCall) => boolean): Promise<HandledPayment> => {
    let latest = handled;
    const nextCall = (): ProviderCall | undefined => outstandingCalls(latest.current).find(concerns);
    for (let call = nextCall(); call; call = nextCall()) {
      const provider = providers.get(call.provider);
      if (!provider) throw new Error(`No payment provider named ${call.provider} is configured, and ${call.key} waits for it.`);
      const answer = await answerTo(provider, call);
      latest = await send(paymentStream(call.orderId), recordOf(call, answer, now().toISOString()), metaFor(meta, call));
    }
    return latest;
  };
