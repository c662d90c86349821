import { Refused, type Meta } from '@cartage/eventsourcing';
import { unitsSold } from '../../domain/channel-wishes';
import type { DifferenceKind } from '../../domain/channel-differences';
import type { Cancellations } from '../cancellations';
import type { ReadOrder } from '../reading';
import type { HeardAfterSale } from './after-sale';
import { LONG_AGO } from './changed-at-channel';
import { actionsOf, type ChannelDifference, type DifferenceAction, type DifferenceTable } from './channel-difference';
import type { MessageTable } from './channel-message';
import type { ChannelSources } from './channel-source';
import type { UpdateContent } from './channel-update';
import type { ChannelEnvelope } from './connector';
import { heardBack } from './difference-causes';

export interface DifferencesNeeds {
  readonly table: DifferenceTable;
  readonly sources: ChannelSources;
  readonly take: (channel: string, envelope: ChannelEnvelope, meta: Meta) => Promise<unknown>;
  readonly cancellations: Pick<Cancellations, 'cancel'>;
  readonly followAfterSale: (heard: HeardAfterSale, meta: Meta) => Promise<unknown>;
  readonly read: ReadOrder;
  readonly inTurn: MessageTable['inTurn'];
  readonly idFor: (...parts: readonly string[]) => string;
  readonly now: () => Date;
  /** There is something to tell. */
  readonly ring: () => void;
}

interface Named {
  readonly channel: string;
  readonly differenceId: string;
}

/** What the channel was told of each, and may not have kept. */
const toldBy: { readonly [Kind in DifferenceKind]?: readonly UpdateContent['kind'][] } = {
  'cancelled-here': ['cancelled', 'units-cancelled'],
  'shipped-here': ['dispatched'],
  quantity: ['units-cancelled', 'cancelled'],
  refunded: ['refunded'],
};

const impossible = ({ kind }: Pick<ChannelDifference, 'kind'>, message: string): Refused =>
  new Refused('DIFFERENCE_STAYS', `${message} What can be done about ${kind}: ${actionsOf[kind].join(', ')}.`, 'conflict');

/** What people do about what both sides disagree about. Whether it helped the next comparison shows. */
export class Differences {
  constructor(private readonly needs: DifferencesNeeds) {}

  readonly list: DifferenceTable['list'] = (query) => this.needs.table.list(query);

  /** The channel is told once more what it was told: whatever it has kept of it, it has once. */
  async tellAgain(named: Named, meta: Meta): Promise<ChannelDifference> {
    const difference = await this.open(named, 'tell-again');
    const kinds = toldBy[difference.kind] ?? [];
    const told = await this.needs.table.tellAgain(difference, kinds, this.at());
    if (told === 0) throw impossible(difference, 'The channel was never told anything of it.');
    this.needs.ring();
    return this.acted(difference, 'tell-again', meta);
  }

  /** The order is brought to where the channel says it is. Goods or money go by it, so a person says why. */
  async takeTheirs(named: Named, reason: string, meta: Meta): Promise<ChannelDifference> {
    const difference = await this.open(named, 'take-theirs');
    await this.taken(difference, meta);
    return this.acted(difference, 'take-theirs', meta, reason);
  }

  /** A person lets it stand, or has dealt with it by other means. It is open again when it grows. */
  async close(named: Named, reason: string, meta: Meta): Promise<ChannelDifference> {
    return this.acted(await this.open(named, 'close'), 'close', meta, reason);
  }

  private async taken(difference: ChannelDifference, meta: Meta): Promise<unknown> {
    if (difference.kind === 'missing-here') return this.broughtIn(difference, meta);
    if (difference.kind === 'refunded') return this.refunded(difference);
    return this.cancelled(difference, meta);
  }

  private async broughtIn(difference: ChannelDifference, meta: Meta): Promise<unknown> {
    const { channel, externalOrderId } = difference;
    const order = await this.needs.sources.get(channel)?.order(externalOrderId);
    if (order) return this.needs.take(channel, order, meta);
    throw impossible(difference, 'The channel cannot be asked for the order: let it send it again.');
  }

  /** What the channel said last is this from here on: its own message, should it come after all, is no second wish. */
  private async cancelled(difference: ChannelDifference, meta: Meta): Promise<unknown> {
    const { channel, externalOrderId, orderId, kind, lines: all } = difference;
    const less = all.flatMap(({ lineId, here, there }) => (here > there ? [{ lineId, quantity: here - there }] : []));
    if (orderId === null || less.length === 0) throw impossible(difference, 'The channel has more units than the order: edit the order.');
    const isWhole = kind === 'cancelled-there';
    const reason = { code: isWhole ? 'channel-cancelled' : 'channel-edited', by: 'channel' } as const;
    const { order } = await this.needs.read(orderId);
    return this.needs.inTurn(channel, externalOrderId, async (last) => {
      await this.needs.cancellations.cancel({ orderId, lines: isWhole ? undefined : less, reason }, meta);
      const units = {
        ...(last?.units ?? unitsSold(order.placed.lines)),
        ...Object.fromEntries(all.map(({ lineId, there }) => [lineId, there])),
      };
      return { said: { changedAt: LONG_AGO, ...last, units, cancelled: isWhole || last?.cancelled === true } };
    });
  }

  private async refunded({ channel, externalOrderId, orderId, ...difference }: ChannelDifference): Promise<unknown> {
    const { differenceId, there } = difference;
    const known = orderId === null ? undefined : await this.needs.read(orderId);
    const amount = known ? there - heardBack(known) : 0;
    if (!known || amount <= 0) throw impossible(difference, 'What the channel gave back is known: tell it again what it is to give.');
    const channelRefundId = `difference-${differenceId}-${there}`;
    const { currency } = known.order.placed;
    const word = { kind: 'refund', externalOrderId, channelRefundId, amount, currency, lines: [], refundedAt: this.at() } as const;
    const id = this.needs.idFor('channel-message', channel, channelRefundId, 'refund');
    return this.needs.followAfterSale(
      { channel, messageId: channelRefundId, word },
      { commandId: id, correlationId: id, actor: `channel ${channel}` },
    );
  }

  private async acted(
    difference: ChannelDifference,
    action: DifferenceAction,
    { actor }: Meta,
    reason?: string,
  ): Promise<ChannelDifference> {
    const { channel, differenceId } = difference;
    await this.needs.table.act(differenceId, { action, by: actor, ...(reason === undefined ? {} : { reason }), at: this.at() });
    return this.found({ channel, differenceId });
  }

  private async open(named: Named, action: DifferenceAction): Promise<ChannelDifference> {
    const difference = await this.found(named);
    if (difference.status !== 'open') throw new Refused('DIFFERENCE_ENDED', `It is ${difference.status}.`, 'conflict');
    if (!actionsOf[difference.kind].includes(action)) throw impossible(difference, `${action} does nothing about it.`);
    return difference;
  }

  private async found({ channel, differenceId }: Named): Promise<ChannelDifference> {
    const found = await this.needs.table.find(channel, differenceId);
    if (found) return found;
    throw new Refused('DIFFERENCE_UNKNOWN', `Channel ${channel} disagrees about nothing under ${differenceId}.`, 'unknown');
  }

  private at(): string {
    return this.needs.now().toISOString();
  }
}
