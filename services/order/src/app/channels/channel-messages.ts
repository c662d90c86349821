import type { Sealed } from '@cartage/contracts';
import { Refused, type FieldError, type Meta } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import type { ChannelConnector, ChannelConnectors, ChannelEnvelope, ChannelOrderState, ChannelPost } from './connector';
import type { ChannelWord, Followed, SaidLast } from './order-at-channel';

/** `waiting`: for the channel's next word; `refused`: for a person; the others are at their end. */
export const messageStatuses = ['taken', 'parked', 'waiting', 'ignored', 'refused'] as const;
export type MessageStatus = (typeof messageStatuses)[number];

/** A message of a channel and what became of it, without what is personal in it. */
export interface ChannelMessage {
  readonly channel: string;
  readonly messageId: string;
  readonly topic: string;
  readonly status: MessageStatus;
  /** What became of it, for people. */
  readonly detail: string;
  /** The refusal's code. */
  readonly code: string | null;
  /** What is wrong with it, where it was refused. */
  readonly faults: readonly FieldError[];
  readonly externalOrderId: string | null;
  readonly orderId: string | null;
  readonly tries: number;
  readonly receivedAt: string;
}

export interface MessagesQuery {
  readonly channel: string;
  readonly status: MessageStatus | undefined;
  readonly after: readonly [receivedAt: string, messageId: string] | undefined;
  readonly limit: number;
}

/** Where messages are remembered. The box is the payload, sealed, as long as somebody may still need it. */
export interface MessageTable {
  find(channel: string, messageId: string): Promise<{ readonly message: ChannelMessage; readonly box: Sealed | undefined } | undefined>;
  /** Of the same message again, what came of it now. */
  keep(message: Omit<ChannelMessage, 'tries'>, box: Sealed | undefined): Promise<void>;
  list(query: MessagesQuery): Promise<readonly ChannelMessage[]>;
  /** For one message of an order at a time, whatever process takes it: with what was said last, and keeps what is said now. */
  inTurn<Result extends { readonly said?: SaidLast }>(
    channel: string,
    externalOrderId: string,
    work: (last: SaidLast | undefined) => Promise<Result>,
  ): Promise<Result>;
}

export interface ChannelMessages {
  /** What a channel posts: taken at once, or kept with what is wrong with it. The same message is answered as it was. */
  receive(channel: string, post: ChannelPost, meta: Meta): Promise<ChannelMessage>;
  readonly list: MessageTable['list'];
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
  readonly table: MessageTable;
  readonly vault: Vault;
  readonly follow: (word: ChannelWord, meta: Meta) => Promise<Followed>;
  readonly orderIdOf: (channel: string, externalOrderId: string) => string;
  readonly now: () => Date;
}

/** What is sealed. */
interface Content {
  readonly payload: unknown;
}

interface Arrival {
  readonly channel: string;
  readonly connector: ChannelConnector;
  readonly envelope: ChannelEnvelope;
}

type Outcome = Pick<ChannelMessage, 'status' | 'detail' | 'code' | 'faults' | 'externalOrderId' | 'orderId'>;

export class Inbox implements ChannelMessages {
  constructor(private readonly needs: ChannelMessagesNeeds) {}

  readonly list: MessageTable['list'] = (query) => this.needs.table.list(query);

  async receive(channel: string, post: ChannelPost, meta: Meta): Promise<ChannelMessage> {
    const connector = this.connectorOf(channel);
    const envelope = connector.open(post);
    const before = await this.needs.table.find(channel, envelope.messageId);
    // Refused, it may be right by now: the channel may have been told to send it again.
    if (before && before.message.status !== 'refused') return before.message;
    return this.take({ channel, connector, envelope }, meta);
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

  private async take(arrival: Arrival, meta: Meta): Promise<ChannelMessage> {
    const { channel, envelope } = arrival;
    const { messageId, topic, payload } = envelope;
    const { outcome, person } = await this.outcomeOf(arrival, meta);
    // What was taken is kept sealed in its order; what waits is told again.
    const box = outcome.status === 'refused' ? await this.needs.vault.seal(person, { payload } satisfies Content) : undefined;
    const receivedAt = this.needs.now().toISOString();
    await this.needs.table.keep({ channel, messageId, topic, receivedAt, ...outcome }, box);
    return (await this.found({ channel, messageId })).message;
  }

  /** A refusal is an outcome: the channel could do nothing about it by sending the message again. Any other error is the channel's to try again. */
  private async outcomeOf(
    { channel, connector, envelope }: Arrival,
    meta: Meta,
  ): Promise<{ readonly outcome: Outcome; readonly person: string }> {
    let state: ChannelOrderState | undefined;
    try {
      state = connector.orderIn(envelope);
      if (!state) return { outcome: nothing, person: channel };
      const { said: _, ...followed } = await this.followed({ channel, messageId: envelope.messageId, state }, meta);
      return {
        outcome: { ...followed, code: null, faults: [], externalOrderId: state.externalOrderId },
        person: this.personOf(channel, state),
      };
    } catch (error) {
      if (!(error instanceof Refused) || error.kind === 'stale') throw error;
      return { outcome: refusedAs(error, state), person: this.personOf(channel, state) };
    }
  }

  private followed({ channel, messageId, state }: Omit<ChannelWord, 'last'>, meta: Meta): Promise<Followed> {
    const follow = (last: SaidLast | undefined): Promise<Followed> => this.needs.follow({ channel, messageId, state, last }, meta);
    return this.needs.table.inTurn(channel, state.externalOrderId, follow);
  }

  /** Under whose key it is sealed: as the order's own would be, so that both are erased together. What cannot be read is nobody's. */
  private personOf(channel: string, state: ChannelOrderState | undefined): string {
    if (!state) return `unread-${channel}`;
    return state.order.customer.id ?? `guest-${this.needs.orderIdOf(channel, state.externalOrderId)}`;
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

const nothing: Outcome = {
  ...{ status: 'ignored', detail: 'It is about nothing that is taken over from channels.', code: null },
  ...{ faults: [], externalOrderId: null, orderId: null },
};

const refusedAs = ({ code, message, errors }: Refused, state: ChannelOrderState | undefined): Outcome => ({
  ...{ status: 'refused', detail: message, code, faults: errors.slice(0, 100) },
  ...{ externalOrderId: state?.externalOrderId ?? null, orderId: null },
});
