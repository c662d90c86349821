import type { Sealed } from '@cartage/contracts';
import { Refused, type Meta } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import type { AfterSaleWord, ChannelConnector, ChannelConnectors, ChannelEnvelope, ChannelOrderState, ChannelPost } from './connector';
import type { HeardAfterSale } from './after-sale';
import type { ChannelSources } from './channel-source';
import { againAfter, EARLY_AT_ONCE, type ChannelMessage, type MessageTable, type OfOrder } from './channel-message';
import { guestOf } from '../guests';
import type { Rejection } from './channel-updates';
import type { ChannelWord, Followed } from './order-at-channel';

export interface ChannelMessages {
  /** What a channel posts: taken at once, or kept with what is wrong with it. The same message is answered as it was. */
  receive(channel: string, post: ChannelPost, meta: Meta): Promise<ChannelMessage>;
  readonly list: MessageTable['list'];
  readonly refused: MessageTable['refused'];
  /** Once the cause is mended; with a payload, the message as it should have been. */
  resubmit(named: Named, payload: unknown, meta: Meta): Promise<ChannelMessage>;
  /** A person has dealt with it by other means. */
  drop(named: Named, meta: Meta): Promise<ChannelMessage>;
}

interface Named {
  readonly channel: string;
  readonly messageId: string;
}

export interface ChannelMessagesNeeds {
  readonly connectors: ChannelConnectors;
  readonly sources: ChannelSources;
  readonly table: MessageTable;
  readonly vault: Vault;
  readonly follow: (word: ChannelWord, meta: Meta) => Promise<Followed>;
  readonly followAfterSale: (heard: HeardAfterSale, meta: Meta) => Promise<Followed>;
  readonly orderIdOf: (channel: string, externalOrderId: string) => string;
  readonly now: () => Date;
  /** Under whose key an order is sealed; nothing of one that is not placed. */
  readonly personOf: (orderId: string) => Promise<string | undefined>;
  /** An order that cannot be taken: its channel is told. */
  readonly onRejected: (rejection: Rejection) => Promise<void>;
}

/** What is sealed. */
type Content = Pick<ChannelEnvelope, 'payload'>;

interface Arrival {
  readonly channel: string;
  readonly connector: ChannelConnector;
  readonly envelope: ChannelEnvelope;
}

type Outcome = Pick<ChannelMessage, 'status' | 'detail' | 'code' | 'faults' | 'externalOrderId' | 'orderId'>;

/** What a message says. */
type Said = { readonly state: ChannelOrderState } | { readonly afterSale: AfterSaleWord };

interface Judged {
  readonly outcome: Outcome;
  /** Under whose key it is sealed. */
  readonly person: string;
  /** It is looked at again, by itself or by a person. */
  readonly isKept: boolean;
}

/** How long a message may wait for what it speaks of; then a person looks at it. */
const PATIENCE_MS = 7 * 86_400_000;

export class Inbox implements ChannelMessages {
  constructor(private readonly needs: ChannelMessagesNeeds) {}

  readonly list: MessageTable['list'] = (query) => this.needs.table.list(query);
  readonly refused: MessageTable['refused'] = (query) => this.needs.table.refused(query);

  async receive(channel: string, post: ChannelPost, meta: Meta): Promise<ChannelMessage> {
    const connector = this.connectorOf(channel);
    return this.received({ channel, connector, envelope: connector.open(post) }, meta);
  }

  /** Refused where nothing is connected, or what is speaks a form that has no files. */
  requireFiles(channel: string): void {
    this.readerOf(channel);
  }

  /** A message out of a file of somebody who may ask us: nobody has to prove it. */
  receiveRecord(channel: string, record: Readonly<Record<string, unknown>>, meta: Meta): Promise<ChannelMessage> {
    const { connector, recordIn } = this.readerOf(channel);
    return this.received({ channel, connector, envelope: recordIn(record) }, meta);
  }

  /** What the channel answered when it was asked: nobody has to prove it. */
  receiveAsked(channel: string, envelope: ChannelEnvelope, meta: Meta): Promise<ChannelMessage> {
    return this.received({ channel, connector: this.connectorOf(channel), envelope }, meta);
  }

  private readerOf(channel: string) {
    const connector = this.connectorOf(channel);
    const { recordIn } = connector;
    if (recordIn) return { connector, recordIn };
    throw new Refused(
      'CHANNEL_TAKES_NO_FILES',
      `Channel ${channel} speaks a form of its own: its messages come as it posts them.`,
      'invalid',
    );
  }

  private async received(arrival: Arrival, meta: Meta): Promise<ChannelMessage> {
    const { channel, envelope } = arrival;
    const before = await this.needs.table.find(channel, envelope.messageId);
    // Refused, it may be right by now: the channel may have been told to send it again.
    if (before && before.message.status !== 'refused') return before.message;
    return this.take(await this.asItStands(arrival), meta);
  }

  /** A message that says only that an order has changed is that order as its channel has it now. */
  private async asItStands(arrival: Arrival): Promise<Arrival> {
    const { channel, connector, envelope } = arrival;
    const changed = connector.changedIn?.(envelope);
    const order = changed && (await this.needs.sources.get(channel)?.order(changed));
    return order ? { ...arrival, envelope: { ...order, messageId: envelope.messageId } } : arrival;
  }

  async resubmit(named: Named, payload: unknown, meta: Meta): Promise<ChannelMessage> {
    const { message, box } = await this.found(named);
    if (message.status !== 'refused') return message;
    const connector = this.connectorOf(named.channel);
    const mended = payload ?? (await this.opened(message, box));
    return this.take({ channel: named.channel, connector, envelope: { ...message, payload: mended } }, meta);
  }

  async drop(named: Named, { actor }: Meta): Promise<ChannelMessage> {
    const { message } = await this.found(named);
    if (message.status !== 'refused') return message;
    await this.needs.table.keep({ ...message, status: 'ignored', detail: `Dropped by ${actor}.` }, undefined);
    return (await this.found(named)).message;
  }

  /** Those whose time may have come: what they speak of may be here by now. One that throws keeps no other back. */
  async lookAgain(meta: Meta, of?: OfOrder): Promise<void> {
    const { connectors, table } = this.needs;
    const faults: unknown[] = [];
    for (const { message, box } of await table.takeEarly(EARLY_AT_ONCE, [...connectors.keys()], of))
      await this.lookAt(message, box, meta).catch((error: unknown) => faults.push(error));
    if (faults.length > 0) throw faults[0];
  }

  private async lookAt(message: ChannelMessage, box: Sealed, meta: Meta): Promise<void> {
    const { channel } = message;
    const content = await this.needs.vault.open<Content>(box);
    if (content)
      await this.take({ channel, connector: this.connectorOf(channel), envelope: { ...message, payload: content.payload } }, meta, message);
    else await this.needs.table.keep({ ...message, status: 'ignored', detail: 'What it said was erased with its person.' }, undefined);
  }

  private async take(arrival: Arrival, meta: Meta, before?: ChannelMessage): Promise<ChannelMessage> {
    const { channel, envelope } = arrival;
    const { messageId, topic, payload } = envelope;
    const { outcome, person, isKept } = overdue(await this.outcomeOf(arrival, meta), before, this.needs.now());
    // What was taken is kept sealed in its order; what waits for the channel's next word is told again.
    const box = isKept ? await this.needs.vault.seal(person, { payload } satisfies Content) : undefined;
    const receivedAt = this.needs.now().toISOString();
    if (outcome.status === 'refused') await this.reject(arrival, outcome);
    await this.needs.table.keep({ channel, messageId, topic, receivedAt, ...outcome }, box, againAfter((before?.tries ?? 0) + 1));
    if (outcome.status === 'taken' && !before) await this.lookAgainAfter(channel, outcome.externalOrderId, meta);
    return (await this.found({ channel, messageId })).message;
  }

  /** What was taken is taken, whatever becomes of those that waited for it: they are looked at again by and by. */
  private async lookAgainAfter(channel: string, externalOrderId: string | null, meta: Meta): Promise<void> {
    if (externalOrderId !== null) await this.lookAgain(meta, { channel, externalOrderId }).catch(() => undefined);
  }

  /** A refusal is an outcome: the channel could do nothing about it by sending the message again. Any other error is the channel's to try again. */
  private async outcomeOf(arrival: Arrival, meta: Meta): Promise<Judged> {
    let said: Said | undefined;
    try {
      said = saidIn(arrival);
      return said ? await this.judged(arrival, said, meta) : { outcome: nothing, person: arrival.channel, isKept: false };
    } catch (error) {
      if (!(error instanceof Refused) || error.kind === 'stale') throw error;
      return { outcome: refusedAs(error, numberOf(arrival, said)), person: await this.personOf(arrival.channel, said), isKept: true };
    }
  }

  private async judged(arrival: Arrival, said: Said, meta: Meta): Promise<Judged> {
    const { externalOrderId } = wordOf(said);
    const { said: _, early = false, ...followed } = await this.followed(arrival, said, meta);
    const outcome = { ...followed, code: null, faults: [], externalOrderId };
    return { outcome, person: await this.personOf(arrival.channel, said), isKept: early };
  }

  /** What is refused of an order that was taken over before is ours to mend, and says nothing of the order. */
  private async reject({ channel, connector, envelope }: Arrival, { code, faults, externalOrderId }: Outcome): Promise<void> {
    const { messageId } = envelope;
    if (externalOrderId === null || connector.about(envelope) !== 'order') return;
    const orderId = this.needs.orderIdOf(channel, externalOrderId);
    if ((await this.needs.personOf(orderId)) !== undefined) return;
    await this.needs.onRejected({ channel, messageId, externalOrderId, orderId, code: code ?? 'MESSAGE_INVALID', faults });
  }

  private followed({ channel, envelope: { messageId } }: Arrival, said: Said, meta: Meta): Promise<Followed> {
    if ('afterSale' in said) return this.needs.followAfterSale({ channel, messageId, word: said.afterSale }, meta);
    const { state } = said;
    const { table, follow } = this.needs;
    return table.inTurn(channel, state.externalOrderId, (last, keep) => follow({ channel, messageId, state, last, keep }, meta));
  }

  /** Under whose key it is sealed: as the order's own would be, so that both are erased together. What cannot be read is nobody's. */
  private async personOf(channel: string, said: Said | undefined): Promise<string> {
    if (!said) return `unread-${channel}`;
    const orderId = this.needs.orderIdOf(channel, wordOf(said).externalOrderId);
    const named = 'state' in said ? said.state.order.customer.id : await this.needs.personOf(orderId);
    return named ?? guestOf(orderId);
  }

  private connectorOf(channel: string): ChannelConnector {
    const connector = this.needs.connectors.get(channel);
    if (connector) return connector;
    throw new Refused('CHANNEL_UNKNOWN', `Nothing is connected under the name ${channel}. Name it in CHANNEL_CONNECTORS.`, 'unknown');
  }

  private async found({ channel, messageId }: Named): Promise<NonNullable<Awaited<ReturnType<MessageTable['find']>>>> {
    const found = await this.needs.table.find(channel, messageId);
    if (found) return found;
    throw new Refused('MESSAGE_UNKNOWN', `Channel ${channel} sent no message ${messageId}.`, 'unknown');
  }

  private async opened({ channel, messageId }: Named, box: Sealed | undefined): Promise<unknown> {
    const content = box && (await this.needs.vault.open<Content>(box));
    if (content) return content.payload;
    throw new Refused('PERSONAL_ERASED', `What message ${messageId} of ${channel} said was erased with its person. Drop it.`, 'unknown');
  }
}

const wordOf = (said: Said): ChannelOrderState | AfterSaleWord => ('state' in said ? said.state : said.afterSale);

/** Nothing, where it is about nothing that is taken over. */
const saidIn = ({ connector, envelope }: Arrival): Said | undefined => {
  const about = connector.about(envelope);
  if (about === 'order') return { state: connector.orderIn(envelope) };
  return about && { afterSale: connector.afterSaleIn(envelope) };
};

const numberOf = ({ connector, envelope }: Arrival, said: Said | undefined): string | null =>
  said ? wordOf(said).externalOrderId : (connector.numberIn(envelope) ?? null);

/** What has waited too long for what it speaks of is a person's. */
const overdue = (judged: Judged, before: ChannelMessage | undefined, now: Date): Judged => {
  const { outcome, isKept } = judged;
  const isLate = before && isKept && outcome.status === 'waiting' && now.getTime() - Date.parse(before.receivedAt) > PATIENCE_MS;
  return isLate ? { ...judged, outcome: { ...outcome, status: 'refused', code: 'MESSAGE_EARLY' } } : judged;
};

const nothing: Outcome = {
  ...{ status: 'ignored', detail: 'It is about nothing that is taken over from channels.', code: null },
  ...{ faults: [], externalOrderId: null, orderId: null },
};

const refusedAs = ({ code, message, errors }: Refused, externalOrderId: string | null): Outcome => ({
  ...{ status: 'refused', detail: message, code, faults: errors.slice(0, 100) },
  ...{ externalOrderId, orderId: null },
});
