import { Refused, type Meta } from '@cartage/eventsourcing';
import type { People, Vault } from '@cartage/service-kit';
import { echoesOf, raised, unitsAfter, unitsIn, unitsLess, unitsSold, wishesOf, type UnitsSold } from '../../domain/channel-wishes';
import { sameValue } from '../../domain/differences';
import type { Placement } from '../../domain/placement';
import { sentMethods } from '../../domain/ship-groups';
import type { Cancellations } from '../cancellations';
import type { Edits } from '../edits';
import { guestOf } from '../guests';
import type { OrderRead, ReadOrder } from '../reading';
import type { Orders } from '../orders';
import type { ChannelOrderState } from './connector';

/** What a channel said last of an order. */
export interface SaidLast {
  readonly changedAt: string;
  /** Absent: nothing came of it, and its next word counts from how the order was placed. */
  readonly units?: UnitsSold;
  /** A keyed hash of where it goes and to whom; absent: it has not said. */
  readonly place?: string | null;
  readonly cancelled: boolean;
  /** Units that it took away because it was told so. */
  readonly heard?: UnitsSold;
}

/** What became of a channel's word about an order. */
export interface Followed {
  /** `parked`: it is kept aside at `/channels/:channel/parked`; `waiting`: the channel waits for money; `ignored`: nothing is to be done. */
  readonly status: 'taken' | 'parked' | 'waiting' | 'ignored';
  readonly detail: string;
  readonly orderId: string | null;
  /** What it speaks of is not here yet: it is looked at again by itself. */
  readonly early?: boolean;
  /** To be remembered; nothing where its next word counts from the same as this one. */
  readonly said?: SaidLast;
}

export interface OrderAtChannelNeeds {
  readonly orders: Pick<Orders, 'place'>;
  readonly cancellations: Pick<Cancellations, 'cancel'>;
  readonly edits: Edits;
  readonly read: ReadOrder;
  readonly people: Pick<People, 'hashOf'>;
  readonly vault: Pick<Vault, 'open'>;
  readonly orderIdOf: (channel: string, externalOrderId: string) => string;
  /** Units that the channel was told will not ship, all of them so far. */
  readonly toldLess: (channel: string, externalOrderId: string) => Promise<UnitsSold>;
  readonly idFor: (...parts: readonly string[]) => string;
  /** As the edge checks what comes by the API: throws `Refused` that names the fields. */
  readonly shaped: (placement: Placement) => Placement;
  /** An order that is kept aside is nothing to us any more: nobody places it now. */
  readonly dropParked: (channel: string, orderId: string) => Promise<void>;
}

export interface ChannelWord {
  readonly channel: string;
  readonly messageId: string;
  readonly state: ChannelOrderState;
  readonly last: SaidLast | undefined;
  /** Keeps what has come about of it so far, whatever becomes of the rest. */
  readonly keep: (said: SaidLast) => Promise<void>;
}

const ignored = (detail: string, orderId: string | null = null): Followed => ({ status: 'ignored', detail, orderId });

/** Brings an order to where its channel says it is: placed, changed, sent elsewhere, cancelled. Said twice, the same. */
export const followingChannels =
  (needs: OrderAtChannelNeeds) =>
  async (word: ChannelWord, meta: Meta): Promise<Followed> => {
    const { channel, state, last } = word;
    if (last && state.changedAt < last.changedAt) return ignored('The channel said something later of this order already.');
    const orderId = needs.orderIdOf(channel, state.externalOrderId);
    const known = await readIfKnown(needs.read, orderId);
    return known ? change(needs, word, known, meta) : begin(needs, word, meta);
  };

export const readIfKnown = (read: ReadOrder, orderId: string): Promise<OrderRead | undefined> =>
  read(orderId).catch((error: unknown) => {
    if (error instanceof Refused && error.kind === 'unknown') return undefined;
    throw error;
  });

/** Under whose key an order of ours is sealed. */
export const sealedFor =
  (read: ReadOrder) =>
  async (orderId: string): Promise<string | undefined> => {
    const known = await readIfKnown(read, orderId);
    return known && (known.order.placed.customerId ?? guestOf(orderId));
  };

/** Why an order that is not here is nothing to us. */
const nothingOf = ({ cancelled: isOver, payment, sent }: ChannelOrderState): string | undefined => {
  if (isOver) return 'The channel has cancelled it before it came here.';
  if (sent === 'whole') return 'Somebody else has sent it.';
  return payment === 'void' ? 'The channel has no money for it, or it is only a test.' : undefined;
};

/** Nor is it, should an older word come after this one; nor what was kept aside of it. */
const passedOver = async (needs: OrderAtChannelNeeds, { channel, state }: ChannelWord, why: string): Promise<Followed> => {
  await needs.dropParked(channel, needs.orderIdOf(channel, state.externalOrderId));
  return { ...ignored(why), said: { changedAt: state.changedAt, cancelled: false } };
};

/** Who has sent some of it knows what is left; nobody else sends all of it. */
const requireUnsent = ({ externalOrderId, sent }: ChannelOrderState): void => {
  if (sent !== 'part') return;
  const message = `Units of order ${externalOrderId} were sent before it came here. Send the rest there, or send the message again with what is left.`;
  throw new Refused('ORDER_SENT_IN_PART', message, 'invalid', [{ field: 'fulfillments', code: 'ORDER_SENT_IN_PART', message }]);
};

const begin = async (needs: OrderAtChannelNeeds, word: ChannelWord, meta: Meta): Promise<Followed> => {
  const { channel, state } = word;
  const { externalOrderId, order } = state;
  const nothing = nothingOf(state);
  if (nothing !== undefined) return passedOver(needs, word, nothing);
  if (state.payment === 'pending') return { status: 'waiting', detail: 'The channel waits for its money and will tell.', orderId: null };
  requireUnsent(state);
  const sold = { ...order, lines: order.lines.filter(({ quantity }) => quantity > 0) };
  const { receipt } = await needs.orders.place(needs.shaped({ ...sold, channel, externalOrderId }), meta);
  const isParked = receipt.status === 'parked';
  if (!isParked && state.cancelAsked) {
    const known = await needs.read(receipt.orderId);
    await askedToCancel(needs, word, { known, meta });
  }
  return {
    status: isParked ? 'parked' : 'taken',
    detail: isParked ? 'It is not as the catalogue has it.' : 'It was placed.',
    orderId: receipt.orderId,
    said: { ...(await saidBy(needs, state)), units: unitsSold(sold.lines) },
  };
};

interface Known {
  readonly known: OrderRead;
  readonly meta: Meta;
  /** What the channel said before, with what it was told since. */
  readonly before: UnitsSold;
  readonly heard: UnitsSold;
}

const change = async (needs: OrderAtChannelNeeds, word: ChannelWord, known: OrderRead, meta: Meta): Promise<Followed> => {
  const { state, channel, last } = word;
  const { orderId } = known.order.placed;
  const told = await needs.toldLess(channel, state.externalOrderId);
  const { before, heard } = echoesOf({ before: unitsBefore(word, known), heard: last?.heard ?? {} }, state.order.lines, told);
  const at = { known, meta, before, heard };
  const done = [
    ...(await cancelled(needs, word, at)),
    ...(state.cancelled ? [] : await edited(needs, word, at)),
    ...(state.cancelled ? [] : await redirected(needs, word, at)),
    ...(state.cancelled ? [] : await askedToCancel(needs, word, at)),
  ];
  const said = { ...(await saidBy(needs, state)), units: unitsAfter(before, state.order.lines), heard };
  return { status: done.length > 0 ? 'taken' : 'ignored', detail: done.join(' ') || 'It says nothing new.', orderId, said };
};

/** Each consequence is a command of its own, named by the message: the message may come again, and the process may die between two of them. */
const metaOf = (
  { idFor }: OrderAtChannelNeeds,
  { channel, messageId }: ChannelWord,
  of: { readonly meta: Meta; readonly what: string },
): Meta => {
  const { fingerprint: _, ...rest } = of.meta;
  return { ...rest, commandId: idFor('channel-message', channel, messageId, of.what) };
};

/** Units are named by from where to where the channel takes them: a later message says the same of them again, where the first came to nothing half way. */
const metaOfUnits = (
  { idFor }: OrderAtChannelNeeds,
  { channel, state, last }: ChannelWord,
  { meta, what, units }: { readonly meta: Meta; readonly what: string; readonly units: readonly string[] },
): Meta => {
  const { fingerprint: _, ...rest } = meta;
  return { ...rest, commandId: idFor('channel-units', channel, state.externalOrderId, last?.changedAt ?? '', what, ...units.toSorted()) };
};

/** Of an order of which the channel never said anything: whatever it says is later. */
export const LONG_AGO = new Date(0).toISOString();

/** What came about is no wish any more, whatever becomes of the rest of the word. */
const keepUnits = ({ last, keep }: ChannelWord, { heard }: Known, units: UnitsSold): Promise<void> =>
  keep({ changedAt: LONG_AGO, cancelled: false, ...last, units, heard });

const unitsBefore = ({ last }: ChannelWord, { order }: OrderRead): UnitsSold => last?.units ?? unitsSold(order.placed.lines);

/** What was cancelled here first comes back from the channel, too, once it was told. */
const isCancelled = ({ last }: ChannelWord, { order }: OrderRead): boolean => last?.cancelled === true || order.ended?.as === 'cancelled';

const cancelled = async (
  needs: OrderAtChannelNeeds,
  word: ChannelWord,
  { known, meta, before, heard }: Known,
): Promise<readonly string[]> => {
  const { state } = word;
  const { orderId } = known.order.placed;
  if (!state.cancelled) return unitsCancelled(needs, word, { known, meta, before, heard });
  if (isCancelled(word, known)) return [];
  const { answer } = await needs.cancellations.cancel({ orderId, reason: state.cancelled }, metaOf(needs, word, { meta, what: 'cancel' }));
  return [`Its cancellation is ${answer.status}.`];
};

const unitsCancelled = async (needs: OrderAtChannelNeeds, word: ChannelWord, at: Known): Promise<readonly string[]> => {
  const { known, meta, before } = at;
  const { cancel: lines } = wishesOf(before, word.state.order.lines);
  if (lines.length === 0) return [];
  const units = lines.map(({ lineId, quantity }) => `${lineId}:${unitsIn(before, lineId)}-${quantity}`);
  const asked = { orderId: known.order.placed.orderId, lines, reason: { code: 'channel-edited', by: 'channel' as const } };
  const { answer } = await needs.cancellations.cancel(asked, metaOfUnits(needs, word, { meta, what: 'cancel', units }));
  await keepUnits(word, at, unitsLess(before, word.state.order.lines));
  return [`Its cancellation is ${answer.status}.`];
};

/** Asked once of the same lines, however often the channel repeats it: what was refused then stays so. The channel has not cancelled them: it is told. */
const askedToCancel = async (
  needs: OrderAtChannelNeeds,
  { channel, state }: ChannelWord,
  { known, meta }: Pick<Known, 'known' | 'meta'>,
): Promise<readonly string[]> => {
  const { cancelAsked, externalOrderId } = state;
  if (!cancelAsked || known.order.ended) return [];
  const { fingerprint: _, ...rest } = meta;
  const lines = cancelAsked.lines.map(({ lineId, quantity }) => `${lineId}x${quantity}`).toSorted();
  const commandId = needs.idFor('channel-cancel-asked', channel, externalOrderId, ...lines);
  const asked = { orderId: known.order.placed.orderId, ...cancelAsked };
  try {
    const { answer, repeated } = await needs.cancellations.cancel(asked, { ...rest, commandId });
    return repeated ? [] : [`Its customer asked to cancel: ${answer.status}.`];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return [];
  }
};

const edited = async (needs: OrderAtChannelNeeds, word: ChannelWord, at: Known): Promise<readonly string[]> => {
  const { known, meta, before } = at;
  const { order } = known;
  const { more, add } = wishesOf(before, word.state.order.lines);
  if (more.length + add.length === 0) return [];
  const shapedLines = add.length > 0 ? needs.shaped({ ...word.state.order, channel: word.channel, lines: add }).lines : [];
  const asked = { add: shapedLines, change: raised(order.sold.lines, more) };
  const reason = { code: 'channel-edited', by: 'channel' as const };
  const units = [
    ...more.map(({ lineId, by }) => `${lineId}:${unitsIn(before, lineId)}+${by}`),
    ...add.map(({ lineId = '', quantity }) => `${lineId}:${quantity}`),
  ];
  const named = metaOfUnits(needs, word, { meta, what: 'edit', units });
  const { answer } = await needs.edits.edit(order.placed.orderId, { ...asked, reason }, named);
  await keepUnits(word, at, unitsAfter(before, word.state.order.lines));
  return [`It was ${answer.status}.`];
};

const redirected = async (needs: OrderAtChannelNeeds, word: ChannelWord, { known, meta }: Known): Promise<readonly string[]> => {
  const { shipTo, customer } = word.state.order;
  const { orderId } = known.order.placed;
  const group = known.order.sold.shipGroups.find(({ method }) => sentMethods.has(method));
  if (!shipTo || !group || !(await isElsewhere(needs, word, known))) return [];
  const asked = { shipGroupId: group.shipGroupId, shipTo, recipient: customer, reason: { code: 'channel-edited', by: 'channel' as const } };
  await needs.edits.redirect(orderId, asked, metaOf(needs, word, { meta, what: 'redirect' }));
  return ['It goes elsewhere.'];
};

/** Against what the channel said before; or, of an order that came by another way, against what is known of it, unless that was erased. */
const isElsewhere = async (needs: OrderAtChannelNeeds, { last, state }: ChannelWord, { order }: OrderRead): Promise<boolean> => {
  if (last?.place !== undefined) return last.place !== (await placeHash(needs, state));
  const kept = await needs.vault.open(order.placed.personal);
  const { shipTo, customer } = state.order;
  return (
    kept !== undefined && !sameValue([kept.name, kept.address?.lines, kept.address?.city], [customer.name, shipTo?.lines, shipTo?.city])
  );
};

/** Where it is on a map, and under which number a buyer is kept, channels find out later; it goes to the same door. */
const placeHash = async ({ people }: Pick<OrderAtChannelNeeds, 'people'>, { order }: ChannelOrderState): Promise<string | null> => {
  if (!order.shipTo) return null;
  const [{ id: _, ...recipient }, { latitude: __, longitude: ___, ...door }] = [order.customer, order.shipTo];
  return people.hashOf('channel-place', JSON.stringify([recipient, door]));
};

const saidBy = async (needs: Pick<OrderAtChannelNeeds, 'people'>, state: ChannelOrderState): Promise<SaidLast> => ({
  changedAt: state.changedAt,
  units: unitsSold(state.order.lines),
  place: await placeHash(needs, state),
  cancelled: state.cancelled !== undefined,
});
