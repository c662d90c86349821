import type { Amount, Finding, LearnedRisk, Risk, Verdict } from '@cartage/contracts';
import { withLearnedRisk, type LearnedRiskPolicy } from './learned-risk';
import { rulesFor } from './rules';
import { isSecured, type Terms } from './terms';

/** What was known about the customer when the order came. A guest has no past. */
export interface CustomerFacts {
  /** Whether the customer ordered before. */
  readonly returning: boolean;
  /** Other orders that were heard of within the hour before this one, by our clock: a channel's own time may be anything. */
  readonly ordersWithinHour: number;
  /** Whether an earlier order went to the same country. */
  readonly countryKnown: boolean;
  /** What a risk provider said of the order, where one is asked. */
  readonly risk?: Risk;
  /** What was learned of such orders, once enough is known; without what is made of it. */
  readonly learned?: LearnedRisk;
}

/** Cash on delivery in a postal area, up to an amount. */
export interface AreaLimit {
  /** `<country>-<postal area>`; with `*` at its end it is every area that begins so. */
  readonly area: string;
  readonly limit: readonly Amount[];
}

/** What the rules measure with. */
export interface Measures {
  readonly reviewFrom: number;
  readonly rejectFrom: number;
  /** What a rule weighs, by its name; one that is not named weighs what it always does. */
  readonly weights: Readonly<Record<string, number>>;
  /** In the currency of the first, and so in every other by what that is roughly worth there, but for those given here. */
  readonly highValue: readonly Amount[];
  /** So many units of one SKU are unusual. */
  readonly bulkUnits: number;
  /** So many orders of a customer within an hour are unusual, this one counted. */
  readonly velocityOrders: number;
  readonly cod: {
    readonly limit: readonly Amount[];
    /** Countries with cash on delivery; `*` is every country. */
    readonly countries: readonly string[];
    /** `<country>-<postal area>` without cash on delivery, with `*` as above. */
    readonly excludedAreas: readonly string[];
    readonly areaLimits: readonly AreaLimit[];
    /** Customers who pay otherwise. */
    readonly excludedCustomers: readonly string[];
  };
  readonly risk: {
    /** From this score of a risk provider on an order is doubtful, and from that one its risk is high. */
    readonly doubtfulFrom: number;
    readonly highFrom: number;
    /** Orders below this worth are not looked at by a person only because the provider is away. */
    readonly acceptAwayBelow: readonly Amount[];
  };
}

/** What is otherwise for orders in these currencies, or to these countries: where both are named, for those that are in both. */
export interface MeasuresException {
  readonly countries?: readonly string[];
  readonly currencies?: readonly string[];
  readonly change: Partial<Omit<Measures, 'cod' | 'risk'>> & {
    readonly cod?: Partial<Measures['cod']>;
    readonly risk?: Partial<Measures['risk']>;
  };
}

/** A rule set, without its version. */
export interface RuleSet extends Measures {
  /** Later ones go before earlier ones. */
  readonly exceptions: readonly MeasuresException[];
  /** How long an order may wait for a person before it is escalated. */
  readonly reviewWithinMinutes: number;
  /** A person who accepted an order is not asked again when an edit makes it dearer by so many percent at most, unless a rule speaks that was silent before. */
  readonly reviewAgainPercent: number;
  /** What is made of what was learned of orders; absent: it only stands in verdicts. */
  readonly learned?: LearnedRiskPolicy;
}

/** A rule set in force. */
export interface VerificationLimits extends RuleSet {
  /** It stands in each verdict. */
  readonly version: string;
}

const concerns = ({ countries, currencies }: MeasuresException, currency: string, country: string | undefined): boolean =>
  (currencies?.includes(currency) ?? true) && (countries?.includes(country ?? '') ?? true);

/** What an order in this currency to this country is measured with. */
export const measuresFor = (rules: RuleSet, currency: string, country?: string): Measures =>
  rules.exceptions
    .filter((exception) => concerns(exception, currency, country))
    .reduce<Measures>(
      (measures, { change }) => ({
        ...measures,
        ...change,
        weights: { ...measures.weights, ...change.weights },
        cod: { ...measures.cod, ...change.cod },
        risk: { ...measures.risk, ...change.risk },
      }),
      rules,
    );

const decisionFor = (score: number, { reviewFrom, rejectFrom }: Measures): Verdict['decision'] => {
  if (score >= rejectFrom) return 'reject';
  return score >= reviewFrom ? 'review' : 'accept';
};

type Judgement = Omit<Verdict, 'rules'>;

const judged = (terms: Terms, facts: CustomerFacts, limits: Measures): Judgement => {
  const reasons = rulesFor(terms).flatMap(({ name, weight: usual, speaks }): readonly Finding[] => {
    const weight = limits.weights[name] ?? usual;
    const detail = speaks({ terms, facts, limits });
    return detail === undefined ? [] : [{ rule: name, detail, weight }];
  });
  const score = Math.min(
    100,
    reasons.reduce((sum, { weight = 0 }) => sum + weight, 0),
  );
  return { decision: decisionFor(score, limits), score, reasons };
};

const severity: { readonly [Decision in Verdict['decision']]: number } = { accept: 0, review: 1, reject: 2 };

const stricter = (one: Judgement, other: Judgement): Judgement => {
  const difference = severity[other.decision] - severity[one.decision] || other.score - one.score;
  return difference > 0 ? other : one;
};

/**
 * Judges an order: the weights of the rules that speak, summed up to 100, against the limits. An order that goes to several countries is judged by the rules of each,
 * and the strictest verdict stands.
 */
export const verify = (terms: Terms, facts: CustomerFacts, limits: VerificationLimits): Verdict => {
  const countries = [...new Set(terms.destinations.map(({ country }) => country))];
  const [first, ...more] = countries.map((country) => judged(terms, facts, measuresFor(limits, terms.currency, country)));
  const strictest = more.reduce(stricter, first ?? judged(terms, facts, measuresFor(limits, terms.currency)));
  const verdict = { ...strictest, rules: limits.version, ...(facts.risk ? { risk: facts.risk } : {}) };
  return terms.payments.every(isSecured) ? verdict : withLearnedRisk(verdict, terms, { said: facts.learned, policy: limits.learned });
};
