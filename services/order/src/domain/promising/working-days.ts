import { daysAfter, weekdayOf, type LocalDay, type Weekday } from './local-days';

/** On which days somebody works. */
export interface WorkingDays {
  readonly weekdays: ReadonlySet<Weekday>;
  /** Not on these days all the same: holidays. */
  readonly closedOn: ReadonlySet<LocalDay>;
}

/** Where nobody said when they work. */
export const businessDays: WorkingDays = {
  weekdays: new Set(['monday', 'tuesday', 'wednesday', 'thursday', 'friday']),
  closedOn: new Set(),
};

/** Whoever works on no day of the week never does. */
export const everWorks = ({ weekdays }: WorkingDays): boolean => weekdays.size > 0;

const works = ({ weekdays, closedOn }: WorkingDays, day: LocalDay): boolean => !closedOn.has(day) && weekdays.has(weekdayOf(day));

/** That day, if it is worked, or else the next one that is. Ends because holidays do; not for those who never work. */
export const workingDayFrom = (days: WorkingDays, day: LocalDay): LocalDay => {
  let from = day;
  while (!works(days, from)) from = daysAfter(from, 1);
  return from;
};

/** So many working days after a day that is worked; none: that day. */
export const workingDaysAfter = (days: WorkingDays, day: LocalDay, count: number): LocalDay => {
  let after = day;
  for (let n = 0; n < count; n += 1) after = workingDayFrom(days, daysAfter(after, 1));
  return after;
};

/** How many working days after the first that is worked from then on another day is reached; beyond `most`, that many. Not for those who never work. */
export const workingDaysUntil = (
  days: WorkingDays,
  { from, to }: { readonly from: LocalDay; readonly to: LocalDay },
  most: number,
): number => {
  let [day, count] = [workingDayFrom(days, from), 0];
  while (day < to && count < most) [day, count] = [workingDayFrom(days, daysAfter(day, 1)), count + 1];
  return count;
};
