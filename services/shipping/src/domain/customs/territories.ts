import { postalAreaOf } from '@cartage/contracts';

/*
 * Where goods cross a border that asks for papers. That is not the border of countries: parts of a country lie outside the customs or the tax territory that the rest
 * of it is in, and some countries have none between them. Between two places of one union nothing is declared; a place may be in several.
 */

/** Parts of a country with a border of their own, by how their postal codes begin (blanks and hyphens left out): the area that a code tells is enough. */
const parts: readonly (readonly [country: string, postal: RegExp, territory: string])[] = [
  // Northern Ireland stands in the union's customs territory for goods, and in the United Kingdom's.
  ['GB', /^BT\d/, 'XI'],
  ['GB', /^JE\d/, 'JE'],
  ['GB', /^GY\d/, 'GG'],
  ['GB', /^IM\d/, 'IM'],
  // Canary Islands, Ceuta, Melilla.
  ['ES', /^3[58]/, 'IC'],
  ['ES', /^51/, 'EA-CE'],
  ['ES', /^52/, 'EA-ML'],
  // Overseas: within the customs union some of them, outside of its tax territory all of them.
  ['FR', /^971/, 'GP'],
  ['FR', /^972/, 'MQ'],
  ['FR', /^973/, 'GF'],
  ['FR', /^974/, 'RE'],
  ['FR', /^975/, 'PM'],
  ['FR', /^976/, 'YT'],
  ['FR', /^977/, 'BL'],
  ['FR', /^978/, 'MF'],
  ['FR', /^986/, 'WF'],
  ['FR', /^987/, 'PF'],
  ['FR', /^988/, 'NC'],
  ['FR', /^980/, 'MC'],
  // Heligoland, Büsingen.
  ['DE', /^27498/, 'DE-HEL'],
  ['DE', /^78266/, 'DE-BUS'],
  // Livigno, Campione d'Italia.
  ['IT', /^23041/, 'IT-LIV'],
  ['IT', /^2206[01]/, 'IT-CAM'],
  // Mount Athos.
  ['GR', /^6308[67]/, 'GR-69'],
  ['FI', /^22\d{3}/, 'AX'],
  ['DK', /^39\d\d/, 'GL'],
  // Svalbard, Jan Mayen.
  ['NO', /^917\d|^8099/, 'SJ'],
  ['US', /^00[679]/, 'PR'],
  ['US', /^008/, 'VI'],
  ['US', /^969[123]/, 'GU'],
  ['US', /^9695/, 'MP'],
  ['US', /^96799/, 'AS'],
  // Military and diplomatic post goes abroad.
  ['US', /^09[0-8]|^340|^96[2-6]/, 'US-APO'],
  ['AU', /^2899/, 'NF'],
  ['AU', /^6798/, 'CX'],
  ['AU', /^6799/, 'CC'],
];

const european = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MC MT NL PL PT RO SE SI SK XI';

const unions: readonly ReadonlySet<string>[] = [european, 'GB IM XI', 'CH LI', 'US PR'].map((members) => new Set(members.split(' ')));

export interface Place {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly postalCode?: string | undefined;
}

/** Whether a place of this country may stand outside the rest of it: only then its postal code must be looked at. */
export const hasParts = (country: string): boolean => parts.some(([of]) => of === country);

/** The territory that a place is in: its country, unless that part of it has borders of its own. */
export const territoryOf = ({ country, postalCode = '' }: Place): string => {
  // Some write the country before the code.
  const code = postalAreaOf(country, postalCode) ?? postalCode.replaceAll(/[\s-]/g, '').toUpperCase();
  return parts.find(([of, postal]) => of === country && postal.test(code))?.[2] ?? country;
};

/** Whether papers are asked for between two territories. */
export const isBorder = (from: string, to: string): boolean =>
  from !== to && !unions.some((members) => members.has(from) && members.has(to));
