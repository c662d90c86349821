/** What parcels are looked at by. A lane is from where, to which country, by whom, how. */
export const scorecardGroups = ['lane', 'carrier', 'service', 'countries', 'area'] as const;
export type ScorecardGroup = (typeof scorecardGroups)[number];

export const scorecardPeriods = ['whole', 'week', 'month'] as const;
export type ScorecardPeriod = (typeof scorecardPeriods)[number];

export interface ScorecardFilter {
  /** Parcels that the carrier got from then on. */
  readonly from: string;
  /** And before then. */
  readonly to: string;
  readonly by: ScorecardGroup;
  readonly each: ScorecardPeriod;
  readonly carrier?: string;
  readonly service?: string;
  readonly location?: string;
  /** Of the destination. */
  readonly country?: string;
}

/** What parcels cost, in one currency; minor units. */
export interface CarriageCost {
  readonly currency: string;
  /** Those of which the price is known. */
  readonly parcels: number;
  readonly cost: number;
  /** `cost` ÷ `parcels`. */
  readonly perParcel: number;
  /** `cost` ÷ kilograms as packed; null where nothing was weighed. */
  readonly perKg: number | null;
  /** Those of which the carrier had said in this currency, before it was asked for the label, what it would cost. */
  readonly quotedParcels: number;
  readonly quoted: number;
  /** What those were sold for above what was quoted, in percent of that; null where nothing was quoted. */
  readonly overQuotePercent: number | null;
}

/** What of labels was billed otherwise than they were sold, in one currency; minor units. */
export interface BilledOtherwise {
  readonly currency: string;
  readonly labels: number;
  /** Above zero it was too much. */
  readonly amount: number;
  /** What of it the carrier has given back, or said that it gives back. */
  readonly credited: number;
}

/**
 * How a carrier did with the parcels that it got in a period. Every share is of those parcels of which the outcome is known; of the others nothing is said. What is on its way still moves the figures of its period.
 */
export interface Scorecard {
  readonly carrier: string;
  readonly service: string | null;
  readonly location: string | null;
  readonly originCountry: string | null;
  readonly country: string | null;
  readonly postalArea: string | null;
  /** Its first day, UTC; null: the whole of it. */
  readonly period: string | null;
  /** Handed over in the period. */
  readonly parcels: number;
  readonly delivered: number;
  /** Promised to the customer, and delivered, or not delivered though the promise is over. */
  readonly promiseDue: number;
  /** Delivered until the promise ÷ `promiseDue`. What comes back, is lost or broken undelivered did not come in time. */
  readonly onTimePercent: number | null;
  /** Quoted with so many days, and delivered, or not delivered though those are over. */
  readonly transitDue: number;
  /** Delivered on the quoted day or before ÷ `transitDue`. Days are those of the calendar, UTC, from the handover on. */
  readonly onTransitPercent: number | null;
  /** From the handover to the delivery, in days: half of what was delivered took so long at most. */
  readonly transitDaysP50: number | null;
  /** 9 of 10 of what was delivered. */
  readonly transitDaysP90: number | null;
  /** Delivered at the first attempt ÷ those that were delivered or of which an attempt failed. */
  readonly firstAttemptPercent: number | null;
  /** Of which an attempt to deliver failed (NDR). */
  readonly notDelivered: number;
  /** Come back, or on their way back (RTO). */
  readonly returned: number;
  readonly lost: number;
  /** The carrier says so, or was asked to pay for it. */
  readonly damaged: number;
  /** Under way for longer than their lane usually takes, as `/shipping/stuck` has it. */
  readonly stuck: number;
  /** For which the carrier was asked to pay. */
  readonly claims: number;
  /** For which it accepted to pay, all or a part. */
  readonly claimsWon: number;
  readonly costs: readonly CarriageCost[];
  /** Whose labels stand in an invoice of the carrier. */
  readonly billed: number;
  /** Of those, where the invoice is not as the label says: beyond what is let pass. */
  readonly billedOtherwisePercent: number | null;
  readonly billedOtherwise: readonly BilledOtherwise[];
}

export interface ScorecardReport {
  readonly from: string;
  readonly to: string;
  readonly by: ScorecardGroup;
  readonly each: ScorecardPeriod;
  readonly items: readonly Scorecard[];
}

export interface ScorecardShelf {
  /** Most parcels first. */
  scorecards(filter: ScorecardFilter, limit: number, now: Date): Promise<readonly Scorecard[]>;
}

export type AskedScorecards = Partial<ScorecardFilter>;

export interface Scorecards {
  report(asked: AskedScorecards): Promise<ScorecardReport>;
  /** All of it, for a spreadsheet. */
  whole(asked: AskedScorecards): Promise<ScorecardReport>;
}

const PERIOD_MS = 90 * 86_400_000;
const MOST = 1_000;
const MOST_IN_FILE = 100_000;

export const createScorecards = ({ shelf, now }: { readonly shelf: ScorecardShelf; readonly now: () => Date }): Scorecards => {
  const upTo = async ({ by = 'lane', each = 'whole', ...asked }: AskedScorecards, limit: number): Promise<ScorecardReport> => {
    const to = asked.to ?? now().toISOString();
    const within = { from: asked.from ?? new Date(Date.parse(to) - PERIOD_MS).toISOString(), to, by, each };
    return { ...within, items: await shelf.scorecards({ ...asked, ...within }, limit, now()) };
  };
  return { report: (asked) => upTo(asked, MOST), whole: (asked) => upTo(asked, MOST_IN_FILE) };
};
