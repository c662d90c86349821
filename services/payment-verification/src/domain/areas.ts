import { areaCountries, postalAreaOf } from '@cartage/contracts';
import type { Terms } from './terms';

/** `<country>-<area>` in capitals, without blanks and dashes in the area: as people write them, and as orders have them. */
const spelt = (area: string): string => {
  const [, country = '', code = ''] = /^([A-Z]{2})-(.*)$/.exec(area.toUpperCase()) ?? [];
  const squeezed = code.replaceAll(/[\s-]/g, '');
  return `${country}-${postalAreaOf(country, squeezed) ?? squeezed}`;
};

const areaOf = ({ country, postalArea = '' }: Terms['destinations'][number]): string => spelt(`${country}-${postalArea}`);

/** Whether a destination lies in an area; `IN-11*` is every area of India that begins with 11. */
export const liesIn = (destination: Terms['destinations'][number], area: string): boolean => {
  const [own, wanted] = [areaOf(destination), spelt(area)];
  return wanted.endsWith('*') ? own.startsWith(wanted.slice(0, -1)) : own === wanted;
};

/** A country whose postal codes name a household tells no area: a limit for one of its areas would never speak. */
export const hasAreas = (area: string): boolean => areaCountries.includes(area.slice(0, 2).toUpperCase());
