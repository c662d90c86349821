import { handling, reading, Refused, type EventStore, type Handled, type Meta, type Send } from '@cartage/eventsourcing';
import {
  SETTLEMENT_SOURCES,
  settlementSources,
  sourceOfAccount,
  withAccounts,
  type SettlementSource,
  type SettlementSources,
  type SourceCommand,
  type SourceEvent,
} from '../../domain/settlements/sources';
import { requireMapping } from './line-reading';

export interface SourcesNeeds {
  /** Of ours at Stripe: each can settle without being registered. */
  readonly accounts: readonly string[];
  readonly store: Pick<EventStore, 'readMany' | 'appendMany'>;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** Who settles, and how its files are read. */
export class Sources {
  private readonly send: Send<SourceCommand, SettlementSources, SourceEvent>;
  private readonly read: ReturnType<typeof reading<SettlementSources, SourceEvent>>;

  constructor(private readonly needs: SourcesNeeds) {
    this.send = handling<SourceCommand, SettlementSources, SourceEvent>(needs, settlementSources);
    this.read = reading<SettlementSources, SourceEvent>(needs.store, settlementSources);
  }

  async all(): Promise<SettlementSources> {
    return withAccounts((await this.read.load(SETTLEMENT_SOURCES)).state, this.needs.accounts);
  }

  async ofAccount(account: string): Promise<SettlementSource> {
    return sourceOfAccount(await this.all(), account);
  }

  async of(name: string): Promise<SettlementSource> {
    const source = (await this.all()).get(name);
    if (!source)
      throw new Refused('SETTLEMENT_SOURCE_UNKNOWN', `No source ${name} is registered: say first how its files are read.`, 'unknown');
    return source;
  }

  async register(source: SettlementSource, meta: Meta): Promise<Handled<SettlementSources, SourceEvent>> {
    requireMapping(source.mapping);
    const data = { source, by: meta.actor, now: this.needs.now().toISOString() };
    return this.send(SETTLEMENT_SOURCES, { type: 'RegisterSource', data }, meta);
  }
}
