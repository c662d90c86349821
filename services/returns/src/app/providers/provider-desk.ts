import { invalidField, Refused, type Bell, type Meta } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import type { KeptProvider, Provider, ProviderKeys, ProviderRegister, ProviderTerms } from './provider';
import type { FoundProviderMessage, ProviderMessagesQuery, ProviderOutbox, ShownProviderMessage } from './provider-message';
import { unknownProvider } from './provider-notices';
import type { ProviderNews } from './provider-news';

/** What an adapter must be given: looked at when a provider is put down. */
export interface AdapterTerms {
  readonly needs: readonly ('endpoint' | 'secret' | 'apiKey')[];
  /** What it signs with, if that is not any text. */
  readonly secretForm?: { readonly pattern: RegExp; readonly message: string };
  /** It handles one shop: its numbers are those of one channel. */
  readonly oneChannel?: boolean;
  /** Why it cannot be used here. */
  readonly unavailable?: string;
}

/** Base64 of 24 bytes and more, as Standard Webhooks has it. */
export const standardSecret: NonNullable<AdapterTerms['secretForm']> = {
  pattern: /^(whsec_)?[A-Za-z0-9+/]{32,200}={0,2}$/,
  message: 'must be 24 bytes or more in base64',
};

export interface ProviderDeskNeeds {
  readonly register: ProviderRegister;
  readonly outbox: ProviderOutbox;
  readonly adapters: ReadonlyMap<string, AdapterTerms>;
  readonly vault: Pick<Vault, 'seal' | 'open'>;
  readonly providerNews: Pick<ProviderNews, 'orderChanged'>;
  /** Orders of which something has arrived, by their ids, from after this one on. */
  readonly arrivedAfter: (orderId: string | undefined, limit: number) => Promise<readonly string[]>;
  readonly news: Bell;
  readonly now: () => Date;
}

interface Named {
  readonly provider: string;
  readonly messageId: string;
}

/** How far a catching up has come. */
export interface CaughtUp {
  /** Orders that are told of. */
  readonly orders: number;
  /** Where to go on from; null: that was all. */
  readonly next: string | null;
}

/** Orders that are looked at in one call. */
const EACH_CALL = 500;

const missing = {
  endpoint: 'Say where it is told.',
  secret: 'Say the secret that it signs with.',
  apiKey: 'Say the key by which it lets us in.',
} as const;

const usableAdapter = (adapters: ProviderDeskNeeds['adapters'], { provider, adapter }: ProviderTerms): AdapterTerms => {
  // It may name a folder.
  if (!/^[A-Za-z0-9]/.test(provider)) throw invalidField('provider', 'CODE_INVALID', 'must begin with a letter or a digit');
  const known = adapters.get(adapter);
  if (!known) throw invalidField('adapter', 'ADAPTER_UNKNOWN', `There are the adapters ${[...adapters.keys()].join(', ')}.`);
  if (known.unavailable !== undefined) throw invalidField('adapter', 'ADAPTER_UNAVAILABLE', known.unavailable);
  return known;
};

const requireGiven = ({ needs, secretForm, oneChannel }: AdapterTerms, terms: ProviderTerms, keys: ProviderKeys): void => {
  const given = { ...terms, ...keys };
  for (const need of needs) if (given[need] === undefined) throw invalidField(need, 'REQUIRED', missing[need]);
  if (secretForm && given.secret !== undefined && !secretForm.pattern.test(given.secret))
    throw invalidField('secret', 'SECRET_INVALID', secretForm.message);
  if (oneChannel && terms.channels.length !== 1) throw invalidField('channels', 'ONE_CHANNEL', 'must be one: that of its shop');
};

/** Returns providers as they are put down, and what they are told, for people. */
export class ProviderDesk {
  constructor(private readonly needs: ProviderDeskNeeds) {}

  /** A key that is absent is as it was. */
  async put(terms: ProviderTerms, given: ProviderKeys): Promise<Provider> {
    const before = await this.keysOf(await this.needs.register.find(terms.provider));
    const keys = { secret: given.secret ?? before.secret, apiKey: given.apiKey ?? before.apiKey };
    requireGiven(usableAdapter(this.needs.adapters, terms), terms, keys);
    const isNew = keys.secret !== before.secret || keys.apiKey !== before.apiKey;
    const sealed = isNew ? await this.needs.vault.seal(`returns-provider-${terms.provider}`, keys) : undefined;
    const put = await this.needs.register.put(terms, sealed, this.needs.now());
    this.needs.news.ring();
    return put;
  }

  async get(name: string): Promise<Provider> {
    const found = await this.needs.register.find(name);
    if (!found) throw unknownProvider(name);
    const { secrets: _sealed, ...provider } = found;
    return provider;
  }

  list(): Promise<readonly Provider[]> {
    return this.needs.register.list();
  }

  /** Tells of orders that arrived before it was put down, a part of them in each call. */
  async catchUp(name: string, after: string | undefined, { commandId }: Meta): Promise<CaughtUp> {
    await this.get(name);
    const arrived = await this.needs.arrivedAfter(after, EACH_CALL);
    const told = await Promise.all(arrived.map((orderId) => this.needs.providerNews.orderChanged(orderId, commandId)));
    return {
      orders: told.filter((provider) => provider === name).length,
      next: arrived.length < EACH_CALL ? null : (arrived.at(-1) ?? null),
    };
  }

  messages(query: ProviderMessagesQuery): Promise<readonly ShownProviderMessage[]> {
    return this.needs.outbox.list(query);
  }

  /** Once its cause is mended, here or there: as it stands then. */
  async resubmit(named: Named): Promise<ShownProviderMessage> {
    const { message, content } = await this.found(named);
    if (message.status !== 'refused') return message;
    await this.needs.outbox.resubmit(named.messageId, content, this.needs.now());
    this.needs.news.ring();
    return (await this.found(named)).message;
  }

  /** A person has told it by other means. */
  async drop(named: Named, why: string, { actor }: Meta): Promise<ShownProviderMessage> {
    const { message } = await this.found(named);
    if (message.status !== 'refused') return message;
    await this.needs.outbox.end(named.messageId, { status: 'dropped', detail: `Dropped by ${actor}: ${why}` }, this.needs.now());
    return (await this.found(named)).message;
  }

  private async keysOf(provider: KeptProvider | undefined): Promise<ProviderKeys> {
    const newest = provider?.secrets[0];
    return (newest && (await this.needs.vault.open<ProviderKeys>(newest))) ?? {};
  }

  private async found({ provider, messageId }: Named): Promise<FoundProviderMessage> {
    const found = await this.needs.outbox.find(provider, messageId);
    if (found) return found;
    throw new Refused('MESSAGE_UNKNOWN', `${provider} is told nothing under ${messageId}.`, 'unknown');
  }
}
