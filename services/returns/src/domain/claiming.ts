import { sharesOf, type LineQuantity, type Reason } from '@cartage/contracts';
import { Refused, type DataOf } from '@cartage/eventsourcing';
import type { Claim, ClaimedLine } from './claim';
import { following } from './closing';
import type { ReturnCommand } from './commands';
import { deliveriesDue } from './delivery-refund';
import { faultsOf, situationOf } from './eligibility';
import type { ReturnEvent } from './events';
import { piecesIn } from './pieces';
import { refundOf } from './refund';
import { keptOf } from './request';
import { itemKey } from './return-line';
import type { SoldDelivery } from './sale';
import { termsIn } from './sale-terms';
import type { OrderReturns } from './state';
import { sentBackBy } from './send-back';
import { untilWhen } from './until-when';

type Open = DataOf<ReturnCommand, 'OpenClaim'>;
type Decide = DataOf<ReturnCommand, 'DecideClaim'>;

export const requireClaim = ({ claims }: OrderReturns, claimId: string): Claim => {
  const claim = claims.get(claimId);
  if (!claim) throw new Refused('CLAIM_UNKNOWN', `There is no claim ${claimId}.`, 'unknown');
  return claim;
};

/** Of units that arrived, and that no return and no other claim holds. */
export const openClaim = (command: Open, state: OrderReturns): readonly ReturnEvent[] => {
  const { orderId, claimId, photos, decideBy, sale, policy, delivered, now } = command;
  if (state.claims.has(claimId)) return [];
  const situation = situationOf({ sale, policy, delivered, state, now });
  const faults = faultsOf(
    situation,
    command.lines.map(({ kind: reason, ...line }) => ({ ...line, reason })),
  );
  if (faults.length > 0) throw new Refused('LINE_NOT_CLAIMABLE', 'Some lines cannot be claimed as told.', 'invalid', faults);
  const lines = command.lines.map(({ lineId, sku = situation.sold.get(lineId)?.sku ?? '', quantity, kind }) => ({
    ...{ lineId, sku, quantity, kind },
  }));
  return [{ type: 'ClaimOpened', data: { orderId, claimId, lines, photos, decideBy, ...keptOf(state, { sale, policy }), openedAt: now } }];
};

const quantityOf = ({ lineId, sku, quantity }: ClaimedLine): LineQuantity => ({ lineId, sku, quantity });

interface Repaid {
  readonly lines: readonly LineQuantity[];
  /** Of what was paid for them, percent. */
  readonly percent: number;
  /** Whether delivery of their ship groups goes back though something of these is kept. */
  readonly withDelivery: boolean;
  readonly tender: string;
}

interface Sum {
  readonly goods: number;
  readonly tax: number;
}

/** What was paid for these units, whatever condition they are in; counts them as settled while it goes. */
const paidFor = (state: OrderReturns, lines: Repaid['lines'], settled: Map<string, number>): Sum => {
  const { sale, policy } = state;
  let sum: Sum = { goods: 0, tax: 0 };
  for (const item of lines) {
    const line = state.sold.get(item.lineId);
    if (!line || !sale || !policy) continue;
    for (const { piece, units: quantity } of piecesIn(line, item)) {
      const before = settled.get(piece.key) ?? 0;
      settled.set(piece.key, before + quantity);
      const { goods, tax } = refundOf(piece, { before, quantity }, { terms: termsIn(policy, sale, line), atFault: true });
      sum = { goods: sum.goods + goods, tax: sum.tax + tax };
    }
  }
  return sum;
};

/** Delivery was for nothing where everything that it brought is refunded, or where whoever decides says so; each charge goes back once. */
const deliveriesOf = (
  state: OrderReturns,
  { lines, percent, withDelivery }: Repaid,
  settled: Map<string, number>,
): readonly SoldDelivery[] => {
  const { policy, sale } = state;
  if (!policy || !sale || (percent < 100 && !withDelivery)) return [];
  const groups = new Set(withDelivery ? lines.map(({ lineId }) => state.sold.get(lineId)?.shipGroupId) : []);
  const whole = deliveriesDue(state, { ...policy, deliveryRefund: 'whole-return' }, settled);
  return sale.deliveries.filter(
    (each) => whole.includes(each) || (groups.has(each.shipGroupId) && each.total > 0 && !state.deliveries.has(each.shipGroupId)),
  );
};

interface OnRefund {
  readonly orderId: string;
  readonly claimId: string;
  readonly refundId: string;
  readonly now: string;
}

/** A damaged arrival is refunded in full, delivery with it, whatever the policy keeps of what does not please. */
const repaid = (state: OrderReturns, { orderId, claimId, refundId, now }: OnRefund, what: Repaid): ReturnEvent => {
  const settled = new Map(state.settled);
  const paid = paidFor(state, what.lines, settled);
  const part = Math.round(((paid.goods + paid.tax) * what.percent) / 100);
  const [goods = 0, tax = 0] = sharesOf(part, [paid.goods, paid.tax]);
  const deliveries = deliveriesOf(state, what, settled);
  const delivery = deliveries.reduce((sum, { total }) => sum + total, 0);
  const lines = what.lines.map((line) => ({ ...line, answerable: 'merchant' }));
  const of = { orderId, returnId: claimId, trigger: 'claim', lines, fees: [] } as const;
  if (goods + tax + delivery === 0) return { type: 'RefundWaived', data: { ...of, waivedAt: now } };
  return {
    type: 'RefundDue',
    data: {
      ...{ ...of, refundId, currency: state.sale?.currency ?? '', amount: goods + tax + delivery, goods, tax, delivery },
      shipGroups: deliveries.map(({ shipGroupId }) => shipGroupId),
      ...{ fee: 0, tender: what.tender, dueAt: now },
    },
  };
};

const reasonOf = { damaged: 'arrived-damaged', wrong: 'wrong-item', missing: 'missing' } as const;

/** They come back at our expense; what is missing cannot. */
const askedBack = ({ orderId, returnId, now }: Decide, { lines }: Claim, state: OrderReturns): readonly ReturnEvent[] => {
  if (lines.some(({ kind }) => kind === 'missing'))
    throw new Refused('CLAIM_OF_MISSING', 'What did not come cannot be sent back: refund it, or send it again.', 'invalid', [
      { field: 'decision', code: 'CLAIM_OF_MISSING', message: 'must not be return where units are missing' },
    ]);
  const { sale, policy } = state;
  const allowed = lines.map(quantityOf);
  const how = sale && policy ? { ...sentBackBy({ sale, policy }, allowed), ...untilWhen({ sale, policy }, allowed, now) } : {};
  const requested = lines.map((line) => ({ ...quantityOf(line), reason: reasonOf[line.kind] }));
  return [
    { type: 'ReturnRequested', data: { orderId, returnId, lines: requested, requestedAt: now, delivered: [] } },
    {
      type: 'ReturnAuthorized',
      data: {
        ...{ orderId, returnId, lines: allowed, policy: policy?.version ?? '', by: 'operator', wayBack: 'merchant' },
        ...{ ...how, authorizedAt: now },
      },
    },
  ];
};

const decidedAs = (command: Decide, claim: Claim, reason: Reason): ReturnEvent => {
  const { orderId, claimId, decision, costBearer = 'merchant', replacementOrderId, returnId, now } = command;
  return {
    type: 'ClaimDecided',
    data: {
      ...{ orderId, claimId, decision, lines: claim.lines.map(quantityOf), reason, decidedAt: now },
      ...(decision === 'reject' ? {} : { costBearer }),
      ...(decision === 'send-again' ? { replacementOrderId } : {}),
      ...(decision === 'return' ? { returnId } : {}),
    },
  };
};

const consequenceOf = (command: Decide, claim: Claim, state: OrderReturns): readonly ReturnEvent[] => {
  const { decision, percent = 100, withDelivery = false, tender = 'original' } = command;
  if (decision === 'return') return askedBack(command, claim, state);
  return decision === 'refund' ? [repaid(state, command, { lines: claim.lines.map(quantityOf), percent, withDelivery, tender })] : [];
};

/** A person decides, once. */
export const decideClaim = (command: Decide, state: OrderReturns): readonly ReturnEvent[] => {
  const claim = requireClaim(state, command.claimId);
  if (claim.decision) throw new Refused('CLAIM_DECIDED', `Claim ${claim.claimId} was decided before: ${claim.decision.kind}.`);
  const reason: Reason = { code: 'operator', detail: command.note, by: 'operator', actor: command.by };
  return following(state, command, [decidedAs(command, claim, reason), ...consequenceOf(command, claim, state)]);
};

export const noticeClaimOverdue = (
  { orderId, claimId, decideBy, now }: DataOf<ReturnCommand, 'NoticeClaimOverdue'>,
  state: OrderReturns,
): readonly ReturnEvent[] => {
  const { decision, isOverdue } = requireClaim(state, claimId);
  return decision || isOverdue ? [] : [{ type: 'ClaimOverdue', data: { orderId, claimId, decideBy, noticedAt: now } }];
};

/** Of these units of the replacement, whose lines are those of the claim by their numbers, those that were not paid back before. */
const unsentOf = ({ lines, repaid: before }: Claim, units: DataOf<ReturnCommand, 'RepayUnsent'>['units']): readonly LineQuantity[] => {
  const repaidOf = new Map(before);
  return units.flatMap(({ lineId, quantity: unsent }): readonly LineQuantity[] => {
    const line = lines[Number(lineId) - 1];
    if (!line) return [];
    const all = lines.filter((each) => itemKey(each) === itemKey(line)).reduce((sum, each) => sum + each.quantity, 0);
    const done = repaidOf.get(itemKey(line)) ?? 0;
    const quantity = Math.min(unsent, line.quantity, all - done);
    repaidOf.set(itemKey(line), done + quantity);
    return quantity > 0 ? [{ ...quantityOf(line), quantity }] : [];
  });
};

/** What was to be sent again will not be: it is paid back instead. */
export const repayUnsent = (command: DataOf<ReturnCommand, 'RepayUnsent'>, state: OrderReturns): readonly ReturnEvent[] => {
  const claim = requireClaim(state, command.claimId);
  const lines = claim.decision?.kind === 'send-again' ? unsentOf(claim, command.units) : [];
  return lines.length > 0 ? [repaid(state, command, { lines, percent: 100, withDelivery: false, tender: 'original' })] : [];
};
