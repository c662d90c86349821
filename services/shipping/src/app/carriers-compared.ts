/** What the policy chooses by itself, or what it chooses by what was learned: of all labels of which both are known. */
export interface CarriersBy {
  /** Of its offers, minor units. */
  readonly cost: number;
  /** What they were expected to cost with lateness and loss, minor units. */
  readonly expected: number;
  /** Of those that were shipped so: delivered as a whole, lost or back. */
  readonly ended: number;
  readonly late: number;
  readonly lost: number;
}

/** How choices of carriers came out by the policy alone, and by what was learned beside it. */
export interface CarriersCompared {
  readonly currency: string;
  readonly labels: number;
  /** Of them, chosen by what was learned; the others had it beside them. */
  readonly decidedByLearned: number;
  /** Of them, those for which both choose the same. */
  readonly agreed: number;
  readonly baseline: CarriersBy;
  readonly learned: CarriersBy;
}

export interface CarriersComparedReport {
  readonly from: string;
  readonly to: string;
  readonly items: readonly CarriersCompared[];
}

/** Of labels of a month that ended as they were sent: what lateness and loss were expected to cost when they were chosen, and what they cost by the same policy. */
export interface CarriersForetold {
  readonly month: string;
  readonly currency: string;
  readonly labels: number;
  /** Minor units a label. */
  readonly foretold: number;
  readonly happened: number;
}

export interface CarriersComparedNeeds {
  readonly compared: (within: { readonly from: string; readonly to: string }) => Promise<readonly CarriersCompared[]>;
  readonly now: () => Date;
}

const PERIOD_MS = 90 * 86_400_000;

export interface LearnedReports {
  compared(asked: { readonly from?: string; readonly to?: string }): Promise<CarriersComparedReport>;
}

export const createLearnedReports = ({ compared, now }: CarriersComparedNeeds): LearnedReports => ({
  compared: async (asked) => {
    const to = asked.to ?? now().toISOString();
    const within = { from: asked.from ?? new Date(Date.parse(to) - PERIOD_MS).toISOString(), to };
    return { ...within, items: await compared(within) };
  },
});
