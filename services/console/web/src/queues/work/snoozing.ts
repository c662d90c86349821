/** Until when an item may sleep: as people say it, or a time of one's own. */
export const naps = ['hours', 'tomorrow', 'monday', 'week', 'own'] as const;
export type Nap = (typeof naps)[number];

const MORNING = 9;
const HOURS = 4;
const DAYS = 7;
const MONDAY = 1;

/** In the morning of a day so many days ahead, by the clock of the reader. */
const morning = (now: Date, days: number): Date => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING);

const ends: Readonly<Record<Exclude<Nap, 'own'>, (now: Date) => Date>> = {
  hours: (now) => new Date(now.getTime() + HOURS * 3_600_000),
  tomorrow: (now) => morning(now, 1),
  monday: (now) => morning(now, (MONDAY - now.getDay() + DAYS) % DAYS || DAYS),
  week: (now) => morning(now, DAYS),
};

export const napIn = (text: string | undefined): Nap => naps.find((each) => each === text) ?? 'tomorrow';

/** As the API takes it; `own` is what a field for date and time holds, in the zone of the reader. */
export const napEnd = (nap: Nap, own: string | undefined, now: Date): string =>
  (nap === 'own' ? new Date(own ?? '') : ends[nap](now)).toISOString();
