import { handling, reading, Refused, type EventStore, type Handled, type Meta, type Reading, type Send } from '@cartage/eventsourcing';
import {
  CARRIER_INVOICE_TERMS,
  carrierTerms,
  type AllTerms,
  type CarrierTerms,
  type TermsCommand,
  type TermsEvent,
} from '../../domain/carrier-invoices/terms';
import { requireInvoiceMapping } from './invoice-reading';

export interface CarrierInvoiceTermsNeeds {
  readonly store: Pick<EventStore, 'readMany' | 'appendMany'>;
  readonly newId: () => string;
  readonly isPublic: (type: string) => boolean;
  readonly now: () => Date;
}

export type HandledTerms = Handled<AllTerms, TermsEvent>;

/** How the invoices of each carrier are read, and what was agreed with it. */
export class CarrierInvoiceTerms {
  private readonly send: Send<TermsCommand, AllTerms, TermsEvent>;
  private readonly read: Reading<AllTerms, TermsEvent>;

  constructor(private readonly needs: CarrierInvoiceTermsNeeds) {
    this.send = handling<TermsCommand, AllTerms, TermsEvent>(needs, carrierTerms);
    this.read = reading<AllTerms, TermsEvent>(needs.store, carrierTerms);
  }

  async all(): Promise<AllTerms> {
    return (await this.read.load(CARRIER_INVOICE_TERMS)).state;
  }

  async of(carrier: string): Promise<CarrierTerms> {
    const terms = (await this.all()).get(carrier);
    if (terms) return terms;
    throw new Refused('CARRIER_TERMS_UNKNOWN', `Nothing is known of the invoices of ${carrier}: say first how they are read.`, 'unknown');
  }

  /** Without a beginning of its own it begins now, or where it began. */
  async set({ since, ...terms }: Omit<CarrierTerms, 'since'> & { readonly since?: string }, meta: Meta): Promise<HandledTerms> {
    requireInvoiceMapping(terms.mapping);
    const now = this.needs.now().toISOString();
    const begun = since ?? (await this.all()).get(terms.carrier)?.since ?? now;
    const data = { terms: { ...terms, since: begun }, by: meta.actor, now };
    return this.send(CARRIER_INVOICE_TERMS, { type: 'SetCarrierInvoiceTerms', data }, meta);
  }
}
