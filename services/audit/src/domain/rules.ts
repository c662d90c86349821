import { fulfilmentOnces, fulfilmentRules } from './fulfilment-rules';
import { moneyBackOnces, moneyBackRules } from './money-back-rules';
import { holdEnds, locationHoldEnds, openHoldEnds, orderEnds, orderOnces, orderRules } from './order-rules';
import { parcelOnces, parcelRules } from './parcel-rules';
import { paymentOnces, paymentRules } from './payment-rules';
import { returnOnces, returnRules } from './return-rules';
import { stockRules } from './stock-rules';
import type { Following, Once } from './rule';

/** All that must follow. To follow something more, add a rule to the file that it belongs to; nothing else. */
export const followings: readonly Following[] = [
  ...orderRules,
  ...stockRules,
  ...paymentRules,
  ...moneyBackRules,
  ...fulfilmentRules,
  ...parcelRules,
  ...returnRules,
];

/** All that may be there once. */
export const onces: readonly Once[] = [
  ...orderOnces,
  ...paymentOnces,
  ...moneyBackOnces,
  ...fulfilmentOnces,
  ...parcelOnces,
  ...returnOnces,
];

/** While one of these stands, rules that pause do. */
export const holds: readonly Following[] = [holdEnds, openHoldEnds, locationHoldEnds];

/** The rule that is broken where it waits, and nothing else does. */
export const endOfOrder: Following = orderEnds;
