import { cartageOver, type Cartage } from '../simulator/cartage';
import { httpTo, type Http, type Origins } from '../simulator/http';
import { explain, progressOf } from '../simulator/terminal';
import { live } from '../simulator/world';
import { persistentHttp } from './persistent';

export interface LifeOptions {
  readonly seed: number;
  readonly orders: number;
  /** From one placed order to the next. */
  readonly placeEveryMs: number;
  readonly origins: readonly Origins[];
  readonly signal: AbortSignal;
}

/** A shop, its customers, warehouses and carriers, who ask again for as long as they are not answered. */
export interface ShopLife {
  readonly cartage: Cartage;
  readonly http: Http;
  /** Names of the orders that were accepted, by their ids. */
  readonly accepted: ReadonlyMap<string, string>;
  readonly refusals: Readonly<Record<string, number>>;
  /** To its end; answers with what ended it early, if anything did. */
  live(): Promise<string | undefined>;
}

const PATIENCE_MS = 180_000;

const rememberAccepted = (cartage: Cartage, accepted: Map<string, string>): Cartage => ({
  ...cartage,
  placeOrder: async (channel, externalOrderId, order) => {
    const receipt = await cartage.placeOrder(channel, externalOrderId, order);
    accepted.set(receipt.body.orderId, `${channel} ${externalOrderId}`);
    return receipt;
  },
});

export const shopLife = ({ seed, orders, placeEveryMs, origins, signal }: LifeOptions): ShopLife => {
  const accepted = new Map<string, string>();
  const refusals: Record<string, number> = {};
  const http = persistentHttp(
    origins.map((each) => httpTo(each)),
    {
      ...{ patienceMs: PATIENCE_MS, placeEveryMs, signal },
      refused: (status) => (refusals[status] = (refusals[status] ?? 0) + 1),
    },
  );
  const cartage = rememberAccepted(cartageOver(http), accepted);
  return {
    ...{ cartage, http, accepted, refusals },
    live: () =>
      live(cartage, { seed, orders, progress: progressOf, stuckMs: PATIENCE_MS }).then(
        () => undefined,
        (error: unknown) => explain(error),
      ),
  };
};
