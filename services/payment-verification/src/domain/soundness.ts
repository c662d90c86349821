import { worthIn, type Amount } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';
import { hasAreas } from './areas';
import { weighable } from './rules';
import type { Measures, MeasuresException, RuleSet } from './verification';

type Fault = FieldError;

const fault = (field: string, code: string, message: string): Fault => ({ field, code, message });

/** Every other currency's limit follows from the first one. */
const amountFaults = (field: string, amounts: readonly Amount[] | undefined): readonly Fault[] => {
  const [first] = amounts ?? [];
  if (amounts === undefined) return [];
  if (!first) return [fault(field, 'LIMIT_MISSING', 'must have an amount in at least one currency')];
  if (worthIn(first, 'USD') !== undefined) return [];
  return [
    fault(
      `${field}[0].currency`,
      'CURRENCY_WITHOUT_RATE',
      'must be one whose rough worth is kept: the limits of other currencies follow from it',
    ),
  ];
};

const weightFaults = (field: string, weights: Measures['weights'] = {}): readonly Fault[] =>
  Object.keys(weights)
    .filter((rule) => !weighable.includes(rule))
    .map((rule) => fault(`${field}.${rule}`, 'RULE_UNKNOWN', `is no rule that can be weighed: there are ${weighable.join(', ')}`));

const areaFaults = (field: string, areas: readonly string[] = []): readonly Fault[] =>
  areas.flatMap((area, i) =>
    hasAreas(area) ? [] : [fault(`${field}[${i}]`, 'AREA_UNKNOWN', `no area of ${area.slice(0, 2)} is ever known: it would never speak`)],
  );

const codFaults = (at: string, cod: Partial<Measures['cod']> = {}): readonly Fault[] => [
  ...amountFaults(`${at}cod.limit`, cod.limit),
  ...areaFaults(`${at}cod.excludedAreas`, cod.excludedAreas),
  ...areaFaults(
    `${at}cod.areaLimits`,
    cod.areaLimits?.map(({ area }) => area),
  ),
  ...(cod.areaLimits ?? []).flatMap(({ limit }, i) => amountFaults(`${at}cod.areaLimits[${i}].limit`, limit)),
];

const riskFaults = (at: string, risk: Measures['risk']): readonly Fault[] => [
  ...(risk.doubtfulFrom < risk.highFrom
    ? []
    : [
        fault(
          `${at}risk.doubtfulFrom`,
          'NOTHING_DOUBTFUL',
          `must be less than risk.highFrom (${risk.highFrom}), or nothing would ever be doubtful`,
        ),
      ]),
  ...(risk.acceptAwayBelow.length > 0 ? amountFaults(`${at}risk.acceptAwayBelow`, risk.acceptAwayBelow) : []),
];

const scoreFaults = (at: string, { reviewFrom, rejectFrom }: Pick<Measures, 'reviewFrom' | 'rejectFrom'>): readonly Fault[] =>
  reviewFrom < rejectFrom
    ? []
    : [fault(`${at}reviewFrom`, 'NOTHING_TO_REVIEW', `must be less than rejectFrom (${rejectFrom}), or nothing would ever be reviewed`)];

const exceptionFaults = (rules: RuleSet, { countries, currencies, change }: MeasuresException, i: number): readonly Fault[] => {
  const at = `exceptions[${i}].change.`;
  return [
    ...((countries ?? currencies) ? [] : [fault(`exceptions[${i}]`, 'EXCEPTION_OF_ALL', 'must name countries or currencies')]),
    ...(change.reviewFrom === undefined && change.rejectFrom === undefined ? [] : scoreFaults(at, { ...rules, ...change })),
    ...amountFaults(`${at}highValue`, change.highValue),
    ...weightFaults(`${at}weights`, change.weights),
    ...codFaults(at, change.cod),
    ...(change.risk ? riskFaults(at, { ...rules.risk, ...change.risk }) : []),
  ];
};

const learnedFaults = ({ learned }: RuleSet): readonly Fault[] =>
  learned === undefined || worthIn({ currency: learned.currency, amount: 1 }, 'USD') !== undefined
    ? []
    : [
        fault(
          'learned.currency',
          'CURRENCY_WITHOUT_RATE',
          'must be one whose rough worth is kept: costs are compared with what orders are worth',
        ),
      ];

/** A rule set of which a part could never speak, or would say nonsense, is refused by name. */
export const requireSound = (rules: RuleSet): void => {
  const faults = [
    ...scoreFaults('', rules),
    ...amountFaults('highValue', rules.highValue),
    ...weightFaults('weights', rules.weights),
    ...codFaults('', rules.cod),
    ...riskFaults('', rules.risk),
    ...learnedFaults(rules),
    ...rules.exceptions.flatMap((exception, i) => exceptionFaults(rules, exception, i)),
  ];
  if (faults.length > 0) throw new Refused('RULES_INVALID', 'These rules cannot be used.', 'invalid', faults);
};
