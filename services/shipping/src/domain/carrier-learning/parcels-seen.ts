/** Who carries a parcel where: the same service on another lane is another thing, but not wholly. */
export interface Arm {
  readonly lane: string;
  readonly service: string;
}

/** What became of a parcel, on the day on which it was known. */
export interface ParcelOutcome {
  /** Days since 1970. */
  readonly day: number;
  readonly end: 'delivered' | 'lost';
  /** After it was due; 0 is in time. */
  readonly daysLate: number;
}

/** How many parcels ended so far, to explain by; nothing of it fades. */
export interface Counts {
  readonly parcels: number;
  readonly late: number;
  readonly lost: number;
}

/** The same with what is long ago counting less, and with the days that were late. */
export interface Faded extends Counts {
  readonly daysLate: number;
  readonly squares: number;
  readonly day: number;
}

export interface Seen {
  readonly counts: Counts;
  readonly faded: Faded;
}

/** What was seen so many days ago counts half: carriers change within a season. */
const HALF_LIFE_DAYS = 120;

export const nothingSeen: Seen = {
  counts: { parcels: 0, late: 0, lost: 0 },
  faded: { parcels: 0, late: 0, lost: 0, daysLate: 0, squares: 0, day: 0 },
};

const plus = (counts: Counts, { end, daysLate }: ParcelOutcome): Counts => ({
  parcels: counts.parcels + 1,
  late: counts.late + (end === 'delivered' && daysLate > 0 ? 1 : 0),
  lost: counts.lost + (end === 'lost' ? 1 : 0),
});

/** As it counts on a later day (exponential forgetting, as in discounted Thompson sampling: Raj and Kalyani 2017). */
const fadedTo = (faded: Faded, day: number): Faded => {
  if (day <= faded.day) return faded;
  const left = 0.5 ** ((day - faded.day) / HALF_LIFE_DAYS);
  return {
    ...{ parcels: faded.parcels * left, late: faded.late * left, lost: faded.lost * left },
    ...{ daysLate: faded.daysLate * left, squares: faded.squares * left, day },
  };
};

export const seenWith = ({ counts, faded }: Seen, outcome: ParcelOutcome): Seen => {
  const before = fadedTo(faded, outcome.day);
  const late = outcome.end === 'delivered' ? outcome.daysLate : 0;
  return {
    counts: plus(counts, outcome),
    faded: { ...before, ...plus(before, outcome), daysLate: before.daysLate + late, squares: before.squares + late * late },
  };
};
