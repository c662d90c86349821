import { handling, reading, type EventStore, type Handled, type Meta, type Send } from '@cartage/eventsourcing';
import {
  LEGAL_ENTITIES,
  legalEntities,
  type LegalEntities,
  type LegalEntity,
  type LegalEntityCommand,
  type LegalEntityEvent,
} from '../domain/invoices/legal-entities';

export interface SellersNeeds {
  readonly store: Pick<EventStore, 'readMany' | 'appendMany'>;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** What another process registered is known after this long. */
const FRESH_MS = 1_000;

/** Legal entities: who sells, and whose numbers count the documents. */
export class Sellers {
  private readonly send: Send<LegalEntityCommand, LegalEntities, LegalEntityEvent>;
  private readonly read: ReturnType<typeof reading<LegalEntities, LegalEntityEvent>>;
  private kept: { readonly at: number; readonly entities: Promise<LegalEntities> } | undefined;

  constructor(private readonly needs: SellersNeeds) {
    this.send = handling<LegalEntityCommand, LegalEntities, LegalEntityEvent>(needs, legalEntities);
    this.read = reading<LegalEntities, LegalEntityEvent>(needs.store, legalEntities);
  }

  async all(): Promise<LegalEntities> {
    return (await this.read.load(LEGAL_ENTITIES)).state;
  }

  /** As they were registered then: a document is printed for ever as it was issued. */
  async asOf(time: string): Promise<LegalEntities> {
    return (await this.read.history(LEGAL_ENTITIES, { time })).state;
  }

  /** As they were known within the last second. */
  current(): Promise<LegalEntities> {
    const at = this.needs.now().getTime();
    if (this.kept && at - this.kept.at < FRESH_MS) return this.kept.entities;
    const entities = this.all();
    const kept = { at, entities };
    this.kept = kept;
    entities.catch(() => {
      if (this.kept === kept) this.kept = undefined;
    });
    return entities;
  }

  async register(entity: LegalEntity, meta: Meta): Promise<Handled<LegalEntities, LegalEntityEvent>> {
    const data = { entity, by: meta.actor, now: this.needs.now().toISOString() };
    const handled = await this.send(LEGAL_ENTITIES, { type: 'RegisterLegalEntity', data }, meta);
    this.kept = undefined;
    return handled;
  }
}
