import type { OrderEvent as Published } from '@cartage/contracts';
import type { DataOf, Deadline, Deadlines, Meta, OnDue } from '@cartage/eventsourcing';
import { streamOf } from '../domain/order';
import { later, type Occasion } from '../domain/occasion';
import type { SendToOrder } from './facts';

export interface DeadlineNeeds {
  readonly deadlines: Deadlines;
  readonly send: SendToOrder;
  readonly occasion: () => Occasion;
}

type Hears = { readonly [Type in Published['type']]?: (data: DataOf<Published, Type>, meta: Pick<Meta, 'correlationId'>) => Promise<void> };

const waitingFor = (name: string, id: string, dueAt: string): Omit<Deadline, 'stream'> => ({ id: `${name}-${id}`, name, dueAt, data: {} });

/** Which deadlines follow from what the order decided: heard, like everything that has an effect outside the log, so that none is lost in a crash. */
export const deadlinesHeard = ({ deadlines, occasion }: DeadlineNeeds): Hears => {
  const set = (orderId: string, deadline: Omit<Deadline, 'stream'>, { correlationId }: Pick<Meta, 'correlationId'>): Promise<void> =>
    deadlines.set({ ...deadline, stream: streamOf(orderId), correlationId });
  return {
    HoldApplied: async ({ orderId, holdId, until }, meta) => {
      if (until !== undefined) await set(orderId, waitingFor('hold', holdId, until), meta);
    },
    HoldReleased: ({ holdId }) => deadlines.cancel(`hold-${holdId}`),
    /** Lines that are split hold nothing, and wait all the same. */
    ShortageResolved: async ({ orderId, lineId, choice, resolvedAt }, meta) => {
      const dueAt = later(resolvedAt, occasion().patience.shortageMs);
      if (choice === 'split') await set(orderId, waitingFor('shortage', `${orderId}-${lineId}-${resolvedAt}`, dueAt), meta);
    },
    CancellationRequested: ({ orderId, cancellationId, requestedAt }, meta) =>
      set(orderId, waitingFor('cancellation', cancellationId, later(requestedAt, occasion().patience.cancellationMs)), meta),
  };
};

/** The order looks at itself anew; whatever the clock of this process says, its deadline has come. */
export const deadlinesMet =
  ({ send, occasion }: Omit<DeadlineNeeds, 'deadlines'>): OnDue =>
  ({ stream, dueAt }, meta) => {
    const at = occasion();
    return send(stream, { type: 'MeetDeadline', data: { ...at, now: at.now > dueAt ? at.now : dueAt } }, meta);
  };
