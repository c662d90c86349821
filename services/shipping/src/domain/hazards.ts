import { ownValue } from '@cartage/contracts';
/*
 * Dangerous goods by UN number, as far as parcels carry them: enough to speak of groups in rules. A number that stands in no group is still hazardous, and is named by itself.
 */
const groups: Readonly<Record<string, readonly string[]>> = {
  'lithium-batteries': ['UN3090', 'UN3091', 'UN3480', 'UN3481', 'UN3171', 'UN3556', 'UN3557', 'UN3558'],
  /** Gases, liquids and solids that burn: classes 2.1, 3 and 4.1. */
  flammables: [
    ...['UN1057', 'UN1950', 'UN1965', 'UN1978', 'UN2037', 'UN3161'],
    ...[
      'UN1133',
      'UN1139',
      'UN1170',
      'UN1197',
      'UN1210',
      'UN1219',
      'UN1263',
      'UN1266',
      'UN1268',
      'UN1300',
      'UN1866',
      'UN1987',
      'UN1993',
      'UN3065',
    ],
    ...['UN1325', 'UN1944', 'UN1945', 'UN2000', 'UN2623', 'UN3175'],
  ],
  corrosives: ['UN1719', 'UN1760', 'UN1789', 'UN1791', 'UN1814', 'UN1823', 'UN1824', 'UN2794', 'UN2795', 'UN2796', 'UN2800', 'UN3266'],
  'dry-ice': ['UN1845'],
};

const hazardGroups: readonly string[] = [...Object.keys(groups), 'any'];

/** What a rule may name: a group, or a UN number. */
export const isHazard = (name: string): boolean => hazardGroups.includes(name) || /^UN\d{4}$/.test(name);

/** Whether goods of this UN number are what a rule names. */
export const isOfHazard = (unNumber: string, name: string): boolean =>
  name === 'any' || name === unNumber || ownValue(groups, name)?.includes(unNumber) === true;
