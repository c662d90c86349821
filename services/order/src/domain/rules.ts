import type { Decision } from './events';
import { evolve } from './evolve';
import { cancelWhenNothingCameBack } from './exchange';
import { movePromises } from './promises';
import { answerCancellations, cancelWhenDeclined, cancelWhenUnpaid, endWhenNothingWanted } from './rule-cancel';
import { cancelWhenNotThere, handOverWhenBooked, handOverWhenPaid } from './rule-hand-over';
import { completeWhenDelivered, confirmWhenReservedAndPaid } from './rule-confirm';
import { holdWhenStuck, releaseWhenOver, releaseWhenResolved } from './rule-hold';
import { resolveShortages } from './shortages';
import type { Occasion, Rule } from './occasion';
import type { PlacedOrder } from './state';
import { askBackUncollected } from './uncollected';
import { cancelReturnedToOrigin } from './undelivered';

export type { Occasion } from './occasion';

/** In this order: what ends something comes before what begins. */
const rules: readonly Rule[] = [
  handOverWhenBooked,
  cancelReturnedToOrigin,
  askBackUncollected,
  answerCancellations,
  cancelWhenNotThere,
  cancelWhenDeclined,
  cancelWhenUnpaid,
  cancelWhenNothingCameBack,
  resolveShortages,
  endWhenNothingWanted,
  releaseWhenResolved,
  releaseWhenOver,
  holdWhenStuck,
  movePromises,
  confirmWhenReservedAndPaid,
  handOverWhenPaid,
  completeWhenDelivered,
];

/** An order that has ended takes answers to what it asked before, and gives back what could not be delivered; what else is told of it is kept. */
const lateRules: ReadonlySet<Rule> = new Set([answerCancellations, cancelReturnedToOrigin]);

/** The decisions that follow now. */
export const consequences = (order: PlacedOrder, occasion: Occasion): readonly Decision[] => {
  const decided: Decision[] = [];
  let current = order;
  for (const rule of rules) {
    if (current.ended && !lateRules.has(rule)) continue;
    for (const event of rule(current, occasion)) {
      decided.push(event);
      current = evolve(current, event) ?? current;
    }
  }
  return decided;
};
