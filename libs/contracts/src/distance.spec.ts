import { distanceKm } from './distance';

const london = { latitude: 51.5074, longitude: -0.1278 };
const newYork = { latitude: 40.7128, longitude: -74.006 };

it.each([
  ['London to New York', london, newYork, 5570],
  ['across the date line', { latitude: 0, longitude: 179.5 }, { latitude: 0, longitude: -179.5 }, 111.2],
  ['pole to pole', { latitude: 90, longitude: 0 }, { latitude: -90, longitude: 137 }, 20015.1],
  ['nowhere to go', london, london, 0],
])('%s', (_, from, to, km) => {
  expect(Math.abs(distanceKm(from, to) - km)).toBeLessThan(1);
  expect(distanceKm(to, from)).toBeCloseTo(distanceKm(from, to), 9);
});
