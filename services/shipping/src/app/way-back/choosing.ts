import { invalidField, messageOf } from '@cartage/eventsourcing';
import type { Reason } from '@cartage/contracts';
import { RETURN_METHOD, type CarrierTerms } from '../../domain/carrier-policy';
import type { Choice, Wish } from '../../domain/commands';
import { rated, type Declined, type Offer } from '../../domain/rates';
import type { Carrier, Carriers, QuoteRequest } from '../carrier';
import { toChooseFor, type CarrierPolicies } from '../carrier-policies';
import type { Compliance, GoodsToCarry } from '../compliance';

export interface ReturnChoiceNeeds {
  readonly carriers: Carriers;
  readonly policies: CarrierPolicies;
  readonly compliance: Pick<Compliance, 'carried' | 'blocked'>;
}

interface ToBringBack {
  readonly consignment: QuoteRequest;
  readonly goods: Omit<GoodsToCarry, 'method'>;
  readonly wish: Wish;
}

type Quoted = Offer | Declined;
const isOffer = (quoted: Quoted): quoted is Offer => !('reason' in quoted);

/** One that gives no answer keeps none of the others out. */
const quotesOf = async (carrier: Carrier, consignment: QuoteRequest): Promise<readonly Quoted[]> => {
  const { name } = carrier;
  try {
    return (await carrier.quote(consignment)).map((each) => ({ carrier: name, ...each }));
  } catch (error) {
    const detail = (messageOf(error) || 'It gave no answer.').slice(0, 500);
    return [{ carrier: name, reason: { code: 'carrier-silent', detail, by: 'carrier' } }];
  }
};

const candidatesOf = ({ carriers }: ReturnChoiceNeeds, terms: CarrierTerms, { carrier, service }: Wish): readonly Carrier[] => {
  const named = carrier === undefined ? terms.carriers : [carrier];
  const found = named.flatMap((name) => (terms.carriers.includes(name) ? (carriers.get(name) ?? []) : []));
  if (found.length === 0) throw invalidField('carrier', 'CARRIER_UNKNOWN', `Labels are bought from ${terms.carriers.join(', ')}.`);
  if (service !== undefined && !found.some(({ services }) => services.includes(service)))
    throw invalidField(
      'service',
      'SERVICE_UNKNOWN',
      found.map(({ name, services }) => `Carrier ${name} has ${services.join(', ')}.`).join(' '),
    );
  return found;
};

const noCarrier = (declined: readonly Declined[]): Reason => ({
  code: declined.length === 1 ? (declined[0]?.reason.code ?? 'no-carrier') : 'no-carrier',
  detail: declined
    .map(({ carrier, service, reason }) => [carrier, service, reason.detail ?? reason.code].filter(Boolean).join(' '))
    .join(' · ')
    .slice(0, 500),
  by: 'policy',
});

/** When nobody answers, the preferred of them is asked for the label until it does. */
const unquoted = (candidates: readonly Carrier[], declined: readonly Declined[], { service }: Wish): Choice | undefined => {
  const silent = candidates.find(({ name }) =>
    declined.some(({ carrier, reason }) => carrier === name && reason.code === 'carrier-silent'),
  );
  const asked = service ?? silent?.services[0];
  return silent && asked !== undefined ? { carrier: silent.name, service: asked } : undefined;
};

/** Goods that come back are chosen for by the same policy, as of method `return`. */
const termsOf = ({ policies }: ReturnChoiceNeeds, { consignment, goods: { channel } }: ToBringBack): Promise<CarrierTerms> => {
  const { priority, destination, parcels } = consignment;
  const sold = channel === undefined ? {} : { channel };
  return policies.termsFor(toChooseFor({ method: RETURN_METHOD, priority, ...sold, ...(destination ? { destination } : {}) }, parcels));
};

/** Which carrier brings it back: the one that was wished for, or by the policy; or why nobody does, by the same. */
export const chooseForReturn = async (
  needs: ReturnChoiceNeeds,
  toBringBack: ToBringBack,
): Promise<(Choice | { readonly reason: Reason }) & { readonly policy: string }> => {
  const { consignment, goods, wish } = toBringBack;
  const terms = await termsOf(needs, toBringBack);
  const candidates = candidatesOf(needs, terms, wish);
  const way = { country: consignment.recipient.address.country, parcelGrams: consignment.parcels.map(({ weightGrams }) => weightGrams) };
  const [quoted, carried] = await Promise.all([
    Promise.all(candidates.map((carrier) => quotesOf(carrier, consignment))),
    needs.compliance.carried(terms.blocks, { ...goods, method: RETURN_METHOD }, way),
  ]);
  const judged = quoted.flat().map((each): Quoted => {
    const reason = isOffer(each) ? needs.compliance.blocked(terms.blocks, each, carried) : undefined;
    return reason ? { ...each, reason } : each;
  });
  const declined = judged.filter((each): each is Declined => !isOffer(each));
  const { chosen } = rated(terms, { offers: judged.filter(isOffer), declined, wish });
  const choice = chosen ?? unquoted(candidates, declined, wish);
  const policy = terms.version;
  return choice ? { carrier: choice.carrier, service: choice.service, policy } : { reason: noCarrier(declined), policy };
};
