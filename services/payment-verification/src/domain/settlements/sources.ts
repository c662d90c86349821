import { canonicalJson, deciding, evolving, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';
import { requireMapping, usualMapping, type SourceMapping, type SourceTerms } from './mapping';

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

const stripe: SettlementSource = {
  ...{ source: 'stripe', overdueDays: 7, providers: ['stripe'], channels: [], carriers: [] },
  mapping: { ...usualMapping, format: 'stripe' },
};

const register = ({ source, by, now }: DataOf<SourceCommand, 'RegisterSource'>, known: SettlementSources): readonly SourceEvent[] => {
  requireMapping(source.mapping);
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
