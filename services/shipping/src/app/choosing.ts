import { invalidField, messageOf } from '@cartage/eventsourcing';
import type { Reason } from '@cartage/contracts';
import type { ToBeCarried } from '../domain/carrier-rules';
import type { CarrierTerms } from '../domain/carrier-policy';
import type { Choice, Wish } from '../domain/commands';
import type { Plan } from '../domain/events';
import type { PerformanceOf } from '../domain/lane-performance';
import { withLearned, type CarrierLearning } from '../domain/learned-choice';
import { rated, type Declined, type Offer, type Rates, type Rating } from '../domain/rates';
import type { Carrier, Carriers, QuoteRequest } from './carrier';
import type { CarrierPolicies } from './carrier-policies';
import type { Compliance } from './compliance';

export interface ChoosingNeeds {
  readonly carriers: Carriers;
  readonly policies: CarrierPolicies;
  /** What is to be expected of lanes, as it is known now: nobody waits for it. */
  readonly performance: () => PerformanceOf;
  /** What was learned of carriers, as it is known now: nobody waits for it. */
  readonly learned: () => CarrierLearning;
  readonly compliance: Pick<Compliance, 'carried' | 'blocked'>;
}

interface ToShip {
  /** What is in force for it. */
  readonly terms: CarrierTerms;
  readonly plan: Plan;
  readonly consignment: QuoteRequest;
  readonly wish: Wish;
}

/** Whom to ask for which service, and what all of them offered, if there was anything to choose. */
export interface Chosen {
  readonly choice: Choice;
  /** By which version of the policy. */
  readonly policy: string;
  readonly rates?: Rates;
}

/** One that is not set up any more keeps none of the others out. */
const candidatesOf = ({ carriers }: ChoosingNeeds, { terms, wish: { carrier, service } }: ToShip): readonly Carrier[] => {
  const { carriers: enabled } = terms;
  if (carrier !== undefined && !enabled.includes(carrier))
    throw invalidField('carrier', 'CARRIER_UNKNOWN', `Labels are bought from ${enabled.join(', ')}.`);
  const candidates = (carrier === undefined ? enabled : [carrier]).flatMap((name) => carriers.get(name) ?? []);
  if (service === undefined || candidates.some(({ services }) => services.includes(service))) return candidates;
  const known = candidates.map(({ name, services }) => `Carrier ${name} has the services ${services.join(', ')}.`);
  throw invalidField('service', 'SERVICE_UNKNOWN', known.join(' '));
};

/** Of one carrier, where the service is settled and no rule speaks: there is nothing to choose, and nobody to ask. */
const settled = (candidates: readonly Carrier[], { terms, plan, wish }: ToShip): Choice | undefined => {
  const [only] = candidates;
  const service = wish.service ?? plan.service;
  if (!only || candidates.length > 1 || terms.blocks.length > 0 || service === undefined) return undefined;
  return only.services.includes(service) ? { carrier: only.name, service } : undefined;
};

type Quoted = Offer | Declined;
const isOffer = (quoted: Quoted): quoted is Offer => !('reason' in quoted);

/** One that gives no answer keeps none of the others out. */
const quotesOf = async ({ name, quote }: Carrier, consignment: QuoteRequest): Promise<readonly Quoted[]> => {
  try {
    return (await quote(consignment)).map((each) => ({ carrier: name, ...each }));
  } catch (error) {
    const detail = (messageOf(error) || 'It gave no answer.').slice(0, 500);
    return [{ carrier: name, reason: { code: 'carrier-silent', detail, by: 'carrier' } }];
  }
};

interface Judged {
  readonly quoted: readonly Quoted[];
  readonly carried: ToBeCarried;
}

const carriedOf = ({ compliance }: ChoosingNeeds, { terms, plan, consignment }: ToShip): Promise<ToBeCarried> =>
  compliance.carried(terms.blocks, plan, {
    country: consignment.recipient.address.country,
    parcelGrams: consignment.parcels.map(({ weightGrams }) => weightGrams),
  });

/** What a rule forbids keeps what it was offered for: another policy can be tried on it. */
const underRules = ({ compliance }: ChoosingNeeds, { blocks }: CarrierTerms, judged: Judged): readonly Quoted[] =>
  judged.quoted.map((each) => {
    const reason = isOffer(each) ? compliance.blocked(blocks, each, judged.carried) : undefined;
    return reason ? { ...each, reason } : each;
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
  const allowed = choices.filter((choice) => !compliance.blocked(toShip.terms.blocks, choice, carried));
  return allowed.find(({ service }) => service === wanted) ?? allowed[0];
};

/** Rules leave nobody: another address, another location or other rules do. */
const WAY_OUT = 'Send it elsewhere, let another location send it, or see to the rules.';

const noCarrier = (declined: readonly Declined[], { version, carriers }: CarrierTerms): Reason => {
  if (declined.length === 0)
    return { code: 'no-carrier', detail: `Of the carriers of ${version} none is set up: ${carriers.join(', ')}.`, by: 'policy' };
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

const weighsPerformance = ({ by, weights }: CarrierTerms): boolean =>
  by === 'performance' || (by === 'weighted' && weights.performance > 0);

/** With what is to be expected of each on this lane, where that counts. */
const withPerformance = (needs: ChoosingNeeds, { terms, plan, consignment }: ToShip) => {
  if (!weighsPerformance(terms)) return (offer: Offer): Offer => offer;
  const performanceOf = needs.performance();
  const way = { location: plan.location, country: consignment.recipient.address.country };
  return (offer: Offer): Offer => {
    const performance = performanceOf({ ...way, carrier: offer.carrier, service: offer.service });
    return performance ? { ...offer, performance } : offer;
  };
};

/** Which carrier takes a shipment, by the policy; or why none does. */
export const choose = async (needs: ChoosingNeeds, toShip: ToShip): Promise<Chosen | { readonly reason: Reason }> => {
  const { terms, plan, wish } = toShip;
  const candidates = candidatesOf(needs, toShip);
  const choice = settled(candidates, toShip);
  return choice
    ? { choice, policy: terms.version }
    : chooseBetween(needs, { ...toShip, candidates }, { wish, ...(plan.service === undefined ? {} : { sold: plan.service }) });
};

/** Whoever asks again for the same shipment is told the same: chance is drawn from its id. */
const lookingAtLearned = ({ learned }: ChoosingNeeds, { terms, plan, consignment }: ToShip, rating: Rating): Rating => {
  if (!terms.learned) return rating;
  const way = { location: plan.location, country: consignment.recipient.address.country };
  return withLearned(rating, { policy: terms.learned, way, learning: learned(), seed: plan.shipmentId });
};

const isSilent = ({ reason }: Declined): boolean => reason.code === 'carrier-silent';

const chooseBetween = async (
  needs: ChoosingNeeds,
  { candidates, ...toShip }: ToShip & { readonly candidates: readonly Carrier[] },
  asked: { readonly wish: Wish; readonly sold?: string },
): Promise<Chosen | { readonly reason: Reason }> => {
  const { terms } = toShip;
  const policy = terms.version;
  const [answers, carried] = await Promise.all([quotedBy(candidates, toShip), carriedOf(needs, toShip)]);
  const quoted = underRules(needs, terms, { quoted: answers, carried });
  const declined = quoted.filter((each): each is Declined => !isOffer(each));
  const offers = quoted.filter(isOffer).map(withPerformance(needs, toShip));
  const { chosen, rates } = lookingAtLearned(needs, toShip, rated(terms, { offers, declined, ...asked }));
  if (chosen) return { choice: { carrier: chosen.carrier, service: chosen.service }, policy, rates };
  // Of those who say nothing one may still take it; whoever says no has said it.
  const silent = candidates.filter(({ name }) => declined.some((each) => each.carrier === name && isSilent(each)));
  if (!declined.every((each) => isSilent(each) || each.reason.by === 'policy')) return { reason: noCarrier(declined, terms) };
  const choice = unquoted(needs, { ...toShip, candidates: silent }, carried);
  if (choice) return { choice, policy, rates };
  return { reason: noCarrier(silent.length > 0 ? ruledOut(needs, { terms, silent }, carried) : declined, terms) };
};

/** What rules say of each service of those who say nothing. */
const ruledOut = (
  { compliance }: ChoosingNeeds,
  { terms, silent }: { readonly terms: CarrierTerms; readonly silent: readonly Carrier[] },
  carried: ToBeCarried,
): readonly Declined[] =>
  silent.flatMap(({ name: carrier, services }) =>
    services.flatMap((service) => {
      const reason = compliance.blocked(terms.blocks, { carrier, service }, carried);
      return reason ? { carrier, service, reason } : [];
    }),
  );
