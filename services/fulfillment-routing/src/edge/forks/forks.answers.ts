import { currency, decimal, integer, list, nullable, object, oneOf, optional, orderId, text, time, truth, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import { forkStatuses, type StoredFork } from '../../app/forks/fork-table';
import type { DayUse, ForkTotals, OrderOutcome } from '../../domain/fork-outcome';
import { learnedInForks } from '../../domain/fork-terms';

/** What a fork has more, or fewer, of than there was. */
export type ForkDifference = Omit<ForkTotals, 'orders'>;

export interface ShownFork extends Omit<StoredFork, 'result'> {
  readonly result: (NonNullable<StoredFork['result']> & { readonly difference: ForkDifference }) | null;
}

const costsLess = (now: ForkTotals['costs'], before: ForkTotals['costs']): ForkTotals['costs'] => {
  const sums = new Map(now.map((one) => [one.currency, one.amount]));
  for (const one of before) sums.set(one.currency, (sums.get(one.currency) ?? 0) - one.amount);
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, amount]) => ({ currency: code, amount }));
};

const differenceOf = (before: ForkTotals, now: ForkTotals): ForkDifference => ({
  fulfillments: now.fulfillments - before.fulfillments,
  split: now.split - before.split,
  short: now.short - before.short,
  unfilledUnits: now.unfilledUnits - before.unfilledUnits,
  km: Math.round((now.km - before.km) * 10) / 10,
  costs: costsLess(now.costs, before.costs),
  late: now.late - before.late,
  daysLate: now.daysLate - before.daysLate,
  daysToBegin: now.daysToBegin - before.daysToBegin,
});

export const shownFork = ({ result, ...fork }: StoredFork): ShownFork => ({
  ...fork,
  result: result && { ...result, difference: differenceOf(result.before, result.now) },
});

const location = text('Location code.');
const terms = object({
  from: time('What was recorded before this stands as it is.'),
  to: time('Played forward until then.'),
  rules: optional(text('Version of the routing rules; absent: each order by those that it was routed by.')),
  learned: optional(list(oneOf(learnedInForks), 'What alone decided of what is learned; absent: as the rules have it.')),
  capacity: list(object({ location, perDay: optional(integer('Fulfilments on each day; absent: no limit.')) })),
  stock: list(object({ sku: text(), location, units: integer('So many more than there were.') })),
  opened: list(location),
  closed: list(location),
  hindsightMinutes: optional(integer('Asked what would have been the best, had first decisions of so many minutes been made together.')),
});

const amount = object({ currency: currency(), amount: integer('Minor units.') });
const sums = {
  fulfillments: integer(),
  split: integer('Orders that come from more than one location.'),
  short: integer('Orders of which something waits at the end.'),
  unfilledUnits: integer('Units that nobody ships at the end.'),
  km: decimal('Kilometres of all fulfilments whose distance is known.'),
  costs: list(amount, 'Carriage and handling as estimated, for each currency; of both sides by the same table.'),
  late: integer('Fulfilments that begin after the day on which they are to be handed over.'),
  daysLate: integer('Days after it, of all of them.'),
  daysToBegin: integer('Days from the decision to the day on which a fulfilment is begun, of all of them.'),
};
const totals = object({ orders: integer(), ...sums });

const sourced = object({
  unfilled: integer('Orders, or ship groups of them, of which nothing is shipped.'),
  fulfillments: integer(),
  cost: integer('Minor units.'),
});
const hindsight = object(
  {
    minutes: integer(),
    currency: currency(),
    batches: integer(),
    exact: integer('Batches of which it is certain that there is nothing better; of the others it is a good plan.'),
    orders: integer('Orders, or ship groups of them.'),
    now: sourced,
    best: sourced,
  },
  'What their first decisions come to in the fork, and the best that was found for each batch: as many as possible, then as cheaply as possible.',
);

export const forkAnswer = answerOf<ShownFork>()(
  'RoutingFork',
  object({
    forkId: uuid(),
    status: oneOf(forkStatuses),
    terms,
    note: nullable(text()),
    by: text('Who asked for it.'),
    askedAt: time(),
    startedAt: nullable(time()),
    endedAt: nullable(time()),
    decisions: integer('Decisions that have been made again.'),
    of: integer('How many there are.'),
    failure: nullable(object({ code: text(), detail: text() }, 'Why it failed.')),
    result: nullable(
      object({
        same: integer('Orders in which nothing is otherwise.'),
        before: totals,
        now: totals,
        difference: object(sums, '`now` less `before`.'),
        hindsight: optional(hindsight),
      }),
    ),
  }),
);
export const forkPage = pageAnswer(forkAnswer);

const side = object({
  fulfillments: list(
    object({
      location,
      workDay: text('Local date of the location on which it is begun.'),
      units: integer(),
      km: optional(decimal('Kilometres; absent: not known.')),
      cost: optional(amount),
      daysLate: integer(),
      daysToBegin: integer(),
    }),
  ),
  unfilled: integer('Units that nobody ships at the end.'),
});
export const forkOrderPage = pageAnswer(
  answerOf<OrderOutcome>()('RoutingForkOrder', object({ orderId, isSame: truth(), before: side, now: side })),
);
export const forkDayPage = pageAnswer(
  answerOf<DayUse>()(
    'RoutingForkDay',
    object({
      location,
      day: text('Local date of the location.'),
      before: integer('Fulfilments that it was given for it.'),
      now: integer('In the fork.'),
      capacity: optional(integer('As many as it can take in the fork; absent: no limit.')),
    }),
  ),
);
export const forkGone = answerOf<{ readonly forkId: string }>()('RoutingForkGone', object({ forkId: uuid() }));
