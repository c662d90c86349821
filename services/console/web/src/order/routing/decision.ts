import type { Schemas } from '../../api/client';

export type Decision = Schemas['RoutingDecision'];
export type Candidate = Decision['candidates'][number];

/** Locations that were given something by a decision. */
export const chosenIn = ({ assignments }: Pick<Decision, 'assignments'>): ReadonlySet<string> =>
  new Set(assignments.map(({ location }) => location));

/** A place on the map. */
export interface Spot {
  readonly name: string;
  /** Degrees: longitude, latitude. */
  readonly at: readonly [number, number];
  readonly is: 'destination' | 'chosen' | 'candidate';
}

/** Where everything of a decision is; the destination only where it is known better than by its country. */
export const spotsOf = ({
  candidates,
  destination,
  assignments,
}: Pick<Decision, 'candidates' | 'destination' | 'assignments'>): readonly Spot[] => {
  const chosen = chosenIn({ assignments });
  const { latitude, longitude, locatedBy } = destination;
  const isKnown = latitude !== undefined && longitude !== undefined && locatedBy !== 'country';
  return [
    ...candidates.map(({ location, latitude: north, longitude: east }): Spot => ({
      name: location,
      at: [east, north],
      is: chosen.has(location) ? 'chosen' : 'candidate',
    })),
    ...(isKnown ? [{ name: '', at: [longitude, latitude], is: 'destination' } as const] : []),
  ];
};

/** A part of the world that holds all spots, with some of its surroundings: a box of [west, south], [east, north], in degrees. */
export const surroundingsOf = (spots: readonly Spot[], least = 6): readonly [readonly [number, number], readonly [number, number]] => {
  const span = (of: readonly number[], lowest: number, highest: number): readonly [number, number] => {
    const [low, high] = [Math.min(...of), Math.max(...of)];
    const rim = Math.max(least, (high - low) * 0.6) / 2;
    return [Math.max(lowest, low - rim), Math.min(highest, high + rim)];
  };
  const [west, east] = span(
    spots.map(({ at }) => at[0]),
    -180,
    180,
  );
  const [south, north] = span(
    spots.map(({ at }) => at[1]),
    -85,
    85,
  );
  return [
    [west, south],
    [east, north],
  ];
};
