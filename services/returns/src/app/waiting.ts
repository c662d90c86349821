import {
  fold,
  Refused,
  type Deadline,
  type Deadlines,
  type EventStore,
  type Meta,
  type OnDue,
  type Send,
  type StoredEvent,
} from '@cartage/eventsourcing';
import type { ReturnEvent as PublicEvent } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { Claims } from './claims';
import type { ReturnCommand } from '../domain/commands';
import type { ReturnEvent } from '../domain/events';
import { returns, returnStream } from '../domain/return';
import type { OrderReturns } from '../domain/state';

const EXPIRY = 'ReturnExpiry';
const REMINDER = 'ReturnReminder';
const CLAIM = 'ClaimDecision';
const EXCHANGE = 'ExchangeSettling';
const DAY_MS = 86_400_000;

export interface WaitingNeeds {
  readonly deadlines: Pick<Deadlines, 'set'>;
  readonly store: Pick<EventStore, 'readMany'>;
  readonly send: Send<ReturnCommand, OrderReturns, ReturnEvent>;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly claims: Pick<Claims, 'noticeOverdue'>;
}

interface Waited {
  readonly orderId: string;
  readonly returnId: string;
  readonly expiresAt: string;
}

/** Named by its time: one that is moved is set anew, and the earlier one finds that it came too early. */
const deadline = (name: string, waited: Waited, dueAt: string): Deadline => ({
  ...{ id: `return-${waited.returnId}-${name}-${waited.expiresAt}`, stream: returnStream(waited.orderId), name, dueAt, data: waited },
});

/** What cannot be any more needs no telling: a refusal is final. */
const unlessRefused = (error: unknown): void => {
  if (!(error instanceof Refused)) throw error;
};

/** Goods that were allowed to come are waited for so long, and their customer is reminded before that; claims wait for a person, exchanges for what comes back. */
export const waitingForGoods = ({ deadlines, store, send, newId, now, claims }: WaitingNeeds) => {
  const reminderDays = async (orderId: string): Promise<number> => {
    const [stream] = await store.readMany([returnStream(orderId)]);
    return fold(returns, (stream?.events ?? []) as readonly StoredEvent<ReturnEvent>[]).policy?.reminderDays ?? 0;
  };
  return {
    authorized: async ({ orderId, returnId, expiresAt, authorizedAt }: DataOf<PublicEvent, 'ReturnAuthorized'>): Promise<void> => {
      if (expiresAt === undefined) return;
      const waited = { orderId, returnId, expiresAt };
      await deadlines.set(deadline(EXPIRY, waited, expiresAt));
      const days = await reminderDays(orderId);
      const remindAt = new Date(Date.parse(expiresAt) - days * DAY_MS).toISOString();
      if (days > 0 && remindAt > authorizedAt) await deadlines.set(deadline(REMINDER, waited, remindAt));
    },
    claimed: ({ orderId, claimId, decideBy }: DataOf<PublicEvent, 'ClaimOpened'>): Promise<void> =>
      deadlines.set({
        ...{ id: `claim-${claimId}`, stream: returnStream(orderId), name: CLAIM, dueAt: decideBy },
        data: { orderId, claimId, decideBy },
      }),
    exchanged: ({ orderId, exchangeId, settleBy }: DataOf<PublicEvent, 'ExchangeRequested'>): Promise<void> =>
      deadlines.set({
        ...{ id: `exchange-${exchangeId}`, stream: returnStream(orderId), name: EXCHANGE, dueAt: settleBy },
        data: { orderId, exchangeId },
      }),
    onDue: (async ({ name, data }, meta: Meta) => {
      if (name === EXCHANGE) {
        const late = { ...(data as { readonly orderId: string; readonly exchangeId: string }), now: now().toISOString() };
        return void (await send(returnStream(late.orderId), { type: 'NoticeExchangeOverdue', data: late }, meta).catch(unlessRefused));
      }
      if (name === CLAIM) return claims.noticeOverdue(data as Parameters<Claims['noticeOverdue']>[0], meta);
      if (name !== EXPIRY && name !== REMINDER) return;
      const waited = { ...(data as Waited), now: now().toISOString() };
      const command: ReturnCommand =
        name === EXPIRY ? { type: 'ExpireReturn', data: { ...waited, refundId: newId() } } : { type: 'RemindOfReturn', data: waited };
      await send(returnStream(waited.orderId), command, meta).catch(unlessRefused);
    }) satisfies OnDue,
  };
};
