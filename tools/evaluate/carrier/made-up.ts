import type { Chance } from '../../simulation/random';
import { dateOf } from '../input/cells';

const FIRST_DAY = 20_300;
const DAYS = 360;
const PARCELS_A_DAY = 5;
const lanes = ['LDN>GB', 'LDN>FR', 'PAR>FR'];
const usage = { 'post/standard': 45, 'vans/next-day': 30, 'courier/express': 25 } as const;
type Service = keyof typeof usage;
const costs: Readonly<Record<Service, number>> = { 'post/standard': 4, 'vans/next-day': 6, 'courier/express': 11 };

/** The post is slow across the Channel, and vans are slow everywhere since the day on which half the time is over. */
const daysOf = (chance: Chance, service: Service, lane: string, day: number): number => {
  if (service === 'courier/express') return chance.whole(1, 2);
  if (service === 'vans/next-day') return chance.whole(1, 3) + (day >= DAYS / 2 ? chance.whole(1, 5) : 0);
  return lane === 'LDN>FR' ? chance.whole(3, 12) : chance.whole(2, 5);
};

/** Five parcels a day over a year. A few are lost, a few come back, and the last ones are still on their way. */
export const madeUpHandovers = (chance: Chance): readonly (readonly (string | number)[])[] =>
  Array.from({ length: DAYS * PARCELS_A_DAY }, (_, n) => {
    const day = Math.floor(n / PARCELS_A_DAY);
    const [lane, service] = [chance.pick(lanes), chance.drawn(usage)];
    const [cost, days] = [costs[service] + chance.whole(0, 10) / 10, daysOf(chance, service, lane, day)];
    const at = (after: number): string => dateOf(FIRST_DAY + day + after);
    const row = [lane, service, cost, at(0)];
    if (chance.percent(service === 'post/standard' ? 1 : 0.4)) return [...row, '', 'lost', at(4)];
    if (chance.percent(1)) return [...row, at(days + 6), 'returned', at(4)];
    return day + days >= DAYS ? [...row, '', '', at(4)] : [...row, at(days), 'delivered', at(4)];
  });
