import { invalidField, messageOf } from '@cartage/eventsourcing';
import type { Reason } from '@cartage/contracts';
import type { ToBeCarried } from '../domain/carrier-rules';
import type { Choice, Wish } from '../domain/commands';
import type { Plan } from '../domain/events';
import type { PerformanceOf } from '../domain/lane-performance';
import { rated, type Declined, type Offer, type Preferences, type Rates } from '../domain/rates';
import type { Carrier, Carriers, QuoteRequest } from './carrier';
import type { Compliance } from './compliance';
import { carrierOf } from './consignments';

export interface ChoosingNeeds {
  readonly carriers: Carriers;
  readonly preferences: Preferences;
  /** What is to be expected of lanes, as it is known now: nobody waits for it. */
  readonly performance: () => PerformanceOf;
  readonly compliance: Pick<Compliance, 'hasRules' | 'carried' | 'blocked'>;
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

const candidatesOf = (needs: ChoosingNeeds, { carrier, service }: Wish): readonly Carrier[] => {
  const { carriers: enabled } = needs.preferences;
  if (carrier !== undefined && !enabled.includes(carrier))
    throw invalidField('carrier', 'CARRIER_UNKNOWN', `Labels are bought from ${enabled.join(', ')}.`);
  const candidates = (carrier === undefined ? enabled : [carrier]).map((name) => carrierOf(needs, name));
  if (service === undefined || candidates.some(({ services }) => services.includes(service))) return candidates;
  const known = candidates.map(({ name, services }) => `Carrier ${name} has the services ${services.join(', ')}.`);
  throw invalidField('service', 'SERVICE_UNKNOWN', known.join(' '));
};

/** Of one carrier, where the service is settled and no rule speaks: there is nothing to choose, and nobody to ask. */
const settled = ({ compliance }: ChoosingNeeds, candidates: readonly Carrier[], { plan, wish }: ToShip): Choice | undefined => {
  const [only] = candidates;
  const service = wish.service ?? plan.service;
  if (!only || candidates.length > 1 || compliance.hasRules || service === undefined) return undefined;
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

const carriedOf = ({ compliance }: ChoosingNeeds, { plan, consignment }: ToShip): Promise<ToBeCarried> =>
  compliance.carried(plan, {
    country: consignment.recipient.address.country,
    parcelGrams: consignment.parcels.map(({ weightGrams }) => weightGrams),
  });

const underRules = ({ compliance }: ChoosingNeeds, quoted: readonly Quoted[], carried: ToBeCarried): readonly Quoted[] =>
  quoted.map((each) => {
    const reason = isOffer(each) ? compliance.blocked(each, carried) : undefined;
    return reason && isOffer(each) ? { carrier: each.carrier, service: each.service, reason } : each;
  });

const serviceByPriority = ({ services }: Carrier, { priority }: Plan): string =>
  (priority === 'expedited' ? services.at(-1) : services[0]) ?? '';

/** From the most wanted: what was asked for or sold, then by how urgent it is, then any. */
const inOrderOf = (carrier: Carrier, { plan, wish }: ToShip): readonly string[] => {
  const wanted = wish.service ?? plan.service;
  const { services } = carrier;
  if (wish.service !== undefined) return services.filter((service) => service === wish.service);
  const first = [...(wanted !== undefined && services.includes(wanted) ? [wanted] : []), serviceByPriority(carrier, plan)];
  return [...new Set([...first, ...services])];
};

/** When nobody answers: the preferred carrier is asked for the label until it does, for what it may carry. */
const unquoted = (
  { compliance }: ChoosingNeeds,
  { candidates, ...toShip }: ToShip & { readonly candidates: readonly Carrier[] },
  carried: ToBeCarried,
): Choice | undefined => {
  const wanted = toShip.wish.service ?? toShip.plan.service;
  const choices = candidates.flatMap((carrier) =>
    inOrderOf(carrier, toShip).map((service): Choice => ({ carrier: carrier.name, service })),
  );
  const allowed = choices.filter((choice) => !compliance.blocked(choice, carried));
  return allowed.find(({ service }) => service === wanted) ?? allowed[0];
};

/** Rules leave nobody: another address, another location or other rules do. */
const WAY_OUT = 'Send it elsewhere, let another location send it, or see to the rules.';

const noCarrier = (declined: readonly Declined[]): Reason => {
  const whys = declined.map(({ carrier, service, reason }) => [carrier, service, reason.detail ?? reason.code].filter(Boolean).join(' '));
  if (declined.length > 0 && declined.every(({ reason }) => reason.by === 'policy'))
    return { code: 'no-service-allowed', detail: `${whys.join(' · ').slice(0, 400)} ${WAY_OUT}`, by: 'policy' };
  return {
    code: declined.length === 1 ? (declined[0]?.reason.code ?? '') : 'no-carrier',
    detail: whys.join(' · ').slice(0, 500),
    by: 'policy',
  };
};

const quotedBy = async (candidates: readonly Carrier[], toShip: ToShip): Promise<readonly Quoted[]> =>
  (await Promise.all(candidates.map((carrier) => quotesOf(carrier, toShip.consignment)))).flat();

const weighsPerformance = ({ by, weights }: Preferences): boolean =>
  by === 'performance' || (by === 'weighted' && (weights === undefined || weights.performance > 0));

/** With what is to be expected of each on this lane, where that counts. */
const withPerformance = (needs: ChoosingNeeds, preferences: Preferences, { plan, consignment }: ToShip) => {
  if (!weighsPerformance(preferences)) return (offer: Offer): Offer => offer;
  const performanceOf = needs.performance();
  const way = { location: plan.location, country: consignment.recipient.address.country };
  return (offer: Offer): Offer => {
    const performance = performanceOf({ ...way, carrier: offer.carrier, service: offer.service });
    return performance ? { ...offer, performance } : offer;
  };
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

const isSilent = ({ reason }: Declined): boolean => reason.code === 'carrier-silent';

const chooseBetween = async (
  needs: ChoosingNeeds,
  { candidates, ...toShip }: ToShip & { readonly candidates: readonly Carrier[] },
  terms: { readonly wish: Wish; readonly sold?: string },
): Promise<Chosen | { readonly reason: Reason }> => {
  const [asked, carried] = await Promise.all([quotedBy(candidates, toShip), carriedOf(needs, toShip)]);
  const quoted = underRules(needs, asked, carried);
  const declined = quoted.filter((each): each is Declined => !isOffer(each));
  const preferences = preferencesFor(needs, toShip.plan);
  const offers = quoted.filter(isOffer).map(withPerformance(needs, preferences, toShip));
  const { chosen, rates } = rated(preferences, { offers, declined, ...terms });
  if (chosen) return { choice: { carrier: chosen.carrier, service: chosen.service }, rates };
  // Of those who say nothing one may still take it; whoever says no has said it.
  const silent = candidates.filter(({ name }) => declined.some((each) => each.carrier === name && isSilent(each)));
  if (!declined.every((each) => isSilent(each) || each.reason.by === 'policy')) return { reason: noCarrier(declined) };
  const choice = unquoted(needs, { ...toShip, candidates: silent }, carried);
  return choice ? { choice, rates } : { reason: noCarrier(silent.length > 0 ? ruledOut(needs, silent, carried) : declined) };
};

/** What rules say of each service of those who say nothing. */
const ruledOut = ({ compliance }: ChoosingNeeds, silent: readonly Carrier[], carried: ToBeCarried): readonly Declined[] =>
  silent.flatMap(({ name: carrier, services }) =>
    services.flatMap((service) => {
      const reason = compliance.blocked({ carrier, service }, carried);
      return reason ? { carrier, service, reason } : [];
    }),
  );
