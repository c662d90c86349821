/** What mistakes cost. */
export interface Costs {
  /** Of the amount of an order that goes wrong, what is lost. */
  readonly loss: number;
  /** And what its provider takes besides. */
  readonly fee: number;
  /** Of the amount of a good order that is declined, what is not earned. */
  readonly margin: number;
  /** What it costs that a person looks at one; whoever looks decides rightly. */
  readonly review: number;
  /** Of an order of which nobody says it. */
  readonly amount: number;
}

export const actions = ['accept', 'review', 'decline'] as const;
export type Action = (typeof actions)[number];

interface Worth {
  readonly amount?: number | undefined;
}

/** What an order is expected to cost by each action, if it goes wrong with this probability; 1 and 0 where it is known. */
export const expectedCosts = (probability: number, order: Worth, costs: Costs): Readonly<Record<Action, number>> => {
  const { loss, fee, margin, review } = costs;
  const amount = order.amount ?? costs.amount;
  return { accept: probability * (amount * loss + fee), review, decline: (1 - probability) * amount * margin };
};

/** What is expected to cost least (Elkan 2001); of equals, what troubles the customer least. */
export const actionFor = (probability: number, order: Worth, costs: Costs): Action => {
  const expected = expectedCosts(probability, order, costs);
  return actions.reduce((best, each) => (expected[each] < expected[best] ? each : best));
};

export const costOf = (action: Action, order: Worth & { readonly wentWrong: boolean }, costs: Costs): number =>
  expectedCosts(order.wentWrong ? 1 : 0, order, costs)[action];

/** From which probability on an order of this amount is acted upon so. */
export const thresholdsFor = (amount: number, costs: Costs): Readonly<Partial<Record<Action, number>>> => {
  const found: Partial<Record<Action, number>> = {};
  for (let n = 0; n <= 1_000; n += 1) found[actionFor(n / 1_000, { amount }, costs)] ??= n / 1_000;
  return found;
};
