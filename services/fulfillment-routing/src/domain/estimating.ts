import type { LocationFacts } from './facts';
import type { CostTable, RoutingRules } from './rules';

type Place = Pick<LocationFacts, 'location' | 'kind'>;

/** What a parcel over this distance costs by the table; over an unknown one, or one beyond the last band, what the last band costs. */
const rateOf = ({ bands }: CostTable, km: number | undefined): number => {
  const band = km === undefined ? undefined : bands.find(({ upToKm }) => km <= upToKm);
  return (band ?? bands.at(-1))?.amount ?? 0;
};

/** What it costs to handle one fulfilment there: by its code, else by its kind. */
const handlingOf = ({ handling }: CostTable, { location, kind }: Place): number => handling[location] ?? handling[kind] ?? 0;

/** Minor units: handling and carriage of one fulfilment; nothing where the rules have no table. */
export const estimatedCost = ({ cost }: Pick<RoutingRules, 'cost'>, place: Place, km: number | undefined): number | undefined =>
  cost && handlingOf(cost, place) + rateOf(cost, km);
