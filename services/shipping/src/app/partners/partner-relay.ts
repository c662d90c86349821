import { Away, Refused, Relay, type Bell, type Clock, type Deadlines, type Lane, type Meta, type Tracing } from '@cartage/eventsourcing';
import { hearLeft, shapedOr, type Vault } from '@cartage/service-kit';
import { composed, type ComposingNeeds } from './composing';
import { answerDue } from './partner-answers';
import type { KeptPartner, PartnerAccount, PartnerAdapter, PartnerAdapters, PartnerRegister, PartnerSaid, PartnerTerms } from './partner';
import type { ClaimedMessage, MessageOutbox } from './partner-message';
import { unknownPartner, type NoticeContent, type PartnerNotices, type ShapedNotice } from './partner-notices';

export interface PartnerLineNeeds extends ComposingNeeds {
  readonly partners: Pick<PartnerRegister, 'find'>;
  readonly adapters: PartnerAdapters;
  readonly vault: Pick<Vault, 'open'>;
  readonly outbox: MessageOutbox;
  readonly notices: Pick<PartnerNotices, 'take'>;
  /** It has the message, and what it said to it at once was heard. */
  readonly told: (message: ClaimedMessage) => Promise<void>;
  /** In the form of the DTOs; refused by their fields. */
  readonly shape: (body: unknown, terms: Pick<PartnerTerms, 'labels'>) => ShapedNotice;
  readonly deadlines: Deadlines;
  readonly answerMs: number;
  readonly idFor: (...named: readonly string[]) => string;
  readonly clock: Clock;
}

export interface PartnerRelayNeeds extends PartnerLineNeeds {
  readonly news: Bell;
  readonly onTrouble: (error: unknown, partner: string) => void;
  readonly tracing?: Tracing | undefined;
}

const AT_ONCE = 8;

export const accountOf = async (
  { partners, vault }: Pick<PartnerLineNeeds, 'partners' | 'vault'>,
  name: string,
): Promise<PartnerAccount> => {
  return opened({ vault }, await keptAs({ partners }, name));
};

const keptAs = async ({ partners }: Pick<PartnerLineNeeds, 'partners'>, name: string): Promise<KeptPartner> => {
  const kept = await partners.find(name);
  if (!kept) throw unknownPartner(name);
  return kept;
};

const opened = async ({ vault }: Pick<PartnerLineNeeds, 'vault'>, { secrets: sealed, ...terms }: KeptPartner): Promise<PartnerAccount> => {
  const boxes = await Promise.all(sealed.map((box) => vault.open<{ readonly secret: string }>(box)));
  return { ...terms, secrets: boxes.flatMap((each) => each?.secret ?? []) };
};

const adapterOf = ({ adapters }: Pick<PartnerLineNeeds, 'adapters'>, account: PartnerAccount): PartnerAdapter => {
  const adapter = adapters.get(account.adapter);
  // Settings that are mended later send what waits.
  if (!adapter) throw new Away(`There is no adapter ${account.adapter} here.`);
  return adapter(account);
};

interface Heard extends Pick<ClaimedMessage, 'messageId' | 'shipmentId'> {
  readonly terms: PartnerTerms;
}

/** It has the message, whatever it says to it: what cannot be read is listed with the refused notices. */
const readable = (shaped: ShapedNotice | Refused, reference: string): NoticeContent => {
  if (!(shaped instanceof Refused)) return shaped;
  const { code, message, errors } = shaped;
  return { kind: 'unreadable', reference, code, detail: message, faults: errors };
};

/** What it said at once is heard as if it had come by itself. */
const hearAll = async (needs: PartnerLineNeeds, { messageId, shipmentId, terms }: Heard, { notices }: PartnerSaid): Promise<void> => {
  const { partner } = terms;
  const meta: Meta = { commandId: messageId, correlationId: messageId, actor: partner };
  for (const [i, body] of notices.entries()) {
    const shaped = shapedOr(() => needs.shape(body, terms));
    await needs.notices.take({ partner, noticeId: `${messageId}.${i}` }, readable(shaped, shipmentId), meta);
  }
};

interface Line {
  readonly adapter: PartnerAdapter;
  readonly terms: PartnerTerms;
}

/** Beyond the first try, nobody knows whether it has the request: it is asked for by our reference, where that can be answered. */
const isKnown = async (needs: PartnerLineNeeds, { adapter, terms }: Line, claimed: ClaimedMessage): Promise<boolean> => {
  if (claimed.content.kind !== 'request' || claimed.attempts === 1 || !adapter.answersAtOnce) return false;
  const { shipmentId } = claimed;
  const messageId = needs.idFor('partner-status', claimed.messageId, String(claimed.attempts));
  const status = await composed(needs, { messageId, shipmentId, content: { kind: 'status' } }, terms);
  const said = status ? await adapter.tell(status) : { notices: [] };
  await hearAll(needs, { messageId, shipmentId, terms }, said);
  return said.known === true;
};

/** Tells one message, and hears what is said to it at once; answers with what came of it. */
const tellOne = async (needs: PartnerLineNeeds, claimed: ClaimedMessage): Promise<'told' | 'passed-over'> => {
  const terms = await accountOf(needs, claimed.partner);
  const message = await composed(needs, claimed, terms);
  if (!message) return 'passed-over';
  const adapter = adapterOf(needs, terms);
  if (!(await isKnown(needs, { adapter, terms }, claimed))) await hearAll(needs, { ...claimed, terms }, await adapter.tell(message));
  return 'told';
};

const words = { told: 'It has it.', 'passed-over': 'There was nothing to tell any more.' };

const messages = (needs: PartnerLineNeeds, partner: string): Lane<ClaimedMessage> => {
  const { outbox, clock } = needs;
  return {
    atOnce: AT_ONCE,
    claim: (claiming) => outbox.claim(partner, claiming),
    nextAt: () => outbox.nextAt(partner),
    idOf: ({ messageId }) => messageId,
    tell: async ([message]) => {
      if (!message) return;
      const status = await tellOne(needs, message);
      if (status === 'told') {
        await needs.told(message);
        await needs.deadlines.set(answerDue(message, { attempt: 1, now: clock.now(), ms: needs.answerMs }));
      }
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

/** Tells one partner what is planned for it. */
export const partnerRelay = (needs: PartnerRelayNeeds, partner: string): Relay => {
  const { clock, news, onTrouble, tracing } = needs;
  return new Relay({ receiver: partner, lanes: [messages(needs, partner)], clock, news, onTrouble, tracing });
};

/** Hears what a partner left, file by file: what cannot be read goes back whole, with what is wrong with it. */
export const collect = async (needs: PartnerLineNeeds, partner: string): Promise<void> => {
  const kept = await keptAs(needs, partner);
  // Asked every few seconds: that it posts to us is known without its secrets.
  if (!adapterOf(needs, { ...kept, secrets: [] }).left) return;
  const account = await opened(needs, kept);
  const left = (await adapterOf(needs, account).left?.()) ?? [];
  const take = async (noticeId: string, notice: ShapedNotice): Promise<void> => {
    const meta: Meta = { commandId: noticeId, correlationId: needs.idFor('partner-file', partner, noticeId), actor: partner };
    await needs.notices.take({ partner, noticeId }, notice, meta);
  };
  for (const file of left) await hearLeft(file, { shape: (body) => needs.shape(body, account), take });
};
