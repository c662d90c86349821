import type { OrderEvent as Published } from '@cartage/contracts';
import type { DataOf, Deadline, Deadlines, Meta, OnDue } from '@cartage/eventsourcing';
import { streamOf } from '../domain/order';
import { later, type Occasion, type Patience } from '../domain/occasion';
import { warnAt } from '../domain/promises';
import type { SendToOrder } from './facts';

export interface DeadlineNeeds {
  readonly deadlines: Deadlines;
  readonly send: SendToOrder;
  readonly occasion: () => Occasion;
}

type Hears = { readonly [Type in Published['type']]?: (data: DataOf<Published, Type>, meta: Pick<Meta, 'correlationId'>) => Promise<void> };

const waitingFor = (name: string, id: string, dueAt: string): Omit<Deadline, 'stream'> => ({ id: `${name}-${id}`, name, dueAt, data: {} });

interface Dated {
  readonly orderId: string;
  readonly shipGroupId: string;
  readonly shipBy?: string;
  readonly deliverBy?: string;
}

/** When to look whether the dates of a ship group are at risk. */
const timersOf = ({ orderId, shipGroupId, shipBy, deliverBy }: Dated, since: string, { atRiskMs }: Patience) =>
  [shipBy, deliverBy].flatMap((dueAt) =>
    dueAt === undefined ? [] : [waitingFor('at-risk', `${orderId}-${shipGroupId}-${dueAt}`, warnAt(since, dueAt, atRiskMs))],
  );

/** Dates that are new, and the waiting for goods that moved with them. */
const movedTimersOf = (group: Dated, since: string, patience: Patience) => {
  const { orderId, shipGroupId, shipBy, deliverBy } = group;
  const dates = [shipBy, deliverBy].flatMap((dueAt) =>
    dueAt === undefined ? [] : [waitingFor('due', `${orderId}-${shipGroupId}-${dueAt}`, dueAt)],
  );
  const goods =
    shipBy === undefined ? [] : [waitingFor('goods', `${orderId}-${shipGroupId}-${shipBy}`, later(shipBy, patience.shortageMs))];
  return [...timersOf(group, since, patience), ...dates, ...goods];
};

/** Which deadlines follow from what the order decided: heard, like everything that has an effect outside the log, so that none is lost in a crash. */
export const deadlinesHeard = ({ deadlines, occasion }: DeadlineNeeds): Hears => {
  const set = (orderId: string, deadline: Omit<Deadline, 'stream'>, { correlationId }: Pick<Meta, 'correlationId'>): Promise<void> =>
    deadlines.set({ ...deadline, stream: streamOf(orderId), correlationId });
  /** Together: deadlines that are set at the same time share a statement. */
  const setAll = async (orderId: string, all: readonly Omit<Deadline, 'stream'>[], meta: Pick<Meta, 'correlationId'>): Promise<void> =>
    void (await Promise.all(all.map((deadline) => set(orderId, deadline, meta))));
  const watch = (group: Dated, since: string, meta: Pick<Meta, 'correlationId'>): Promise<void> =>
    setAll(group.orderId, movedTimersOf(group, since, occasion().patience), meta);
  return {
    OrderPlaced: ({ orderId, placedAt, shipGroups }, meta) => {
      const timers = shipGroups.flatMap((group) => timersOf({ ...group, orderId }, placedAt, occasion().patience));
      return setAll(orderId, timers, meta);
    },
    /** Sold with its days, a ship group waits for no goods yet, and nothing of it was warned of before. */
    PromiseMade: ({ promisedAt, basis, ...group }, meta) =>
      basis?.policy === undefined
        ? watch(group, promisedAt, meta)
        : setAll(group.orderId, timersOf(group, promisedAt, occasion().patience), meta),
    PromiseMoved: ({ movedAt, ...group }, meta) => watch(group, movedAt, meta),
    OrderEdited: async ({ orderId, editedAt, shipGroups }, meta) => {
      for (const { shipGroupId, after } of shipGroups) await watch({ ...after, orderId, shipGroupId }, editedAt, meta);
    },
    DeadlineAtRisk: ({ orderId, shipGroupId, deadline, dueAt }, meta) =>
      set(orderId, waitingFor('missed', `${orderId}-${shipGroupId}-${deadline}-${dueAt}`, dueAt), meta),
    HoldApplied: async ({ orderId, holdId, until }, meta) => {
      if (until !== undefined) await set(orderId, waitingFor('hold', holdId, until), meta);
    },
    HoldReleased: ({ holdId }) => deadlines.cancel(`hold-${holdId}`),
    /** Lines that are split hold nothing, and wait all the same. */
    ShortageResolved: async ({ orderId, lines, choice, resolvedAt }, meta) => {
      const dueAt = later(resolvedAt, occasion().patience.shortageMs);
      if (choice === 'split') await set(orderId, waitingFor('shortage', `${orderId}-${lines[0]?.lineId ?? ''}-${resolvedAt}`, dueAt), meta);
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
