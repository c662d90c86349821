import { limitIn, type Amount, type Reason } from '@cartage/contracts';
import type { Choice } from './commands';
import { isOfHazard } from './hazards';

/** How a service goes; its mode is not known where nobody said it. */
export const modes = ['air', 'ground', 'sea'] as const;
export type Mode = (typeof modes)[number];

/** What must not go with a carrier, or with one of its services: it applies where all that it names is so. */
export interface CarrierRule {
  readonly carrier?: string;
  readonly service?: string;
  /** Of the service. One whose mode nobody said may be any. */
  readonly mode?: Mode;
  /** Where it was sold. */
  readonly channels?: readonly string[];
  /** As it was sold; `return` for what comes back. */
  readonly methods?: readonly string[];
  /** Of the destination. */
  readonly countries?: readonly string[];
  readonly locations?: readonly string[];
  readonly skus?: readonly string[];
  /** UN numbers, or groups of them. */
  readonly hazards?: readonly string[];
  /** How customs codes begin. */
  readonly hsCodes?: readonly string[];
  /** Any parcel heavier than this. */
  readonly overGrams?: number;
  /** Goods worth more than this, in any currency. */
  readonly overValue?: Amount;
  readonly code: string;
  /** For a person. */
  readonly detail: string;
}

/** As much of a shipment as rules look at. */
export interface ToBeCarried {
  readonly channel?: string;
  readonly method?: string;
  readonly country: string;
  readonly location: string;
  /** Of kits their parts, too. */
  readonly skus: readonly string[];
  /** UN numbers. */
  readonly hazards: readonly string[];
  readonly hsCodes: readonly string[];
  readonly parcelGrams: readonly number[];
  /** Absent: nobody knows. */
  readonly value?: Amount;
}

/** The rules, and how each service goes, by `carrier/service`. */
export interface CarrierRules {
  readonly rules: readonly CarrierRule[];
  readonly modes: ReadonlyMap<string, Mode>;
}

const allows = <Value>(allowed: Value | undefined, given: Value): boolean => allowed === undefined || allowed === given;
const names = (listed: readonly string[] | undefined, given: readonly string[]): boolean =>
  listed === undefined || given.some((each) => listed.includes(each));
const anyOf = (
  listed: readonly string[] | undefined,
  given: readonly string[],
  isOf: (given: string, listed: string) => boolean,
): boolean => listed === undefined || given.some((each) => listed.some((one) => isOf(each, one)));

/** What is worth nobody knows how much may be worth more. */
const isWorthMore = (value: Amount | undefined, limit: Amount | undefined): boolean =>
  limit === undefined || !value || value.amount > (limitIn([limit], value.currency) ?? -1);

const isHeavier = (parcels: readonly number[], most: number | undefined): boolean =>
  most === undefined || parcels.some((grams) => grams > most);

const speaksOfService = (rule: CarrierRule, { carrier, service }: Choice, known: CarrierRules['modes']): boolean =>
  allows(rule.carrier, carrier) && allows(rule.service, service) && allows(rule.mode, known.get(`${carrier}/${service}`) ?? rule.mode);

const speaksOfGoods = (rule: CarrierRule, shipment: ToBeCarried): boolean =>
  names(rule.skus, shipment.skus) &&
  anyOf(rule.hazards, shipment.hazards, isOfHazard) &&
  anyOf(rule.hsCodes, shipment.hsCodes, (code, prefix) => code.startsWith(prefix)) &&
  isHeavier(shipment.parcelGrams, rule.overGrams) &&
  isWorthMore(shipment.value, rule.overValue);

const speaksOfWay = (rule: CarrierRule, { country, location }: ToBeCarried): boolean =>
  names(rule.countries, [country]) && names(rule.locations, [location]);

const speaksOfSale = (rule: CarrierRule, { channel = '', method = '' }: ToBeCarried): boolean =>
  names(rule.channels, [channel]) && names(rule.methods, [method]);

/** Whether it looks at more of the goods than what is known of any shipment. */
export const speaksOfItems = ({ skus, hazards, hsCodes, overValue }: CarrierRule): boolean =>
  Boolean(skus ?? hazards ?? hsCodes ?? overValue);

/** Why it must not go that way; nothing where it may. */
export const blockedBy = ({ rules, modes: known }: CarrierRules, choice: Choice, shipment: ToBeCarried): Reason | undefined => {
  const speaks = (rule: CarrierRule): boolean =>
    speaksOfService(rule, choice, known) && speaksOfSale(rule, shipment) && speaksOfWay(rule, shipment) && speaksOfGoods(rule, shipment);
  const rule = rules.find(speaks);
  return rule && { code: rule.code, detail: rule.detail, by: 'policy' };
};
