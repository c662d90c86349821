import { sweeping, type Kit, type Parts } from '@cartage/service-kit';
import { lookAheadCard } from './app/look-ahead-card';
import type { DemandTable } from './app/expected-demand';
import type { Network } from './app/network';
import { orderPace } from './app/order-pace';
import type { RoutingRuleBook } from './app/routing-rules';
import { StockPricing, type StockWorth } from './app/stock-worth';
import { LOOK_AHEAD_CARD, RoutingModelsController } from './edge/models.controller';
import { priceTable } from './edge/postgres-prices';

/** Whether it is time, or others have found prices. */
const LOOK_EVERY_MS = 30_000;

export interface LookAheadParts extends Required<Pick<Parts, 'controllers' | 'providers' | 'start' | 'stop'>> {
  readonly worth: () => StockWorth | undefined;
}

/** What units are worth to later orders, found beside the service's work. */
export const lookAheadParts = (
  { pool, now, clock, log }: Pick<Kit<object>, 'pool' | 'now' | 'clock' | 'log'>,
  { rules, network, demand }: { readonly rules: RoutingRuleBook; readonly network: Network; readonly demand: Pick<DemandTable, 'perDay'> },
): LookAheadParts => {
  const pricing = new StockPricing({ table: priceTable(pool), rules, network, demand, now, pause: () => clock.pause(0) });
  const policy = async () => (await rules.inForce()).rules.sourcing;
  const trouble = 'what units are worth to later orders could not be found';
  return {
    worth: pricing.current,
    controllers: [RoutingModelsController],
    providers: [
      { provide: LOOK_AHEAD_CARD, useValue: lookAheadCard({ newest: pricing.newest, policy, months: orderPace({ sql: pool, now }) }) },
    ],
    ...sweeping(() => pricing.renew(), { clock, log, everyMs: LOOK_EVERY_MS, trouble }),
  };
};
