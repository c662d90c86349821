import { handling, type EventStore, type Meta, type Stream } from '@cartage/eventsourcing';
import type { PaymentCommand } from '../domain/commands';
import { payment, paymentStream } from '../domain/decider';
import type { PaymentEvent } from '../domain/events';
import type { ProviderCall } from '../domain/outstanding';
import type { Payment } from '../domain/payment';
import type { VerificationLimits } from '../domain/verification';
import type { CustomerHistory } from './customer-history';
import { settling, type HandledPayment, type Providers } from './settling';

export interface PaymentsNeeds {
  readonly store: EventStore;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly isPublic: (type: string) => boolean;
  readonly history: CustomerHistory;
  readonly limits: VerificationLimits;
  readonly providers: Providers;
  /** The provider that new orders are given to. */
  readonly provider: string;
}

/** What every use case is made of. */
export interface Asking extends PaymentsNeeds {
  readonly ask: (command: PaymentCommand, meta: Meta, ifVersion?: number) => Promise<HandledPayment>;
  /** Makes the calls to providers that a decision left to be made: those that concern it. */
  readonly settle: (handled: HandledPayment, meta: Meta, concerns: (call: ProviderCall) => boolean) => Promise<HandledPayment>;
  readonly streamOf: (orderId: string) => Promise<Stream<PaymentEvent>>;
  /** The time, as commands carry it. */
  readonly at: () => string;
}

export const asking = (needs: PaymentsNeeds): Asking => {
  const { store, newId, isPublic, providers, now } = needs;
  const send = handling<PaymentCommand, Payment, PaymentEvent>({ store, newId, isPublic }, payment);
  return {
    ...needs,
    ask: (command, meta, ifVersion) => send(paymentStream(command.data.orderId), command, meta, ifVersion),
    settle: settling({ send, providers, now }),
    streamOf: async (orderId) => {
      const [stream] = await store.readMany([paymentStream(orderId)]);
      return stream as Stream<PaymentEvent>;
    },
    at: () => now().toISOString(),
  };
};
