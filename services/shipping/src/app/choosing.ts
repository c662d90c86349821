import { messageOf, Refused } from '@cartage/eventsourcing';
import type { Reason } from '@cartage/contracts';
import { blockedBy, type CarrierRule, type ToBeCarried } from '../domain/carrier-rules';
import type { Choice, Wish } from '../domain/commands';
import type { Plan } from '../domain/events';
import { rated, type Declined, type Offer, type Preferences, type Rates } from '../domain/rates';
import type { Carrier, Carriers, QuoteRequest } from './carrier';
import { carrierOf } from './consignments';

export interface ChoosingNeeds {
  readonly carriers: Carriers;
  readonly preferences: Preferences;
  readonly rules: readonly CarrierRule[];
}

interface ToShip {
  readonly plan: Plan;
  readonly consignment: QuoteRequest;
  readonly wish: Wish;
}

/** Whom to ask for which service, and what all of them offered, if there was anything to choose. */
export interface Chosen {
  readonly choice: Choice;
  readonly rates?: Rates;
}

const invalid = (field: string, code: string, message: string): Refused =>
  new Refused(code, message, 'invalid', [{ field, code, message }]);

const candidatesOf = (needs: ChoosingNeeds, { carrier, service }: Wish): readonly Carrier[] => {
  const { carriers: enabled } = needs.preferences;
  if (carrier !== undefined && !enabled.includes(carrier))
    throw invalid('carrier', 'CARRIER_UNKNOWN', `Labels are bought from ${enabled.join(', ')}.`);
  const candidates = (carrier === undefined ? enabled : [carrier]).map((name) => carrierOf(needs, name));
  if (service === undefined || candidates.some(({ services }) => services.includes(service))) return candidates;
  const known = candidates.map(({ name, services }) => `Carrier ${name} has the services ${services.join(', ')}.`);
  throw invalid('service', 'SERVICE_UNKNOWN', known.join(' '));
};

/** Of one carrier, where the service is settled and no rule speaks: there is nothing to choose, and nobody to ask. */
const settled = ({ rules }: ChoosingNeeds, candidates: readonly Carrier[], { plan, wish }: ToShip): Choice | undefined => {
  const [only] = candidates;
  const service = wish.service ?? plan.service;
  if (!only || candidates.length > 1 || rules.length > 0 || service === undefined) return undefined;
  return only.services.includes(service) ? { carrier: only.name, service } : undefined;
};

type Quoted = Offer | Declined;
const isOffer = (quoted: Quoted): quoted is Offer => 'cost' in quoted;

/** One that gives no answer keeps none of the others out. */
const quotesOf = async ({ name, quote }: Carrier, consignment: QuoteRequest): Promise<readonly Quoted[]> => {
  try {
    return (await quote(consignment)).map((each) => ({ carrier: name, ...each }));
  } catch (error) {
    const detail = (messageOf(error) || 'It gave no answer.').slice(0, 500);
    return [{ carrier: name, reason: { code: 'carrier-silent', detail, by: 'carrier' } }];
  }
};

const carriedOf = ({ plan, consignment }: ToShip): ToBeCarried => ({
  country: consignment.recipient.address.country,
  location: plan.location,
  skus: plan.lines.map(({ sku }) => sku),
  parcelGrams: consignment.parcels.map(({ weightGrams }) => weightGrams),
});

const underRules = (rules: readonly CarrierRule[], quoted: readonly Quoted[], carried: ToBeCarried): readonly Quoted[] =>
  quoted.map((each) => {
    const reason = isOffer(each) ? blockedBy(rules, each, carried) : undefined;
    return reason && isOffer(each) ? { carrier: each.carrier, service: each.service, reason } : each;
  });

const serviceByPriority = ({ services }: Carrier, { priority }: Plan): string =>
  (priority === 'expedited' ? services.at(-1) : services[0]) ?? '';

/** When nobody answers: the preferred carrier is asked for the label until it does. */
const unquoted = (candidates: readonly Carrier[], { plan, wish }: ToShip): Choice => {
  const wanted = wish.service ?? plan.service ?? '';
  const able = candidates.find(({ services }) => services.includes(wanted));
  if (able) return { carrier: able.name, service: wanted };
  const [preferred] = candidates;
  if (!preferred) throw new Error('Labels are bought from nobody.');
  return { carrier: preferred.name, service: serviceByPriority(preferred, plan) };
};

const noCarrier = (declined: readonly Declined[]): Reason => {
  const whys = declined.map(({ carrier, service, reason }) => [carrier, service, reason.detail ?? reason.code].filter(Boolean).join(' '));
  return {
    code: declined.length === 1 ? (declined[0]?.reason.code ?? '') : 'no-carrier',
    detail: whys.join(' · ').slice(0, 500),
    by: 'policy',
  };
};

const quotedBy = async (needs: ChoosingNeeds, candidates: readonly Carrier[], toShip: ToShip): Promise<readonly Quoted[]> => {
  const asked = await Promise.all(candidates.map((carrier) => quotesOf(carrier, toShip.consignment)));
  return underRules(needs.rules, asked.flat(), carriedOf(toShip));
};

/** Whoever pays for haste gets it. */
const preferencesFor = ({ preferences }: ChoosingNeeds, { priority }: Plan): Preferences =>
  priority === 'expedited' ? { ...preferences, by: 'speed' } : preferences;

/** Which carrier takes a shipment, by the policy; or why none does. */
export const choose = async (needs: ChoosingNeeds, toShip: ToShip): Promise<Chosen | { readonly reason: Reason }> => {
  const { plan, wish } = toShip;
  const candidates = candidatesOf(needs, wish);
  const choice = settled(needs, candidates, toShip);
  return choice
    ? { choice }
    : chooseBetween(needs, { ...toShip, candidates }, { wish, ...(plan.service === undefined ? {} : { sold: plan.service }) });
};

const chooseBetween = async (
  needs: ChoosingNeeds,
  { candidates, ...toShip }: ToShip & { readonly candidates: readonly Carrier[] },
  terms: { readonly wish: Wish; readonly sold?: string },
): Promise<Chosen | { readonly reason: Reason }> => {
  const quoted = await quotedBy(needs, candidates, toShip);
  const declined = quoted.filter((each): each is Declined => !isOffer(each));
  const { chosen, rates } = rated(preferencesFor(needs, toShip.plan), { offers: quoted.filter(isOffer), declined, ...terms });
  if (chosen) return { choice: { carrier: chosen.carrier, service: chosen.service }, rates };
  const isSilence = declined.every(({ reason }) => reason.code === 'carrier-silent');
  return isSilence ? { choice: unquoted(candidates, toShip), rates } : { reason: noCarrier(declined) };
};
