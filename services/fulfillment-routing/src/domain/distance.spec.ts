import { distanceTo } from './distance';

it('is not made up when nobody knows where goods go', () =>
  expect(distanceTo({ locatedBy: 'unknown' }, { latitude: 51.5074, longitude: -0.1278 })).toBeUndefined());
