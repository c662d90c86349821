import type { Reason } from '@cartage/contracts';
import type { Choice } from './commands';

/** What must not go with a carrier, or with one of its services: it applies where all that it names is so. */
export interface CarrierRule {
  readonly carrier?: string;
  readonly service?: string;
  /** Of the destination. */
  readonly countries?: readonly string[];
  readonly locations?: readonly string[];
  readonly skus?: readonly string[];
  /** Any parcel heavier than this. */
  readonly overGrams?: number;
  readonly code: string;
  /** For a person. */
  readonly detail: string;
}

/** As much of a shipment as rules look at. */
export interface ToBeCarried {
  readonly country: string;
  readonly location: string;
  readonly skus: readonly string[];
  readonly parcelGrams: readonly number[];
}

const allows = <Value>(allowed: Value | undefined, given: Value): boolean => allowed === undefined || allowed === given;
const names = (listed: readonly string[] | undefined, given: readonly string[]): boolean =>
  listed === undefined || given.some((each) => listed.includes(each));

const applies = (rule: CarrierRule, { carrier, service }: Choice, shipment: ToBeCarried): boolean =>
  allows(rule.carrier, carrier) &&
  allows(rule.service, service) &&
  names(rule.countries, [shipment.country]) &&
  names(rule.locations, [shipment.location]) &&
  names(rule.skus, shipment.skus) &&
  (rule.overGrams === undefined || shipment.parcelGrams.some((grams) => grams > (rule.overGrams ?? 0)));

/** Why it must not go that way; nothing where it may. */
export const blockedBy = (rules: readonly CarrierRule[], choice: Choice, shipment: ToBeCarried): Reason | undefined => {
  const rule = rules.find((each) => applies(each, choice, shipment));
  return rule && { code: rule.code, detail: rule.detail, by: 'policy' };
};
