import { Refused, type Deadline, type Meta } from '@cartage/eventsourcing';
import { claimsUntil } from '../domain/channel-refunds';
import { paymentStream } from '../domain/decider';
import type { Authorization } from '../domain/ledger';
import { isKnown, isUnderReview, type Known, type Payment } from '../domain/payment';
import { reminderAt, type ReminderPolicy } from '../domain/reminders';
import { silentCalls } from '../domain/silence';

/** What may come due for a payment. */
export interface Due {
  readonly ReviewOverdue: { readonly orderId: string };
  /** A promise ended, or the customer did not act in time. */
  readonly AuthorizationOver: { readonly orderId: string; readonly authorizationId: string; readonly expiresAt: string };
  /** A provider has not said for long what became of a call. */
  readonly ProviderSilent: { readonly orderId: string; readonly key: string; readonly silentSince: string };
  /** Part of the time in which the customer has to act is over. */
  readonly PaymentReminder: { readonly orderId: string; readonly authorizationId: string };
  readonly CaptureRetry: { readonly orderId: string; readonly captureId: string; readonly scheduledFor: string };
  readonly VoidRetry: { readonly orderId: string; readonly voidId: string; readonly scheduledFor: string };
  /** No return has claimed what a channel gave for units that come back. */
  readonly ChannelRefundUnclaimed: { readonly orderId: string; readonly channelRefundId: string };
  readonly RefundRetry: { readonly orderId: string; readonly refundId: string; readonly scheduledFor: string };
  /** Whoever decided, and will not say it again, may have been gone before what then waits had its deadlines. */
  readonly WaitsUnset: { readonly orderId: string };
}
type Name = keyof Due;

const deadline = <Of extends Name>(name: Of, subject: string, { dueAt, data }: { readonly dueAt: string; readonly data: Due[Of] }) => ({
  ...{ id: `payment-${data.orderId}-${name}-${subject}`, stream: paymentStream(data.orderId), name, dueAt, data },
});
type Kept = Omit<Deadline, 'correlationId'>;

const ofReview = (known: Known): readonly Kept[] => {
  const {
    waiting,
    terms: { orderId },
  } = known;
  return isUnderReview(known) && waiting?.decideBy !== undefined
    ? [deadline('ReviewOverdue', waiting.requiredAt, { dueAt: waiting.decideBy, data: { orderId } })]
    : [];
};

const isRunning = ({ status }: Authorization): boolean => status === 'authorized' || status === 'pending';

/** A promise that was pending has another deadline once it is given. */
const ofPromises = ({ ledger, terms: { orderId } }: Known): readonly Kept[] =>
  [...ledger.authorizations.values()].filter(isRunning).flatMap(({ authorizationId, expiresAt }) =>
    expiresAt === undefined
      ? []
      : [
          deadline('AuthorizationOver', `${authorizationId}-${expiresAt}`, {
            dueAt: expiresAt,
            data: { orderId, authorizationId, expiresAt },
          }),
        ],
  );

const ofReminders = ({ ledger, terms: { orderId } }: Known, policy: ReminderPolicy): readonly Kept[] =>
  [...ledger.authorizations.values()].flatMap(({ authorizationId, status, remindedAt, ...wait }) => {
    const dueAt = status === 'pending' && remindedAt === undefined ? reminderAt(wait, policy) : undefined;
    return dueAt === undefined ? [] : [deadline('PaymentReminder', authorizationId, { dueAt, data: { orderId, authorizationId } })];
  });

const scheduled = <Thing extends { readonly nextTryAt?: string }>(
  things: ReadonlyMap<string, Thing>,
): readonly (readonly [string, Thing, string])[] =>
  [...things].flatMap(([id, thing]) => (thing.nextTryAt === undefined ? [] : [[id, thing, thing.nextTryAt] as const]));

const ofRetries = ({ ledger: { captures, voids, refunds }, terms: { orderId } }: Known): readonly Kept[] => [
  ...scheduled(captures).map(([captureId, , dueAt]) =>
    deadline('CaptureRetry', `${captureId}-${dueAt}`, { dueAt, data: { orderId, captureId, scheduledFor: dueAt } }),
  ),
  ...scheduled(voids).map(([voidId, , dueAt]) =>
    deadline('VoidRetry', `${voidId}-${dueAt}`, { dueAt, data: { orderId, voidId, scheduledFor: dueAt } }),
  ),
  ...scheduled(refunds).map(([id, { refundId }, dueAt]) =>
    deadline('RefundRetry', `${id}-${dueAt}`, { dueAt, data: { orderId, refundId, scheduledFor: dueAt } }),
  ),
];

const ofClaims = ({ ledger, terms: { orderId } }: Known): readonly Kept[] =>
  claimsUntil(ledger).map(({ channelRefundId, until }) =>
    deadline('ChannelRefundUnclaimed', channelRefundId, { dueAt: until, data: { orderId, channelRefundId } }),
  );

/** Every wait of a payment that ends by itself; none on a good day. */
export const deadlinesOf = (payment: Payment, reminders: ReminderPolicy): readonly Kept[] =>
  isKnown(payment)
    ? [...ofReview(payment), ...ofPromises(payment), ...ofReminders(payment, reminders), ...ofRetries(payment), ...ofClaims(payment)]
    : [];

const MINUTE = 60_000;
/** Whoever has written something down has set the deadlines of it by then, or never will. */
const LOOK_AGAIN_MS = MINUTE;

/** Set before what a provider answered is written down; `of` names that. */
export const waitsUnset = (orderId: string, of: string, now: Date): Kept =>
  deadline('WaitsUnset', of, { dueAt: new Date(now.getTime() + LOOK_AGAIN_MS).toISOString(), data: { orderId } });

/** Until when providers that were silent are waited for: set once one was, for an order whose provider answers needs none. */
export const deadlinesOfSilence = (payment: Payment, patienceMinutes: number): readonly Kept[] => {
  if (!isKnown(payment)) return [];
  const { orderId } = payment.terms;
  return silentCalls(payment).map(({ key, since }) => {
    const dueAt = new Date(Date.parse(since) + patienceMinutes * MINUTE).toISOString();
    return deadline('ProviderSilent', `${key}-${since}`, { dueAt, data: { orderId, key, silentSince: since } });
  });
};

/** Who is told when something is due. */
export type WhenDue = { readonly [Of in Name]: (data: Due[Of], meta: Meta) => Promise<unknown> };

/** Tells what is due. What cannot be any more needs no telling: a refusal is final. */
export const onDue =
  (when: WhenDue) =>
  async ({ name, data }: Deadline, meta: Meta): Promise<void> => {
    if (!(name in when)) return;
    const tell = when[name as Name] as (data: unknown, meta: Meta) => Promise<unknown>;
    await tell(data, meta).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
    });
  };
