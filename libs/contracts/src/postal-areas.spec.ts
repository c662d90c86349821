import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { areaCountries, postalAreaOf } from './postal-areas';

describe('what may be known of an address', () => {
  it.each([
    ['GB', 'SW1A 1AA', 'SW1A'],
    ['GB', 'sw1y4jh', 'SW1Y'],
    ['GB', 'm11ae', 'M1'],
    ['JE', 'JE2 3AB', 'JE2'],
    ['US', '90210-1234', '90210'],
    ['US', '09626-0001', '09626'],
    ['PR', '00907', '00907'],
    ['CA', 'k1a0b1', 'K1A'],
    ['IE', 'D02 X285', 'D02'],
    ['IE', 'D6W A123', 'D6W'],
    ['IN', '110001', '110001'],
    ['DE', '10115', '10115'],
    ['DE', 'D-10115', '10115'],
    ['FR', '75001', '75001'],
    ['NL', '1012 AB', '1012'],
    ['AU', '2000', '2000'],
    ['LV', 'LV-1010', '1010'],
    ['BR', '01310-100', '01310'],
    ['PT', '1000-205', '1000'],
    ['JP', '100-0001', '1000001'],
    ['XK', '10000', '10000'],
  ])('%s %s lies in %s', (country, postalCode, area) => expect(postalAreaOf(country, postalCode)).toBe(area));

  it.each([
    ['GB', 'nonsense'],
    ['DE', '1011'],
    ['IN', '11000'],
    ['SG', '018956'],
    ['HK', '999077'],
    ['constructor', '10115'],
  ])('%s %s tells nothing', (country, postalCode) => expect(postalAreaOf(country, postalCode)).toBeUndefined());

  it('stands in the table that is documented, country by country', () => {
    const page = readFileSync(join(__dirname, '../../../docs/reference/postal-areas.md'), 'utf8');
    const rows = [...page.matchAll(/^\| ((?:[A-Z]{2}(?:, )?)+) +\| (.+?) +\| `(.+?)` +\| `(.+?)` +\|$/gm)];
    const documented = rows.flatMap(([, countries = '', , code = '', area]) =>
      countries.split(', ').map((country) => ({ country, code, area })),
    );
    expect(documented.map(({ country }) => country).sort()).toEqual(areaCountries);
    for (const { country, code, area } of documented) expect([country, postalAreaOf(country, code)]).toEqual([country, area]);
  });
});
