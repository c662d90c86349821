import type { JudgedOrder } from './reading';

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
  /** Of an order of which the file does not say it. */
  readonly amount: number;
}

export const actions = ['accept', 'review', 'decline'] as const;
export type Action = (typeof actions)[number];

const amountOf = ({ amount }: Pick<JudgedOrder, 'amount'>, costs: Costs): number => amount ?? costs.amount;

/** What an order costs, if it goes wrong with this probability; 1 and 0 where it is known. */
const costsOf = (probability: number, amount: number, { loss, fee, margin, review }: Costs): Readonly<Record<Action, number>> => ({
  ...{ accept: probability * (amount * loss + fee), review },
  decline: (1 - probability) * amount * margin,
});

/** What is expected to cost least (Elkan 2001); of equals, what troubles the customer least. */
export const actionFor = (probability: number, order: Pick<JudgedOrder, 'amount'>, costs: Costs): Action => {
  const expected = costsOf(probability, amountOf(order, costs), costs);
  return actions.reduce((best, each) => (expected[each] < expected[best] ? each : best));
};

export const costOf = (action: Action, order: Pick<JudgedOrder, 'amount' | 'wentWrong'>, costs: Costs): number =>
  costsOf(order.wentWrong ? 1 : 0, amountOf(order, costs), costs)[action];

/** From which probability on an order of this amount is acted upon so. */
export const thresholdsFor = (amount: number, costs: Costs): Readonly<Partial<Record<Action, number>>> => {
  const found: Partial<Record<Action, number>> = {};
  for (let n = 0; n <= 1_000; n += 1) found[actionFor(n / 1_000, { amount }, costs)] ??= n / 1_000;
  return found;
};
