import { shareOfUnits, sharesOf, type LineQuantity } from '@cartage/contracts';
import { derivedId, type DataOf } from '@cartage/eventsourcing';
import { following } from './closing';
import type { OrderAsKnown, ReturnCommand } from './commands';
import { situationOf, skuOf, type AskedLine, type Situation } from './eligibility';
import type { ReturnEvent } from './events';
import { evolve } from './evolve';
import { cancelled } from './expiry';
import { judge } from './judging';
import { piecesOf } from './pieces';
import { itemsOf, requested } from './request';
import { isAllowed, isUndecided, type ReturnLine } from './return-line';
import { claimedUnits, type OrderReturns, type Rma } from './state';
import { untilWhen } from './until-when';

type Opening = DataOf<ReturnCommand, 'OpenAtChannel'>;
type Refunding = DataOf<ReturnCommand, 'RefundAtChannel'>;
interface OnReturn {
  readonly orderId: string;
  readonly returnId: string;
  readonly now: string;
  readonly by?: 'channel' | 'provider';
}

/** Units of a line that no return holds: whether they have arrived the channel knows best. */
const freeUnits = (situation: Situation, lineId: string, claimed: ReadonlyMap<string, number>): number => {
  const line = situation.sold.get(lineId);
  if (!line) return 0;
  const units = piecesOf(line).map(({ key, quantity, perUnit }) => Math.floor((quantity - (claimed.get(key) ?? 0)) / perUnit));
  return Math.max(0, Math.min(...units));
};

interface Split<Line> {
  readonly free: readonly Line[];
  readonly held: readonly Line[];
}

/** What may be part of another return, and what other returns hold already. */
const splitBy = <Line extends AskedLine>(situation: Situation, lines: readonly Line[]): Split<Line> => {
  const claimed = claimedUnits(situation.state);
  const taken = new Map<string, number>();
  const parts = lines.map((line) => {
    const before = taken.get(line.lineId) ?? 0;
    const free = Math.max(0, Math.min(line.quantity, freeUnits(situation, line.lineId, claimed) - before));
    taken.set(line.lineId, before + free);
    return [
      { ...line, quantity: free },
      { ...line, quantity: line.quantity - free },
    ] as const;
  });
  const some = (line: Line): boolean => line.quantity > 0;
  return { free: parts.map(([free]) => free).filter(some), held: parts.map(([, held]) => held).filter(some) };
};

const named = (situation: Situation, line: AskedLine): LineQuantity => ({
  lineId: line.lineId,
  sku: skuOf(situation, line),
  quantity: line.quantity,
});

/** The channel has allowed it, whatever the policy says. */
const allowed = (
  known: Pick<OrderAsKnown, 'sale' | 'policy'>,
  { orderId, returnId, now, by = 'channel' }: OnReturn,
  lines: DataOf<ReturnEvent, 'ReturnAuthorized'>['lines'],
): readonly ReturnEvent[] => {
  if (lines.length === 0) return [];
  const { policy } = known;
  const of = { orderId, returnId, lines, policy: policy.version };
  return [{ type: 'ReturnAuthorized', data: { ...of, by, wayBack: 'merchant', ...untilWhen(known, lines, now), authorizedAt: now } }];
};

const declined = (
  { policy }: OrderAsKnown,
  { orderId, returnId, now }: OnReturn,
  lines: readonly LineQuantity[],
): readonly ReturnEvent[] =>
  lines.length === 0
    ? []
    : [
        {
          type: 'ReturnDeclined',
          data: { orderId, returnId, lines, reason: { code: 'already-returned', by: 'policy' }, policy: policy.version, declinedAt: now },
        },
      ];

/** What has ended waits for nothing, whatever the channel says later. */
const waitingIn = ({ lines, ended }: Rma): readonly LineQuantity[] =>
  lines
    .filter((line) => !ended && isUndecided(line))
    .flatMap(({ lineId, sku, asked, received }) => (lineId === undefined ? [] : [{ lineId, sku, quantity: Math.max(asked, received) }]));

/** What was only asked for is allowed by the channel now. */
const approvedLater = (state: OrderReturns, rma: Rma, on: OnReturn & { readonly refundId: string }): readonly ReturnEvent[] => {
  const { sale, policy } = state;
  const lines = waitingIn(rma);
  return sale && policy && lines.length > 0 ? following(state, on, allowed({ sale, policy }, on, lines)) : [];
};

/** A return that a customer opened at the channel is one here; told again, the same. Units that another return holds are no part of it. */
export const openAtChannel = (command: Opening, state: OrderReturns): readonly ReturnEvent[] => {
  const { orderId, returnId, lines, standing, now } = command;
  const rma = state.rmas.get(returnId);
  if (rma) return standing === 'approved' ? approvedLater(state, rma, command) : [];
  const situation = situationOf({ ...command, state });
  const { free, held } = splitBy(situation, lines);
  const verdict =
    standing === 'approved'
      ? allowed(
          command,
          command,
          free.map((line) => named(situation, line)),
        )
      : judge(situation, { orderId, returnId, now }, itemsOf(situation, free));
  const asked = requested({ ...command, tender: undefined }, situation, state);
  return following(state, command, [
    asked,
    ...declined(
      command,
      command,
      held.map((line) => named(situation, line)),
    ),
    ...verdict,
  ]);
};

/** Units whose refund nobody has decided. */
const unsettled = (line: ReturnLine): number =>
  isAllowed(line) || isUndecided(line) ? Math.max(line.asked, line.received) - line.settled : 0;

export const unsettledIn = ({ lines }: Rma, lineId: string): number =>
  lines.filter((line) => line.lineId === lineId).reduce((sum, line) => sum + unsettled(line), 0);

/** Nothing comes of it any more: its units are free for another return. */
const cameToNothing = ({ ended }: Rma): boolean => ended !== undefined && ended.how !== 'closed';

/** The return that the channel names, or the oldest that waits for all of these units. */
const returnFor = ({ rmas }: OrderReturns, { ofReturn, lines }: Refunding): Rma | undefined => {
  const named = rmas.get(ofReturn ?? '');
  if (named && !cameToNothing(named)) return named;
  return [...rmas.values()].find((rma) => !rma.ended && lines.every(({ lineId, quantity }) => unsettledIn(rma, lineId) >= quantity));
};

/** What a channel refunded of what nobody had announced is a return that begins with it. */
const begun = (command: Refunding, state: OrderReturns): readonly ReturnEvent[] => {
  const asked = command.lines.map((line) => ({ ...line, reason: 'refunded-by-channel' }));
  const situation = situationOf({ ...command, state });
  const { free } = splitBy(situation, asked);
  if (free.length === 0) return [];
  const lines = free.map((line) => ({ ...named(situation, line), ...(line.goods === 'kept' ? { keep: true } : {}) }));
  return [requested({ ...command, lines: free, tender: undefined }, situation, state), ...allowed(command, command, lines)];
};

/** The channel’s sum, as it splits over what was paid for these units. */
export const splitOf = (
  state: OrderReturns,
  lines: readonly LineQuantity[],
  amount: number,
): { readonly goods: number; readonly tax: number } => {
  const weights = lines.map(({ lineId, quantity }) => {
    const line = state.sold.get(lineId);
    const shareOf = (total: number): number => (line ? shareOfUnits(total, { before: 0, units: quantity, of: line.quantity }) : 0);
    return [shareOf((line?.total ?? 0) - (line?.tax ?? 0)), shareOf(line?.tax ?? 0)] as const;
  });
  const all = [weights.reduce((sum, [goods]) => sum + goods, 0), weights.reduce((sum, [, tax]) => sum + tax, 0)];
  const [goods = 0, tax = 0] = all.some((weight) => weight > 0) ? sharesOf(amount, all) : [amount, 0];
  return { goods, tax };
};

const settledNow = (state: OrderReturns, rma: Rma, { lines }: Refunding): readonly LineQuantity[] =>
  lines.flatMap(({ lineId, quantity }) => {
    const units = Math.min(quantity, unsettledIn(rma, lineId));
    return units > 0 ? [{ lineId, sku: state.sold.get(lineId)?.sku ?? '', quantity: units }] : [];
  });

const given = (state: OrderReturns, rma: Rma, command: Refunding): readonly ReturnEvent[] => {
  const { orderId, refundId, amount, currency, now } = command;
  const lines = settledNow(state, rma, command);
  if (lines.length === 0) return [];
  const money = { currency, amount, ...splitOf(state, lines, amount), delivery: 0, shipGroups: [], fee: 0, fees: [] };
  const of = { orderId, returnId: rma.returnId, refundId, trigger: 'channel', lines };
  return [{ type: 'RefundDue', data: { ...of, ...money, tender: 'original', dueAt: now } }];
};

/**
 * The channel gave money back for units that come back, or that the customer keeps: that is their refund, and they have no other. What was decided of these units before
 * was decided: then the channel has done what it was asked for.
 */
export const refundAtChannel = (command: Refunding, state: OrderReturns): readonly ReturnEvent[] => {
  const { orderId, refundId, now } = command;
  if ([...state.rmas.values()].some(({ refunds }) => refunds.has(refundId))) return [];
  const before = returnFor(state, command);
  const on = { orderId, returnId: before?.returnId ?? command.returnId, refundId: derivedId(refundId, 1), now };
  const opening = before ? approvedLater(state, before, on) : begun(command, state);
  const after = opening.reduce(evolve, state);
  const rma = after.rmas.get(on.returnId);
  const refund = rma ? given(after, rma, command) : [];
  return refund.length > 0 ? following(state, on, [...opening, ...refund]) : [];
};

const isUntouched = ({ lines, refunds }: Rma): boolean => refunds.size === 0 && lines.every(({ received }) => received === 0);

/** The channel waits for nothing more: nor is it waited for here, but for goods that were paid for. One that came to nothing there is cancelled. */
export const endAtChannel = (command: DataOf<ReturnCommand, 'EndAtChannel'>, state: OrderReturns): readonly ReturnEvent[] => {
  const { orderId, returnId, how, now, by = 'channel' } = command;
  const rma = state.rmas.get(returnId);
  if (!rma || rma.ended || rma.endedAtChannel) return [];
  if (how === 'closed' || !isUntouched(rma))
    return following(state, command, [{ type: 'ReturnEndedAtChannel', data: { orderId, returnId, how, recordedAt: now } }]);
  return cancelled(state, rma, { orderId, now, reason: { code: `${by}-${how}`, by } });
};
