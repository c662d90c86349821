import { deciding, evolving, invalidField, Refused, type Decider, type Named } from '@cartage/eventsourcing';

/** An item of a queue of the console, as its queue knows it. What it is, the service says that it is of. */
export interface ItemName {
  readonly queue: string;
  readonly key: string;
}

/** What people did about an item: who has it, until when it sleeps, what was written about it. */
export type WorkEntry =
  | Named<'WorkAssigned', Occasion & { readonly assignee: string }>
  | Named<'WorkLetGo', Occasion>
  | Named<'WorkSnoozed', Occasion & { readonly until: string; readonly reason: string }>
  | Named<'WorkWoken', Occasion>
  | Named<'WorkNoted', Occasion & { readonly text: string }>
  | Named<'WorkResolved', Occasion & Resolution>;

interface Occasion {
  /** The item had been dealt with, and waits again: what was so before is over. */
  readonly anew?: true;
  readonly at: string;
}

/** How an item was dealt with: what was done, and why, as far as that was said. */
interface Resolution {
  readonly what: string;
  readonly reason?: string | undefined;
}

interface Timing {
  readonly now: string;
  /** Since when the item waits, as its queue says. */
  readonly since?: string | undefined;
}

export type WorkCommand =
  | Named<'AssignWork', Timing & { readonly assignee: string }>
  | Named<'LetWorkGo', Timing>
  | Named<'SnoozeWork', Timing & { readonly until: string; readonly reason: string }>
  | Named<'WakeWork', Timing>
  | Named<'NoteWork', Timing & { readonly text: string }>
  | Named<'ResolveWork', Timing & Resolution>;

export interface Work {
  readonly assignee?: string | undefined;
  readonly snooze?: { readonly until: string; readonly reason: string } | undefined;
  readonly entries: number;
  readonly notes: number;
  readonly changedAt?: string | undefined;
}

const DAY_MS = 86_400_000;
export const LONGEST_SNOOZE_DAYS = 30;
/** Enough for whoever works on an item; a program that writes to one for ever is stopped. */
export const MOST_ENTRIES = 500;

/** Whether what was done is about an earlier time: the item was dealt with since, and waits again. */
const isOver = ({ changedAt }: Work, { now, since }: Timing): boolean => {
  if (since === undefined || changedAt === undefined) return false;
  const waits = Date.parse(since);
  // A clock that is ahead of ours must not end what was done a moment ago.
  return waits <= Date.parse(now) && Date.parse(changedAt) < waits;
};

const over = ({ entries, notes }: Work): Work => ({ entries, notes });

const after = (work: Work, { anew, at }: Occasion): Work => ({
  ...(anew ? over(work) : work),
  entries: work.entries + 1,
  changedAt: at,
});

/** How it stands for whoever asks, and what every entry says of its time. */
const standing = (work: Work, timing: Timing): { readonly stands: Work; readonly occasion: Occasion } =>
  isOver(work, timing) ? { stands: over(work), occasion: { at: timing.now, anew: true } } : { stands: work, occasion: { at: timing.now } };

const requireRoom = (work: Work): void => {
  if (work.entries >= MOST_ENTRIES)
    throw new Refused('WORK_FULL', `${MOST_ENTRIES} things were done about this item: no more are kept. It can only be dealt with now.`);
};

const requireSnooze = (until: string, now: string): void => {
  const aheadMs = Date.parse(until) - Date.parse(now);
  if (aheadMs <= 0) throw invalidField('until', 'SNOOZE_PAST', 'It must lie ahead: an item sleeps until then.');
  if (aheadMs > LONGEST_SNOOZE_DAYS * DAY_MS)
    throw invalidField('until', 'SNOOZE_TOO_LONG', `It must lie at most ${LONGEST_SNOOZE_DAYS} days ahead.`);
};

const isAsleep = ({ snooze }: Work, now: string): boolean => snooze !== undefined && Date.parse(snooze.until) > Date.parse(now);

/** Who works on an item of a queue, until when it sleeps, and what was written about it. It knows nothing of the item itself. */
export const work: Decider<WorkCommand, Work, WorkEntry> = {
  initial: { entries: 0, notes: 0 },

  evolve: evolving<Work, WorkEntry>({
    WorkAssigned: (before, { assignee, ...occasion }) => ({ ...after(before, occasion), assignee }),
    WorkLetGo: (before, occasion) => ({ ...after(before, occasion), assignee: undefined }),
    WorkSnoozed: (before, { until, reason, ...occasion }) => ({ ...after(before, occasion), snooze: { until, reason } }),
    WorkWoken: (before, occasion) => ({ ...after(before, occasion), snooze: undefined }),
    WorkNoted: (before, occasion) => ({ ...after(before, occasion), notes: before.notes + 1 }),
    // Where it fails again, nobody has it, and it does not sleep.
    WorkResolved: (before, occasion) => after(over(before), occasion),
  }),

  decide: deciding<WorkCommand, Work, WorkEntry>({
    AssignWork: ({ assignee, ...timing }, state) => {
      const { stands, occasion } = standing(state, timing);
      if (stands.assignee === assignee) return [];
      requireRoom(stands);
      return [{ type: 'WorkAssigned', data: { ...occasion, assignee } }];
    },
    LetWorkGo: (timing, state) => {
      const { stands, occasion } = standing(state, timing);
      return stands.assignee === undefined ? [] : [{ type: 'WorkLetGo', data: occasion }];
    },
    SnoozeWork: ({ until, reason, ...timing }, state) => {
      const { stands, occasion } = standing(state, timing);
      requireSnooze(until, timing.now);
      if (stands.snooze?.until === until && stands.snooze.reason === reason) return [];
      requireRoom(stands);
      return [{ type: 'WorkSnoozed', data: { ...occasion, until, reason } }];
    },
    WakeWork: (timing, state) => {
      const { stands, occasion } = standing(state, timing);
      return isAsleep(stands, timing.now) ? [{ type: 'WorkWoken', data: occasion }] : [];
    },
    NoteWork: ({ text, ...timing }, state) => {
      const { stands, occasion } = standing(state, timing);
      requireRoom(stands);
      return [{ type: 'WorkNoted', data: { ...occasion, text } }];
    },
    // However much was done about it: this is what it was for.
    ResolveWork: ({ what, reason, ...timing }, state) => {
      const { occasion } = standing(state, timing);
      return [{ type: 'WorkResolved', data: { ...occasion, what, ...(reason === undefined ? {} : { reason }) } }];
    },
  }),
};
