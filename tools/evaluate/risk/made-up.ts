import type { Chance } from '../../simulation/random';
import { dateOf } from '../input/cells';

const FIRST_DAY = 20_200;
const DAYS = 500;
const ORDERS_A_DAY = 12;
const methods = { card: 70, wallet: 20, 'cash-on-delivery': 10 } as const;

export const sampleFeatures = ['up:orders_within_hour', 'down:customer_days', 'category:address', 'number:hour'] as const;

interface MadeUp {
  readonly method: keyof typeof methods;
  readonly within: number;
  readonly customerDays: number | undefined;
  readonly address: string;
  readonly day: number;
}

/** In percent. Whoever orders often at once, is new, or has it sent to a parcel shop is riskier; and in the last third of the time, parcel shops more so. */
const riskOf = ({ method, within, customerDays, address, day }: MadeUp): number =>
  1 +
  (method === 'cash-on-delivery' ? 5 : 0) +
  within * 7 +
  (customerDays === undefined ? 3 : 0) +
  (address === 'parcel-shop' ? (day > (DAYS * 2) / 3 ? 14 : 6) : 0);

/** What points of rules would give: they know new customers and haste, and no addresses. */
const scoreOf = ({ within, customerDays }: MadeUp, chance: Chance): number =>
  within * 20 + (customerDays === undefined ? 15 : 0) + chance.whole(0, 15);

/** Twelve orders a day over five hundred days. */
export const madeUpOrders = (chance: Chance): readonly (readonly (string | number)[])[] =>
  Array.from({ length: DAYS * ORDERS_A_DAY }, (_, n) => {
    const day = Math.floor(n / ORDERS_A_DAY);
    const order: MadeUp = {
      ...{ method: chance.drawn(methods), within: chance.percent(12) ? chance.whole(1, 3) : 0, day },
      ...{ customerDays: chance.percent(35) ? undefined : chance.whole(1, 900), address: chance.percent(15) ? 'parcel-shop' : 'home' },
    };
    const [isBad, amount] = [chance.percent(riskOf(order)), chance.whole(10, 120)];
    const knownAt = dateOf(FIRST_DAY + day + chance.whole(5, 55));
    return [
      ...[dateOf(FIRST_DAY + day), isBad ? 'bad' : 'good', isBad ? knownAt : '', amount, scoreOf(order, chance)],
      ...[order.method, chance.pick(['GB', 'FR', 'DE']), chance.pick(['web', 'marketplace'])],
      ...[order.within, order.customerDays ?? '', order.address, chance.whole(0, 23)],
    ];
  });
