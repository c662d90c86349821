import { bell } from './bell';
import type { Deadline, DeadlineListing, DeadlineQueue, DueDeadline, WaitingDeadline } from './deadlines';

interface Kept extends DueDeadline {
  readonly nextAt: number;
  readonly settled: boolean;
}

type Place = readonly [dueAt: string, id: string];

const isBehind = ({ dueAt, id }: Deadline, [afterDueAt, afterId]: Place): boolean =>
  dueAt > afterDueAt || (dueAt === afterDueAt && id > afterId);

const matches = (deadline: Deadline, { now, state, name, stream, after }: DeadlineListing): boolean =>
  (state === undefined || (state === 'overdue') === Date.parse(deadline.dueAt) <= now.getTime()) &&
  (name === undefined || deadline.name === name) &&
  (stream === undefined || deadline.stream === stream) &&
  (after === undefined || isBehind(deadline, after));

const listed = (waiting: readonly Kept[], listing: DeadlineListing): readonly WaitingDeadline[] =>
  waiting
    .filter((deadline) => matches(deadline, listing))
    .toSorted((a, b) => (isBehind(a, [b.dueAt, b.id]) ? 1 : -1))
    .slice(0, listing.limit)
    .map(({ data: _, settled: __, nextAt, ...deadline }) => ({ ...deadline, nextAt: new Date(nextAt).toISOString() }));

/** Deadlines in memory: for tests, and the reference of what the port promises. */
export const memoryDeadlines = (): DeadlineQueue => {
  const all = new Map<string, Kept>();
  const set = bell();
  const waiting = (): readonly Kept[] =>
    [...all.values()].filter(({ settled }) => !settled).toSorted((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt));
  const change = (id: string, changed: Partial<Kept>): void => {
    const kept = all.get(id);
    if (kept && !kept.settled) all.set(id, { ...kept, ...changed });
  };

  return {
    set: async (deadline) => {
      if (all.has(deadline.id)) return;
      const data: unknown = JSON.parse(JSON.stringify(deadline.data ?? null));
      all.set(deadline.id, { ...deadline, data, tries: 0, nextAt: Date.parse(deadline.dueAt), settled: false });
      set.ring();
    },
    cancel: async (id) => change(id, { settled: true }),
    take: async ({ now, until, limit }) => {
      const due = waiting()
        .filter(({ nextAt }) => nextAt <= now.getTime())
        .slice(0, limit);
      return due.map(({ nextAt: _, settled: __, ...deadline }) => {
        const tries = deadline.tries + 1;
        change(deadline.id, { tries, nextAt: until.getTime() });
        return { ...deadline, tries };
      });
    },
    settle: async (ids) => ids.forEach((id) => change(id, { settled: true })),
    postpone: async (id, until) => change(id, { nextAt: until.getTime() }),
    list: async (listing) => listed(waiting(), listing),
    nextAt: async () => {
      const times = waiting().map(({ nextAt }) => nextAt);
      return times.length === 0 ? undefined : new Date(Math.min(...times));
    },
    heard: set.rings,
    news: set.next,
  };
};
