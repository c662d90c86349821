import type { Schemas } from '../../api/client';

export type ItemWork = Schemas['ItemWork'];

/** Which items of a queue are shown, as it stands in the address; absent: all that do not sleep. */
export const whoses = ['mine', 'nobody', 'snoozed'] as const;
export type Whose = (typeof whoses)[number];

export const whoseIn = (text: string | undefined): Whose | undefined => whoses.find((each) => each === text);

/** How it stands with an item: who works on it, and whether it sleeps. */
export interface Standing {
  readonly assignee: string | null;
  readonly isMine: boolean;
  /** Not before then; null: it is awake. */
  readonly asleepUntil: string | null;
  readonly snoozeReason: string | null;
  readonly notes: number;
  readonly version: number;
}

const nobodys: Standing = { assignee: null, isMine: false, asleepUntil: null, snoozeReason: null, notes: 0, version: 0 };

/** Whether what was done is about an earlier time: the item was dealt with since, and waits again. The service judges the same. */
const isOver = (changedAt: string | null, since: string | undefined, now: number): boolean => {
  if (since === undefined || changedAt === null) return false;
  const waits = Date.parse(since);
  return waits <= now && Date.parse(changedAt) < waits;
};

/** `since`: when the item began to wait, where that is known. */
export const standingOf = (work: ItemWork | undefined, since: string | undefined, now: number): Standing => {
  if (!work) return nobodys;
  const { version, notes, changedAt, assignee, mine: isMine, snoozedUntil, snoozeReason } = work;
  if (isOver(changedAt, since, now)) return { ...nobodys, notes, version };
  const isAsleep = snoozedUntil !== null && Date.parse(snoozedUntil) > now;
  return {
    ...{ assignee, isMine, notes, version },
    asleepUntil: isAsleep ? snoozedUntil : null,
    snoozeReason: isAsleep ? snoozeReason : null,
  };
};

const shown: Readonly<Record<Whose, (standing: Standing) => boolean>> = {
  mine: ({ isMine, asleepUntil }) => isMine && asleepUntil === null,
  nobody: ({ assignee, asleepUntil }) => assignee === null && asleepUntil === null,
  snoozed: ({ asleepUntil }) => asleepUntil !== null,
};

export const isShown = (whose: Whose | undefined, standing: Standing): boolean =>
  whose === undefined ? standing.asleepUntil === null : shown[whose](standing);
