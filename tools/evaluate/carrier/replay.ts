import type { ParcelOutcome } from '@cartage/shipping/carrier-learning';
import { byChance, ByDay } from '../statistics/by-day';
import type { Chooser } from './methods';
import type { Handover } from './reading';
import type { Fate, Way, World } from './world';

/** A decision and what came of it. */
export interface Chosen {
  readonly n: number;
  readonly handover: Handover;
  readonly way: Way;
  readonly outcome: ParcelOutcome;
}

interface Ended {
  readonly handover: Handover;
  readonly service: string;
  readonly outcome: ParcelOutcome;
}

/**
 * Lives through a history day by day: from a place on it is asked whom to take where there was something to choose, and what comes of its choice it hears on
 * the day after that happened. Before, and where there was nothing to choose, it hears of what was shipped.
 */
export const lived = (world: World, from: number, chooser: Chooser, chosen: (chosen: Chosen) => void): void => {
  const ended = new ByDay<Ended>();
  let today = world.handovers[0]?.day ?? 0;
  const endDay = (): void => {
    for (const { handover, service, outcome } of byChance(ended.take(today), today)) chooser.heard(handover, service, outcome);
    today += 1;
  };
  const goes = (handover: Handover, service: string, fate: Fate): ParcelOutcome => {
    const outcome = { day: handover.day + fate.days, end: fate.end, daysLate: world.daysLate(handover, fate) };
    ended.add(outcome.day, { handover, service, outcome });
    return outcome;
  };
  world.handovers.forEach((handover, n) => {
    while (today < handover.day) endDay();
    const decision = n < from ? undefined : world.decision(n);
    const service = decision && chooser.choose(decision, n);
    const way = decision?.ways.find((each) => each.service === service);
    if (way === undefined) return void goes(handover, handover.service, world.fateOf(handover));
    // What was judged costs what is usual of the service there and then, for whoever chooses.
    chosen({ n, handover, way, outcome: goes({ ...handover, cost: way.cost }, way.service, way.fate) });
  });
};
