/** What is known of an order when its delivery is promised. */
export interface Lane {
  /** A place such as `GB-LS1` or `GB`: what stands before the first hyphen is the country. */
  readonly origin: string;
  readonly destination: string;
  readonly service?: string;
  /** On which it was ordered: 0 is Sunday. */
  readonly weekday: number;
}

export type Level = 'all' | 'service' | 'weekday' | 'origin' | 'destination' | 'countries' | 'places' | 'lane';

export interface Node {
  readonly level: Level;
  readonly key: string;
}

const keyOf = (level: Level, part: readonly (string | number)[]): string => JSON.stringify([level, ...part]);
/** Of all of them. */
export const ALL = keyOf('all', []);

const countryOf = (place: string): string => place.split('-')[0] ?? place;

/** Origin and destination, whatever the service. */
export const pairOf = ({ origin, destination }: Lane): string => JSON.stringify([origin, destination]);

/** From all to this lane by this service. A level that says no more than the one before it is left out. */
export const nodesOf = ({ origin, destination, service, weekday }: Lane): readonly Node[] => {
  const countries = [countryOf(origin), countryOf(destination)];
  const hasPlaces = countries[0] !== origin || countries[1] !== destination;
  const parts: readonly (readonly [Level, readonly (string | number)[] | undefined])[] = [
    ['all', []],
    ['service', service === undefined ? undefined : [service]],
    ['weekday', [weekday]],
    ['origin', countries.slice(0, 1)],
    ['destination', countries.slice(1)],
    ['countries', countries],
    ['places', hasPlaces ? [origin, destination] : undefined],
    ['lane', service === undefined ? undefined : [origin, destination, service]],
  ];
  return parts.flatMap(([level, part]) => (part === undefined ? [] : [{ level, key: keyOf(level, part) }]));
};
