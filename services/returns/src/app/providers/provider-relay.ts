import { Away, Relay, type Bell, type Clock, type Lane, type Meta, type Tracing } from '@cartage/eventsourcing';
import { hearLeft, type Vault } from '@cartage/service-kit';
import { composed, type ComposingNeeds } from './composing';
import type { KeptProvider, ProviderAccount, ProviderAdapter, ProviderAdapters, ProviderKeys, ProviderRegister } from './provider';
import type { ClaimedProviderMessage, ProviderOutbox } from './provider-message';
import { unknownProvider, type ProviderNotices, type ShapedNotice } from './provider-notices';

export interface ProviderLineNeeds extends ComposingNeeds {
  readonly register: Pick<ProviderRegister, 'find'>;
  readonly adapters: ProviderAdapters;
  readonly vault: Pick<Vault, 'open'>;
  readonly outbox: ProviderOutbox;
  readonly notices: Pick<ProviderNotices, 'take'>;
  /** In the form of the DTOs; refused by their fields. */
  readonly shape: (body: unknown) => ShapedNotice;
  readonly idFor: (...named: readonly string[]) => string;
  readonly clock: Clock;
  readonly news: Bell;
  readonly onTrouble: (error: unknown, provider: string) => void;
  readonly tracing?: Tracing | undefined;
}

const AT_ONCE = 8;

const keptAs = async ({ register }: Pick<ProviderLineNeeds, 'register'>, name: string): Promise<KeptProvider> => {
  const kept = await register.find(name);
  if (!kept) throw unknownProvider(name);
  return kept;
};

export const accountOf = async (
  { register, vault }: Pick<ProviderLineNeeds, 'register' | 'vault'>,
  name: string,
): Promise<ProviderAccount> => {
  const { secrets: sealed, ...terms } = await keptAs({ register }, name);
  const boxes = await Promise.all(sealed.map((box) => vault.open<ProviderKeys>(box)));
  const apiKey = boxes[0]?.apiKey;
  return { ...terms, secrets: boxes.flatMap((each) => each?.secret ?? []), ...(apiKey === undefined ? {} : { apiKey }) };
};

const adapterOf = ({ adapters }: Pick<ProviderLineNeeds, 'adapters'>, account: ProviderAccount): ProviderAdapter => {
  const adapter = adapters.get(account.adapter);
  // Settings that are mended later send what waits.
  if (!adapter) throw new Away(`There is no adapter ${account.adapter} here.`);
  return adapter(account);
};

const tellOne = async (needs: ProviderLineNeeds, claimed: ClaimedProviderMessage): Promise<'told' | 'passed-over'> => {
  const message = await composed(needs, claimed);
  if (!message) return 'passed-over';
  await adapterOf(needs, await accountOf(needs, claimed.provider)).tell(message);
  return 'told';
};

const words = { told: 'It has it.', 'passed-over': 'There was nothing to tell.' };

const messages = (needs: ProviderLineNeeds, provider: string): Lane<ClaimedProviderMessage> => {
  const { outbox, clock } = needs;
  return {
    atOnce: AT_ONCE,
    claim: (claiming) => outbox.claim(provider, claiming),
    nextAt: () => outbox.nextAt(provider),
    idOf: ({ messageId }) => messageId,
    tell: async ([message]) => {
      if (!message) return;
      const status = await tellOne(needs, message);
      await outbox.end(message.messageId, { status, detail: words[status] }, clock.now());
    },
    postpone: async ([message], until) => {
      if (message) await outbox.postpone(message.messageId, until);
    },
    refuse: async ([message], refusal) => {
      if (message) await outbox.end(message.messageId, refusal, clock.now());
    },
  };
};

/** Tells one provider what is planned for it. */
export const providerRelay = (needs: ProviderLineNeeds, provider: string): Relay => {
  const { clock, news, onTrouble, tracing } = needs;
  return new Relay({ receiver: provider, lanes: [messages(needs, provider)], clock, news, onTrouble, tracing });
};

/** Hears what a provider left, file by file: what cannot be read goes back whole, with what is wrong with it. */
export const collect = async (needs: ProviderLineNeeds, provider: string): Promise<void> => {
  const kept = await keptAs(needs, provider);
  // Asked every few seconds: that it posts to us is known without its secrets.
  const { left } = adapterOf(needs, { ...kept, secrets: [] });
  const take = async (noticeId: string, notice: ShapedNotice): Promise<void> => {
    const meta: Meta = { commandId: noticeId, correlationId: needs.idFor('provider-file', provider, noticeId), actor: provider };
    await needs.notices.take({ provider, noticeId }, notice, meta);
  };
  for (const file of (await left?.()) ?? []) await hearLeft(file, { shape: needs.shape, take });
};
