/** What a promise is looked at by: where it left and went and with whom, or one of these, or the week in which it was due. */
export const promiseGroups = ['lane', 'carrier', 'service', 'location', 'country', 'week'] as const;
export type PromiseGroup = (typeof promiseGroups)[number];

export interface PromiseFilter {
  /** Promises that were due from then on. */
  readonly from: string;
  /** And before then. */
  readonly to: string;
  readonly by: PromiseGroup;
  readonly carrier?: string;
  readonly location?: string;
  readonly country?: string;
}

/** What became of the delivery dates that customers were promised. */
export interface PromisesOf {
  readonly location: string | null;
  readonly country: string | null;
  readonly carrier: string | null;
  readonly service: string | null;
  /** Monday of the week, UTC. */
  readonly week: string | null;
  readonly promised: number;
  /** More than a day before. */
  readonly early: number;
  readonly onTime: number;
  readonly late: number;
  /** Due, and not delivered. */
  readonly missed: number;
  /** Of all that were due, in percent. */
  readonly keptPercent: number;
  /** Of those that came late, by how many days begun. */
  readonly lateByDays: { readonly one: number; readonly two: number; readonly three: number; readonly fourOrMore: number };
  readonly medianDaysLate: number | null;
}

export interface PromiseReport {
  readonly from: string;
  readonly to: string;
  readonly by: PromiseGroup;
  readonly items: readonly PromisesOf[];
}

export interface ReportShelf {
  promises(filter: PromiseFilter): Promise<readonly PromisesOf[]>;
}

export type AskedPromises = Partial<Omit<PromiseFilter, 'by'>> & { readonly by?: PromiseGroup };

export interface Reports {
  promises(asked: AskedPromises): Promise<PromiseReport>;
}

const PERIOD_MS = 90 * 86_400_000;

export const createReports = ({ shelf, now }: { readonly shelf: ReportShelf; readonly now: () => Date }): Reports => ({
  promises: async ({ by = 'lane', to = now().toISOString(), from = new Date(Date.parse(to) - PERIOD_MS).toISOString(), ...narrower }) => ({
    ...{ from, to, by },
    items: await shelf.promises({ from, to, by, ...narrower }),
  }),
});
