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
import type { ReturnCommand } from '../domain/commands';
import type { ReturnEvent } from '../domain/events';
import { returns, returnStream } from '../domain/return';
import type { OrderReturns } from '../domain/state';

const EXPIRY = 'ReturnExpiry';
const REMINDER = 'ReturnReminder';
const DAY_MS = 86_400_000;

export interface WaitingNeeds {
  readonly deadlines: Pick<Deadlines, 'set'>;
  readonly store: Pick<EventStore, 'readMany'>;
  readonly send: Send<ReturnCommand, OrderReturns, ReturnEvent>;
  readonly newId: () => string;
  readonly now: () => Date;
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

/** Goods that were allowed to come are waited for so long, and their customer is reminded before that. */
export const waitingForGoods = ({ deadlines, store, send, newId, now }: WaitingNeeds) => {
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
    onDue: (async ({ name, data }, meta: Meta) => {
      if (name !== EXPIRY && name !== REMINDER) return;
      const waited = { ...(data as Waited), now: now().toISOString() };
      const command: ReturnCommand =
        name === EXPIRY ? { type: 'ExpireReturn', data: { ...waited, refundId: newId() } } : { type: 'RemindOfReturn', data: waited };
      await send(returnStream(waited.orderId), command, meta).catch(unlessRefused);
    }) satisfies OnDue,
  };
};
