import type { Parcel } from '@cartage/contracts';
import { activeVersion, invalidField, Refused, RuleBook, type HandledRules, type Meta, type RuleBookNeeds } from '@cartage/eventsourcing';
import { carrierPolicies, CARRIER_POLICIES, POLICIES_ID, requireVersion } from '../domain/carrier-policies';
import { termsFor, type CarrierPolicy, type CarrierTerms, type ToChooseFor } from '../domain/carrier-policy';
import type { Plan } from '../domain/events';
import type { Carriers } from './carrier';

/** As much of the policies as choosing needs. */
export interface CarrierPolicies {
  /** What is in force now, for a shipment like this. */
  termsFor(shipment: ToChooseFor): Promise<CarrierTerms>;
}

/** A policy, and how labels name it. */
export interface NamedPolicy {
  readonly policy: CarrierPolicy;
  readonly version: string;
}

export interface CarrierPolicyBookNeeds extends Pick<RuleBookNeeds<CarrierPolicy, never>, 'store' | 'newId' | 'now' | 'isPublic'> {
  /** In force until a person has activated another. */
  readonly settings: CarrierPolicy;
  /** Those that are set up. */
  readonly carriers: Carriers;
}

/** As labels and quotes name it. */
const named = (version: string): string => `${POLICIES_ID}@${version}`;

/** As far as policies differ by it. */
export const toChooseFor = (
  { channel, method, priority, destination }: Pick<Plan, 'channel' | 'method' | 'priority' | 'destination'>,
  parcels: readonly Pick<Parcel, 'weightGrams'>[],
): ToChooseFor => ({
  ...{ method, priority, country: destination?.country ?? '', parcelGrams: parcels.map(({ weightGrams }) => weightGrams) },
  ...(channel === undefined ? {} : { channel }),
});

/** What carriers are chosen by: versions of the policy, of which one is in force. */
export class CarrierPolicyBook extends RuleBook<CarrierPolicy> implements CarrierPolicies {
  constructor(private readonly terms: CarrierPolicyBookNeeds) {
    super({ ...terms, stream: CARRIER_POLICIES, decider: carrierPolicies });
  }

  override async draft(asked: { readonly rules: CarrierPolicy; readonly note: string }, meta: Meta): Promise<HandledRules<CarrierPolicy>> {
    this.requireKnown(asked.rules);
    return super.draft(asked, meta);
  }

  override async activate(asked: { readonly version: string; readonly note: string }, meta: Meta): Promise<HandledRules<CarrierPolicy>> {
    const { rules } = requireVersion(await this.all(), asked.version);
    const absent = carriersIn(rules).find(({ carrier }) => !this.terms.carriers.has(carrier));
    if (absent) throw new Refused('CARRIER_NOT_SET_UP', `It buys from ${absent.carrier}, which is not set up any more. ${this.setUp()}`);
    return super.activate(asked, meta);
  }

  async termsFor(shipment: ToChooseFor): Promise<CarrierTerms> {
    const { policy, version } = await this.inForce();
    return termsFor(policy, version, shipment);
  }

  async inForce(): Promise<NamedPolicy> {
    const versions = await this.current();
    const version = activeVersion(versions);
    if (version === undefined) return { policy: this.settings(), version: named('settings') };
    return { policy: requireVersion(versions, version).rules, version: named(version) };
  }

  /** A version and how labels name it, in force or not. */
  async version(version: string): Promise<NamedPolicy> {
    return { policy: requireVersion(await this.all(), version).rules, version: named(version) };
  }

  /** What the settings say: in force until a version is, and where a draft may begin. */
  settings(): CarrierPolicy {
    return this.terms.settings;
  }

  private setUp(): string {
    return `There are: ${[...this.terms.carriers.keys()].join(', ')}.`;
  }

  /** A name that is written wrong would block nobody, and nobody would see it. */
  private requireKnown(policy: CarrierPolicy): void {
    for (const { field, carrier } of [...carriersIn(policy), ...blockedIn(policy)])
      if (!this.terms.carriers.has(carrier)) throw invalidField(field, 'CARRIER_UNKNOWN', `${carrier} is not set up. ${this.setUp()}`);
    policy.blocks.forEach((block, n) => this.requireService(block, `rules.blocks[${n}].service`));
  }

  private requireService({ carrier, service }: CarrierPolicy['blocks'][number], field: string): void {
    if (service === undefined) return;
    const offered = [...this.terms.carriers.values()].filter(({ name }) => carrier === undefined || name === carrier);
    if (offered.some(({ services }) => services.includes(service))) return;
    const known = offered.map(({ name, services }) => `${name} has ${services.join(', ')}.`);
    throw invalidField(field, 'SERVICE_UNKNOWN', known.join(' '));
  }
}

interface CarrierIn {
  readonly field: string;
  readonly carrier: string;
}

const listedIn = (carriers: readonly string[], field: string): readonly CarrierIn[] =>
  carriers.map((carrier, n) => ({ field: `${field}[${n}]`, carrier }));

/** Whom it buys from. */
const carriersIn = ({ carriers, exceptions }: CarrierPolicy): readonly CarrierIn[] => [
  ...listedIn(carriers, 'rules.carriers'),
  ...exceptions.flatMap(({ change }, n) => listedIn(change.carriers ?? [], `rules.exceptions[${n}].change.carriers`)),
];

const blockedIn = ({ blocks }: CarrierPolicy): readonly CarrierIn[] =>
  blocks.flatMap(({ carrier }, n) => (carrier === undefined ? [] : [{ field: `rules.blocks[${n}].carrier`, carrier }]));
