import { StartFailure } from '@cartage/service-kit';
import { entityPlace, providerTable, type PaymentSettings } from './config';
import type { ReminderPolicy } from './domain/reminders';
import { CREDIT, isCredit, type PaymentPolicy, type ProviderFor } from './domain/terms';
import type { RuleSet } from './domain/verification';
import { amountsOf, wordsOf } from './setting-kinds';

/** The closest line of the table: a channel’s or an entity’s for the method, the method’s, the channel’s, the entity’s, anybody’s. */
const closestIn = (table: ReadonlyMap<string, string>, ...[method, { channel, seller }]: Parameters<ProviderFor>): string => {
  const places = [`${channel}/${method}`, entityPlace(seller, method), method, `${channel}/*`, entityPlace(seller, '*'), ''];
  return places.map((place) => table.get(place)).find((provider) => provider !== undefined) ?? 'simulated';
};

/** How orders are paid for here. */
export const policyOf = (set: PaymentSettings): PaymentPolicy => {
  const table = providerTable(set.PAYMENT_PROVIDER);
  return {
    providerFor: (method, of) => (isCredit(method) ? CREDIT : closestIn(table, method, of)),
    capture: set.PAYMENT_CAPTURE,
    prepaidChannels: wordsOf(set.PAYMENT_PREPAID_CHANNELS),
  };
};

export const pausesOf = ({ PAYMENT_RETRY_MINUTES }: PaymentSettings): readonly number[] => wordsOf(PAYMENT_RETRY_MINUTES).map(Number);

export const remindersOf = (set: PaymentSettings): ReminderPolicy => ({
  afterPercent: set.PAYMENT_REMINDER_PERCENT,
  apartMinutes: set.PAYMENT_REMINDER_MINUTES,
});

/** The first rule set: what the settings say, until somebody activates another one. */
export const limitsOf = (set: PaymentSettings): RuleSet => {
  if (set.PAYMENT_REVIEW_SCORE >= set.PAYMENT_REJECT_SCORE)
    throw new StartFailure([
      `Setting PAYMENT_REVIEW_SCORE is wrong: got ${set.PAYMENT_REVIEW_SCORE}. It must be less than PAYMENT_REJECT_SCORE (${set.PAYMENT_REJECT_SCORE}), or nothing would ever be reviewed.`,
    ]);
  if (set.PAYMENT_RISK_DOUBTFUL_SCORE >= set.PAYMENT_RISK_HIGH_SCORE)
    throw new StartFailure([
      `Setting PAYMENT_RISK_DOUBTFUL_SCORE is wrong: got ${set.PAYMENT_RISK_DOUBTFUL_SCORE}. It must be less than PAYMENT_RISK_HIGH_SCORE (${set.PAYMENT_RISK_HIGH_SCORE}).`,
    ]);
  return {
    reviewFrom: set.PAYMENT_REVIEW_SCORE,
    rejectFrom: set.PAYMENT_REJECT_SCORE,
    highValue: amountsOf(set.PAYMENT_HIGH_VALUE),
    bulkUnits: set.PAYMENT_BULK_UNITS,
    velocityOrders: set.PAYMENT_VELOCITY_ORDERS,
    weights: {},
    exceptions: [],
    reviewWithinMinutes: set.PAYMENT_REVIEW_MINUTES,
    reviewAgainPercent: set.PAYMENT_REVIEW_AGAIN_PERCENT,
    cod: {
      limit: amountsOf(set.PAYMENT_COD_LIMIT),
      countries: wordsOf(set.PAYMENT_COD_COUNTRIES),
      excludedAreas: wordsOf(set.PAYMENT_COD_EXCLUDED_AREAS.toUpperCase()),
      areaLimits: [],
      excludedCustomers: [],
    },
    risk: {
      doubtfulFrom: set.PAYMENT_RISK_DOUBTFUL_SCORE,
      highFrom: set.PAYMENT_RISK_HIGH_SCORE,
      acceptAwayBelow: amountsOf(set.PAYMENT_RISK_AWAY_ACCEPT),
    },
  };
};
