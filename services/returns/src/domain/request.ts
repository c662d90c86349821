import { limitIn, type LineQuantity, type Reason } from '@cartage/contracts';
import { canonicalJson, Refused, type DataOf } from '@cartage/eventsourcing';
import type { ReturnCommand } from './commands';
import { faultsOf, policyObstacle, situationOf, type AskedLine, type Situation } from './eligibility';
import type { ReturnEvent } from './events';
import { policyOf } from './policy';
import { paidFor } from './refund';
import { requireStatus } from './require';
import type { OrderReturns, ReturnLine, Rma } from './state';

type Request = DataOf<ReturnCommand, 'RequestReturn'>;

/** What the customer would get back if everything came back as new, minor units. */
const worthOf = ({ sold, state }: Situation, asked: readonly AskedLine[]): number => {
  const before = new Map(state.graded);
  return asked.reduce((sum, { lineId, quantity }) => {
    const line = sold.get(lineId);
    const earlier = before.get(lineId) ?? 0;
    before.set(lineId, earlier + quantity);
    return sum + (line ? paidFor(line, earlier, quantity) : 0);
  }, 0);
};

/** Why a person has to look first, if one has. */
const doubtOf = (situation: Situation, asked: readonly AskedLine[]): string | undefined => {
  const { currency, policy } = situation.sale;
  const worth = worthOf(situation, asked);
  const limit = limitIn(policyOf(policy).reviewAbove, currency);
  if (limit === undefined) return worth > 0 ? 'value-limit-unknown' : undefined;
  return worth > limit ? 'worth-more-than-review-limit' : undefined;
};

const lineQuantity = ({ lineId, sku, asked }: Pick<ReturnLine, 'lineId' | 'sku' | 'asked'>): LineQuantity => ({
  lineId,
  sku,
  quantity: asked,
});

/** Units of each line, whatever they are sent back for. */
const quantitiesOf = ({ sold }: Situation, asked: readonly AskedLine[]): readonly LineQuantity[] => {
  const units = new Map<string, number>();
  for (const { lineId, quantity } of asked) units.set(lineId, (units.get(lineId) ?? 0) + quantity);
  return [...units].map(([lineId, quantity]) => ({ lineId, sku: sold.get(lineId)?.sku ?? '', quantity }));
};

/** What the policy that the order was sold under says of a request that is right as such: line by line, so that one line does not take the others with it. */
const judge = (situation: Situation, { orderId, returnId, lines, now }: Request): readonly ReturnEvent[] => {
  const policy = policyOf(situation.sale.policy).version;
  const rma = { orderId, returnId };
  const obstacles = new Map<string, LineQuantity[]>();
  const allowed: LineQuantity[] = [];
  for (const line of quantitiesOf(situation, lines)) {
    const obstacle = policyObstacle(situation, line.lineId);
    const group = obstacle ? (obstacles.get(obstacle) ?? []) : allowed;
    group.push(line);
    if (obstacle) obstacles.set(obstacle, group);
  }
  const declined = [...obstacles].map(([code, refused]): ReturnEvent => ({
    type: 'ReturnDeclined',
    data: { ...rma, lines: refused, reason: { code, by: 'policy' }, policy, declinedAt: now },
  }));
  if (allowed.length === 0) return declined;
  const kept = new Set(allowed.map(({ lineId }) => lineId));
  const doubt = doubtOf(
    situation,
    lines.filter(({ lineId }) => kept.has(lineId)),
  );
  const verdict: ReturnEvent = doubt
    ? { type: 'ReturnReviewRequired', data: { ...rma, reason: { code: doubt, by: 'policy' }, policy, requiredAt: now } }
    : { type: 'ReturnAuthorized', data: { ...rma, lines: allowed, policy, by: 'policy', authorizedAt: now } };
  return [...declined, verdict];
};

/** A request keeps what was sold, unless one before it did and the order is still the same; every one keeps what had arrived. */
export const requestReturn = (request: Request, state: OrderReturns): readonly ReturnEvent[] => {
  const { orderId, returnId, lines, sale, delivered, now } = request;
  if (state.rmas.has(returnId)) return [];
  const situation = situationOf({ sale, delivered, state, now });
  if (lines.length === 0) throw new Refused('RETURN_EMPTY', 'A return needs at least one line.', 'invalid');
  const faults = faultsOf(situation, lines);
  if (faults.length > 0) throw new Refused('LINE_NOT_ELIGIBLE', 'Some lines cannot be returned as asked.', 'invalid', faults);
  const asked = lines.map(({ lineId, quantity, reason }) => ({ lineId, sku: situation.sold.get(lineId)?.sku ?? '', quantity, reason }));
  return [
    {
      type: 'ReturnRequested',
      data: {
        orderId,
        returnId,
        lines: asked,
        requestedAt: now,
        delivered,
        ...(state.sale && canonicalJson(state.sale) === canonicalJson(sale) ? {} : { sale }),
      },
    },
    ...judge(situation, request),
  ];
};

const undecided = ({ lines }: Rma): readonly LineQuantity[] => lines.filter(({ declined }) => !declined).map(lineQuantity);

/** A person decides about what the policy left to them. */
export const decideReturn = (
  { orderId, returnId, decision, note, by, now }: DataOf<ReturnCommand, 'DecideReturn'>,
  state: OrderReturns,
): readonly ReturnEvent[] => {
  const lines = undecided(requireStatus(state, returnId, 'awaiting-review'));
  const common = { orderId, returnId, lines, policy: policyOf(state.sale?.policy).version };
  const reason: Reason = { code: 'operator', detail: note, by: 'operator', actor: by };
  return [
    decision === 'decline'
      ? { type: 'ReturnDeclined', data: { ...common, reason, declinedAt: now } }
      : { type: 'ReturnAuthorized', data: { ...common, by: 'operator', authorizedAt: now } },
  ];
};
