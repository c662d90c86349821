import type { Cartage } from '../cartage';
import { awaited } from '../patience';
import { Trouble } from '../problem';
import { LOCATION } from './order';

/** Units of one location. */
export interface StockBalance {
  readonly received: number;
  readonly shipped: number;
  readonly restocked: number;
  /** By Cartage's own word. */
  readonly onHand: number;
  /** SKUs for which received − shipped + restocked is not what is there. */
  readonly wrong: readonly string[];
}

interface Movements {
  readonly received: ReadonlyMap<string, number>;
  readonly shipped: ReadonlyMap<string, number>;
  readonly restocked: ReadonlyMap<string, number>;
}

const ASKED_AT_ONCE = 100;

const onHandOf = async (cartage: Cartage, skus: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  const found = new Map<string, number>();
  for (let from = 0; from < skus.length; from += ASKED_AT_ONCE)
    for (const { sku, locations } of await cartage.availability(skus.slice(from, from + ASKED_AT_ONCE)))
      found.set(sku, locations.find(({ location }) => location === LOCATION)?.onHand ?? 0);
  return found;
};

const total = (units: ReadonlyMap<string, number>): number => [...units.values()].reduce((sum, each) => sum + each, 0);

const expectedOf = ({ received, shipped, restocked }: Movements, sku: string): number =>
  (received.get(sku) ?? 0) - (shipped.get(sku) ?? 0) + (restocked.get(sku) ?? 0);

const look = async (cartage: Cartage, movements: Movements): Promise<StockBalance> => {
  const onHand = await onHandOf(cartage, [...movements.received.keys()]);
  const wrong = [...onHand].filter(([sku, units]) => units !== expectedOf(movements, sku)).map(([sku]) => sku);
  const { received, shipped, restocked } = movements;
  return { received: total(received), shipped: total(shipped), restocked: total(restocked), onHand: total(onHand), wrong };
};

/** Stock in − out + back, SKU by SKU, against what is there; waits a while for movements that are still on their way. */
export const stockBalance = async (cartage: Cartage, movements: Movements): Promise<StockBalance> => {
  const balanced = async (): Promise<StockBalance | undefined> => {
    const balance = await look(cartage, movements);
    return balance.wrong.length === 0 ? balance : undefined;
  };
  try {
    return await awaited('the stock to balance', balanced);
  } catch (error) {
    if (error instanceof Trouble) return look(cartage, movements);
    throw error;
  }
};
