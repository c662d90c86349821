import { invalidField, Refused, type Bell, type Meta } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import { requireLocation } from '../places';
import type { LocationRegister } from '../registers';
import type { KeptPartner, Partner, PartnerRegister, PartnerTerms } from './partner';
import type { MessageOutbox, MessagesQuery, ShownMessage } from './partner-message';
import { unknownPartner } from './partner-notices';

/** What an adapter must be given: looked at when a partner is put down. */
export interface AdapterTerms {
  readonly needsEndpoint: boolean;
  readonly needsSecret: boolean;
  /** Why it cannot be used here. */
  readonly unavailable?: string;
}

export interface PartnerDeskNeeds {
  readonly partners: PartnerRegister;
  readonly outbox: MessageOutbox;
  readonly adapters: ReadonlyMap<string, AdapterTerms>;
  readonly locations: Pick<LocationRegister, 'find'>;
  readonly vault: Pick<Vault, 'seal' | 'open'>;
  readonly news: Bell;
  readonly now: () => Date;
}

interface Named {
  readonly partner: string;
  readonly messageId: string;
}

/** Partners as they are put down, and what they are told, for people. */
export class PartnerDesk {
  constructor(private readonly needs: PartnerDeskNeeds) {}

  async put(terms: PartnerTerms, secret: string | undefined): Promise<Partner> {
    const before = await this.needs.partners.find(terms.partner);
    this.requireUsable(terms, secret !== undefined || (before?.hasSecret ?? false));
    for (const location of terms.locations) await requireLocation(this.needs.locations, location);
    const sealed =
      secret === undefined || (await this.isNewest(before, secret))
        ? undefined
        : await this.needs.vault.seal(`partner-${terms.partner}`, { secret });
    const put = await this.needs.partners.put(terms, sealed, this.needs.now());
    this.needs.news.ring();
    return put;
  }

  async get(name: string): Promise<Partner> {
    const found = await this.needs.partners.find(name);
    if (!found) throw unknownPartner(name);
    const { secrets: _sealed, ...partner } = found;
    return partner;
  }

  list(): Promise<readonly Partner[]> {
    return this.needs.partners.list();
  }

  messages(query: MessagesQuery): Promise<readonly ShownMessage[]> {
    return this.needs.outbox.list(query);
  }

  /** Once its cause is mended, here or there; or, where no answer came, asked again. */
  async resubmit(named: Named): Promise<ShownMessage> {
    const { message, content } = await this.found(named);
    if (message.status !== 'refused' && message.status !== 'overdue') return message;
    await this.needs.outbox.resubmit(named.messageId, content, this.needs.now());
    this.needs.news.ring();
    return (await this.found(named)).message;
  }

  /** A person has told it by other means. */
  async drop(named: Named, why: string, { actor }: Meta): Promise<ShownMessage> {
    const { message } = await this.found(named);
    if (message.status !== 'refused' && message.status !== 'overdue') return message;
    await this.needs.outbox.end(named.messageId, { status: 'dropped', detail: `Dropped by ${actor}: ${why}` }, this.needs.now());
    return (await this.found(named)).message;
  }

  private requireUsable({ partner, adapter, endpoint }: PartnerTerms, hasSecret: boolean): void {
    // It may name a folder.
    if (!/^[A-Za-z0-9]/.test(partner)) throw invalidField('partner', 'CODE_INVALID', 'must begin with a letter or a digit');
    const known = this.needs.adapters.get(adapter);
    if (!known) throw invalidField('adapter', 'ADAPTER_UNKNOWN', `There are the adapters ${[...this.needs.adapters.keys()].join(', ')}.`);
    if (known.unavailable !== undefined) throw invalidField('adapter', 'ADAPTER_UNAVAILABLE', known.unavailable);
    if (known.needsEndpoint && endpoint === undefined) throw invalidField('endpoint', 'REQUIRED', 'Say where it is told.');
    if (known.needsSecret && !hasSecret) throw invalidField('secret', 'REQUIRED', 'Say the secret that both sides sign with.');
  }

  private async isNewest(before: KeptPartner | undefined, secret: string): Promise<boolean> {
    const newest = before?.secrets[0];
    return newest !== undefined && (await this.needs.vault.open<{ readonly secret: string }>(newest))?.secret === secret;
  }

  private async found({ partner, messageId }: Named) {
    const found = await this.needs.outbox.find(partner, messageId);
    if (found) return found;
    throw new Refused('MESSAGE_UNKNOWN', `${partner} is told nothing under ${messageId}.`, 'unknown');
  }
}
