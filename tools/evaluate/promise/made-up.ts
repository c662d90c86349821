import type { Chance } from '../../simulation/random';
import { dateOf, weekdayOf } from '../input/cells';

const FIRST_DAY = 20_300;
const ORDERS = 600;
const origins = ['GB-LS1', 'FR-75001'];
const destinations = ['GB-M1', 'GB-EH1', 'FR-69001', 'DE-10115'];
const services = ['express', 'economy'];

const countryOf = (place: string): string => place.split('-')[0] ?? '';

/** What an express parcel takes at home is a day or two; abroad, by economy, on weekends and since the two hundredth day it takes longer. */
const daysOf = (
  chance: Chance,
  { abroad, economy, day }: { readonly abroad: boolean; readonly economy: boolean; readonly day: number },
): number =>
  (abroad ? 3 : 1) +
  (economy ? chance.whole(1, 4) : chance.whole(0, 1)) +
  ([5, 6].includes(weekdayOf(day)) ? 2 : 0) +
  (day > FIRST_DAY + 200 && abroad ? 2 : 0) +
  (chance.percent(6) ? chance.whole(2, 8) : 0);

/** Orders over three hundred days, two a day. */
export const madeUpDeliveries = (chance: Chance): readonly (readonly (string | number)[])[] =>
  Array.from({ length: ORDERS }, (_, n) => {
    const day = FIRST_DAY + Math.floor(n / 2);
    const [origin, destination, service] = [chance.pick(origins), chance.pick(destinations), chance.pick(services)];
    const abroad = countryOf(origin) !== countryOf(destination);
    const days = daysOf(chance, { abroad, economy: service === 'economy', day });
    return [dateOf(day), origin, destination, service, dateOf(day + days), dateOf(day + (abroad ? 8 : 5))];
  });
