/** A place on earth, in degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** Mean radius of the earth (IUGG), in km. */
const earthKm = 6371.0088;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const haversine = (angle: number): number => Math.sin(angle / 2) ** 2;

/**
 * Great-circle distance in km by the haversine formula (R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68, 1984), on a sphere:
 * within 0.6 % of the distance on the ellipsoid. Right across the antimeridian.
 */
export const distanceKm = (from: Point, to: Point): number => {
  const [latitude, otherLatitude] = [radians(from.latitude), radians(to.latitude)];
  const h =
    haversine(otherLatitude - latitude) + Math.cos(latitude) * Math.cos(otherLatitude) * haversine(radians(to.longitude - from.longitude));
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(h)));
};
