import type { LineQuantity } from '@cartage/contracts';
import type { Brokered, Fulfillment, PendingCancellation } from './state';
import { divided, merged, without } from './units';

/** What a fulfilment is once units of it are not there. */
export interface Cut {
  readonly lines: readonly LineQuantity[];
  /** Cancellations that are answered by it: so many of their units do not ship, whoever holds the rest. */
  readonly answered: readonly PendingCancellation[];
  /** Those that are still to be answered. */
  readonly pending: readonly PendingCancellation[];
  /** Short, and still wanted. */
  readonly wanted: readonly LineQuantity[];
}

/** Units of a line are not told apart: those that were to be cancelled are the first of those that are short. */
export const shortOf = ({ lines, cancellations }: Pick<Fulfillment, 'lines' | 'cancellations'>, short: readonly LineQuantity[]): Cut =>
  cancellations.reduce<Cut>(
    (cut, cancellation) => {
      const { found, rest } = divided(cancellation.lines, cut.wanted);
      return {
        ...cut,
        wanted: without(cut.wanted, found),
        answered: found.length > 0 ? [...cut.answered, { ...cancellation, lines: found }] : cut.answered,
        pending: rest.length > 0 ? [...cut.pending, { ...cancellation, lines: rest }] : cut.pending,
      };
    },
    { lines: without(lines, short), answered: [], pending: [], wanted: short },
  );

/** A fulfilment without units that are short; of those that were to be cancelled, nobody has to be asked any more: they wait until that is told. */
export const pickedShort = (state: Brokered, fulfillmentId: string, short: readonly LineQuantity[]): Brokered => {
  const one = state.fulfillments.get(fulfillmentId);
  if (!one) return state;
  const cut = shortOf(one, short);
  const after = {
    ...one,
    lines: cut.lines,
    lost: without(one.lost, short),
    short: merged([...one.short, ...short]),
    cancellations: cut.pending,
    // Whoever holds the goods was asked all the same, and answers: its location has nothing against what is left.
    ...(one.status === 'cancelling' && cut.pending.length === 0 ? { rejection: {} } : {}),
  };
  const waiting = cut.answered.flatMap(({ lines }) => lines.map((line) => ({ ...line, shipGroupId: one.shipGroupId })));
  return { ...state, fulfillments: new Map(state.fulfillments).set(fulfillmentId, after), unfilled: [...state.unfilled, ...waiting] };
};
