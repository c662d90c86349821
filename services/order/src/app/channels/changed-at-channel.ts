import { Refused, type Meta } from '@cartage/eventsourcing';
import { echoesOf, raised, unitsAfter, unitsIn, unitsLess, unitsSold, wishesOf, type UnitsSold } from '../../domain/channel-wishes';
import { sameValue } from '../../domain/differences';
import { sentMethods } from '../../domain/ship-groups';
import type { OrderRead } from '../reading';
import type { ChannelOrderState } from './connector';
import type { ChannelWord, Followed, OrderAtChannelNeeds, SaidLast } from './order-at-channel';

interface Known {
  readonly known: OrderRead;
  readonly meta: Meta;
  /** What the channel said before, with what it was told since. */
  readonly before: UnitsSold;
  readonly heard: UnitsSold;
}

export const changed = async (needs: OrderAtChannelNeeds, word: ChannelWord, known: OrderRead, meta: Meta): Promise<Followed> => {
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
export const askedToCancel = async (
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

export const saidBy = async (needs: Pick<OrderAtChannelNeeds, 'people'>, state: ChannelOrderState): Promise<SaidLast> => ({
  changedAt: state.changedAt,
  units: unitsSold(state.order.lines),
  place: await placeHash(needs, state),
  cancelled: state.cancelled !== undefined,
});
