import { canonicalJson, deciding, evolving, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';
import { usualMapping, type SourceMapping, type SourceTerms } from './mapping';

export const SETTLEMENT_SOURCES = 'settlement-sources';

/** Who settles, and how its files are read. */
export interface SettlementSource extends SourceTerms {
  /** The name that files are sent under. */
  readonly source: string;
  readonly mapping: SourceMapping;
}

export type SourceEvent = Named<'SettlementSourceRegistered', SettlementSource & { readonly by: string; readonly registeredAt: string }>;
export type SourceCommand = Named<'RegisterSource', { readonly source: SettlementSource; readonly by: string; readonly now: string }>;
export type SettlementSources = ReadonlyMap<string, SettlementSource>;

/** An account at Stripe, whose files need no mapping. */
const ofStripe = (account: string): SettlementSource => ({
  ...{ source: account, overdueDays: 7, providers: [account], channels: [], carriers: [] },
  mapping: { ...usualMapping, format: 'stripe' },
});
const stripe = ofStripe('stripe');

/** Accounts that no registered source settles are each their own. */
export const withAccounts = (known: SettlementSources, accounts: readonly string[]): SettlementSources => {
  const settled = new Set([...known.values()].flatMap(({ providers }) => providers));
  const own = accounts.filter((account) => !settled.has(account) && !known.has(account)).map(ofStripe);
  return new Map([...known, ...own.map((source) => [source.source, source] as const)]);
};

/** The source by whose files an account at Stripe settles. */
export const sourceOfAccount = (known: SettlementSources, account: string): SettlementSource =>
  [...known.values()].find(({ mapping, providers }) => mapping.format === 'stripe' && providers.includes(account)) ?? ofStripe(account);

const register = ({ source, by, now }: DataOf<SourceCommand, 'RegisterSource'>, known: SettlementSources): readonly SourceEvent[] => {
  const before = known.get(source.source);
  if (before && canonicalJson(before) === canonicalJson(source)) return [];
  return [{ type: 'SettlementSourceRegistered', data: { ...source, by, registeredAt: now } }];
};

/** Which sources there are. Lines that were read stay as they were read. */
export const settlementSources: Decider<SourceCommand, SettlementSources, SourceEvent> = {
  initial: new Map([[stripe.source, stripe]]),
  evolve: evolving<SettlementSources, SourceEvent>({
    SettlementSourceRegistered: (known, { by: _, registeredAt: __, ...source }) => new Map(known).set(source.source, source),
  }),
  decide: deciding<SourceCommand, SettlementSources, SourceEvent>({ RegisterSource: register }),
};
