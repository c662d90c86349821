import type { NotificationEvent } from '@cartage/contracts';
import { deciding, evolving, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';

type FollowUp = DataOf<NotificationEvent, 'FollowUpDue'>;
type Failure = DataOf<NotificationEvent, 'NotificationFailed'>;

export type NoticesCommand = Named<'RecordFollowUp', FollowUp> | Named<'RecordFailure', Failure>;

/** What others hear about the messages of one order: once each. */
export interface Notices {
  readonly followedUp: boolean;
  readonly failed: ReadonlySet<string>;
}

export const noticesStream = (orderId: string): string => `notices-${orderId}`;

export const notices: Decider<NoticesCommand, Notices, NotificationEvent> = {
  initial: { followedUp: false, failed: new Set() },
  evolve: evolving<Notices, NotificationEvent>({
    FollowUpDue: (state) => ({ ...state, followedUp: true }),
    NotificationFailed: (state, { messageId }) => ({ ...state, failed: new Set([...state.failed, messageId]) }),
  }),
  decide: deciding<NoticesCommand, Notices, NotificationEvent>({
    RecordFollowUp: (data, { followedUp }) => (followedUp ? [] : [{ type: 'FollowUpDue', data }]),
    RecordFailure: (data, { failed }) => (failed.has(data.messageId) ? [] : [{ type: 'NotificationFailed', data }]),
  }),
};
