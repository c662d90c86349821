import { bell } from './bell';
import type { Deadline, DeadlineListing, DeadlineQueue, DueDeadline, WaitingDeadline } from './deadlines';

interface Kept extends DueDeadline {
  readonly nextAt: number;
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
    .map(({ data: _, nextAt, ...deadline }) => ({ ...deadline, nextAt: new Date(nextAt).toISOString() }));

const byDueAt = (a: Kept, b: Kept): number => Date.parse(a.dueAt) - Date.parse(b.dueAt);

/** Deadlines in memory: for tests, and the reference of what the port promises. */
export const memoryDeadlines = (): DeadlineQueue => {
  const known = new Set<string>();
  const waiting = new Map<string, Kept>();
  const set = bell();
  const change = (id: string, changed: Partial<Kept>): void => {
    const kept = waiting.get(id);
    if (kept) waiting.set(id, { ...kept, ...changed });
  };

  return {
    set: async (deadline) => {
      if (known.has(deadline.id)) return;
      known.add(deadline.id);
      const data: unknown = JSON.parse(JSON.stringify(deadline.data ?? null));
      waiting.set(deadline.id, { ...deadline, data, tries: 0, nextAt: Date.parse(deadline.dueAt) });
      set.ring();
    },
    cancel: async (id) => void waiting.delete(id),
    take: async ({ now, until, limit }) => {
      const due = [...waiting.values()].filter(({ nextAt }) => nextAt <= now.getTime()).toSorted(byDueAt);
      return due.slice(0, limit).map(({ nextAt: _, ...deadline }) => {
        const tries = deadline.tries + 1;
        change(deadline.id, { tries, nextAt: until.getTime() });
        return { ...deadline, tries };
      });
    },
    settle: async (ids) => ids.forEach((id) => waiting.delete(id)),
    postpone: async (id, until) => change(id, { nextAt: until.getTime() }),
    list: async (listing) => listed([...waiting.values()], listing),
    nextAt: async () => {
      let first = Infinity;
      for (const { nextAt } of waiting.values()) first = Math.min(first, nextAt);
      return first === Infinity ? undefined : new Date(first);
    },
    heard: set.rings,
    news: set.next,
  };
};
