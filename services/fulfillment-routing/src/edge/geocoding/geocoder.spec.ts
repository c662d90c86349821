import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { locate } from '../../app/locating';
import { offlineGeocoder } from './geocoder';

const header = 'country_code,zipcode,place,state,state_code,province,province_code,community,community_code,latitude,longitude';
const rows = [
  'GB,EC1A,Smithfield,England,ENG,Greater London,,,,51.50,-0.10',
  'GB,EC1A,"Barbican, City",England,ENG,Greater London,,,,51.54,-0.12',
  'GB,M9,Manchester,England,ENG,,,,,53.522,-2.2139',
  'GB,ZZ1,Nowhere,England,ENG,,,,,,',
];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cartage-postal-'));
  writeFileSync(join(folder, 'gb.csv.gz'), gzipSync([header, ...rows].join('\n')));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('finds the middle of a postal area, however it is written', async () => {
  const geocoder = offlineGeocoder(folder);
  const found = await geocoder.postalArea('GB', 'ec 1a');
  expect(found?.latitude).toBeCloseTo(51.52, 9);
  expect(found?.longitude).toBeCloseTo(-0.11, 9);
  expect(await geocoder.postalArea('GB', 'ZZ1')).toBeUndefined();
});

it('knows no areas of a country without a file, nor of what is no country', async () => {
  const geocoder = offlineGeocoder(folder);
  expect(await geocoder.postalArea('FR', '75001')).toBeUndefined();
  expect(await geocoder.postalArea('../GB', 'EC1A')).toBeUndefined();
});

it.each([
  ['coordinates', { country: 'GB', postalArea: 'M9', latitude: 51, longitude: 0 }, { latitude: 51, longitude: 0 }],
  ['postal-area', { country: 'GB', postalArea: 'M9' }, { latitude: 53.522, longitude: -2.2139 }],
  ['country', { country: 'GB', postalArea: 'XX9' }, { latitude: 54, longitude: -2 }],
  ['country', { country: 'BR' }, { latitude: -10, longitude: -55 }],
  ['unknown', { country: 'ZZ' }, {}],
])('locates a destination as exactly as it can: by %s', async (locatedBy, destination, point) =>
  expect(await locate(offlineGeocoder(folder), destination)).toEqual({ locatedBy, ...point }),
);

it('does without a folder', async () =>
  expect(await locate(offlineGeocoder(''), { country: 'GB', postalArea: 'M9' })).toMatchObject({ locatedBy: 'country' }));
