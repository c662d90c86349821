import { geoEqualEarth, geoPath } from 'd3-geo';
import { useMemo, type ReactNode } from 'react';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import countries from 'world-atlas/countries-110m.json';
import { useSpeech } from '../../words/words';
import { surroundingsOf, type Spot } from './decision';

const WIDTH = 480;
const HEIGHT = 300;

// A file that TypeScript reads by its letters only.
const world = countries as unknown as Topology<{ readonly countries: GeometryCollection }>;
const land = feature(world, world.objects.countries);

const drawn = (spots: readonly Spot[]) => {
  const corners = surroundingsOf(spots);
  const frame = { type: 'MultiPoint' as const, coordinates: corners.map((corner) => [...corner]) };
  const projection = geoEqualEarth().fitExtent(
    [
      [0, 0],
      [WIDTH, HEIGHT],
    ],
    frame,
  );
  const path = geoPath(projection);
  return {
    land: path(land) ?? '',
    places: spots.flatMap((spot) => {
      const at = projection([...spot.at]);
      return at ? [{ spot, x: at[0], y: at[1] }] : [];
    }),
  };
};

/** Where the candidates are, who was chosen, and where it goes. The table beside it says the same. */
export const RoutingMap = ({ spots }: { readonly spots: readonly Spot[] }): ReactNode => {
  const { say } = useSpeech();
  const { land: outline, places } = useMemo(() => drawn(spots), [spots]);
  const to = places.find(({ spot }) => spot.is === 'destination');
  return (
    <svg className="map" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={say('routing.map')}>
      <path className="land" d={outline} />
      {to &&
        places.map(({ spot, x, y }) => spot.is === 'chosen' && <path key={spot.name} className="way" d={`M${x} ${y}L${to.x} ${to.y}`} />)}
      {places.map(({ spot, x, y }) => (
        <g key={`${spot.is} ${spot.name}`}>
          <circle className={`spot ${spot.is}`} cx={x} cy={y} r={spot.is === 'candidate' ? 4 : 6} />
          <text x={x + 8} y={y + 4}>
            {spot.name}
          </text>
        </g>
      ))}
    </svg>
  );
};
