import type { NotificationEvent } from '@cartage/contracts';
import type { DataOf, Deadlines, Meta } from '@cartage/eventsourcing';
import type { Plan } from './planning';

type FollowUp = DataOf<NotificationEvent, 'FollowUpDue'>;

export const FOLLOW_UP = 'FollowUp';
const DAY_MS = 86_400_000;

export interface FollowUpNeeds {
  readonly deadlines: Deadlines;
  /** 0: never. */
  readonly days: number;
  /** What is known of the order; nothing before it was heard of. */
  readonly orderOf: (orderId: string) => Promise<{ readonly channel: string; readonly customerId?: string } | undefined>;
  readonly record: (followUp: FollowUp, meta: Meta) => Promise<unknown>;
  readonly plan: Plan;
}

const idOf = (orderId: string): string => `follow-up-${orderId}`;

/** Some days after everything was delivered: others hear of it, and the customer is asked how he likes it. Not where something came back. */
export const followingUp = ({ deadlines, days, orderOf, record, plan }: FollowUpNeeds) => ({
  completed: async (orderId: string, completedAt: string): Promise<void> => {
    if (days === 0) return;
    const dueAt = new Date(Date.parse(completedAt) + days * DAY_MS).toISOString();
    await deadlines.set({ id: idOf(orderId), stream: `notices-${orderId}`, name: FOLLOW_UP, dueAt, data: { orderId, completedAt, dueAt } });
  },
  sentBack: (orderId: string): Promise<void> => deadlines.cancel(idOf(orderId)),
  due: async ({ orderId, completedAt, dueAt }: Pick<FollowUp, 'orderId' | 'completedAt' | 'dueAt'>, meta: Meta): Promise<void> => {
    const order = await orderOf(orderId);
    if (!order) return;
    const { channel, customerId } = order;
    await record({ orderId, channel, ...(customerId === undefined ? {} : { customerId }), completedAt, dueAt }, meta);
    await plan({ orderId, kind: 'review-request', content: { date: completedAt } }, meta);
  },
});

export type FollowUps = ReturnType<typeof followingUp>;
