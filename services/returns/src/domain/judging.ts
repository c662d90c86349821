import { limitIn, type LineQuantity } from '@cartage/contracts';
import { policyObstacle, type Situation } from './eligibility';
import type { ReturnEvent } from './events';
import { piecesIn, type Item } from './pieces';
import { amountIn, type PayerOfTheWayBack } from './policy';
import { paidFor } from './refund';
import type { SoldLine } from './sale';
import { sentBackBy } from './send-back';
import { untilWhen } from './until-when';

/** Units of a line that are to be judged together, whatever they are sent back for. */
export interface JudgedItem extends Item {
  /** Everything about them is ours to answer for, says the customer. */
  readonly atFault: boolean;
  /** Why a person has to look at them in any case. */
  readonly doubt?: string | undefined;
}

interface OnReturn {
  readonly orderId: string;
  readonly returnId: string;
  readonly now: string;
}

/** What the policy says of an item. */
type Verdict =
  | { readonly kind: 'declined' | 'review'; readonly code: string }
  | { readonly kind: 'kept' }
  | { readonly kind: 'allowed'; readonly wayBack: PayerOfTheWayBack };

interface Judged {
  readonly item: JudgedItem;
  readonly worth: number;
  readonly verdict: Verdict;
}

/** What the customer would get back if it came back as new, minor units. */
const worthOf = ({ sold, state }: Situation, item: JudgedItem): number => {
  const line = sold.get(item.lineId);
  return (line ? piecesIn(line, item) : []).reduce(
    (sum, { piece, units }) => sum + paidFor(piece, state.settled.get(piece.key) ?? 0, units),
    0,
  );
};

/** What the policy allows: to keep it, if all that is kept of the order is worth no more than that, or to send it back. */
const allowance = (
  situation: Situation,
  line: SoldLine,
  { atFault, worth }: { readonly atFault: boolean; readonly worth: number },
): Verdict => {
  const { keepUpTo, wayBack } = situation.terms(line);
  const limit = amountIn(keepUpTo, situation.sale.currency);
  return limit > 0 && worth <= limit ? { kind: 'kept' } : { kind: 'allowed', wayBack: atFault ? 'merchant' : wayBack };
};

/** What is our fault is never declined without a person. */
const verdictOf = (situation: Situation, { lineId, atFault, doubt }: JudgedItem, worth: number): Verdict => {
  const line = situation.sold.get(lineId);
  if (!line || doubt !== undefined) return { kind: 'review', code: doubt ?? 'unannounced' };
  const obstacle = policyObstacle(situation, line);
  if (obstacle) return { kind: atFault ? 'review' : 'declined', code: obstacle };
  return allowance(situation, line, { atFault, worth });
};

/** Why a person has to look first at what the policy would allow, if one has. */
const doubtOf = ({ sale, policy }: Situation, worth: number): string | undefined => {
  const limit = limitIn(policy.reviewAbove, sale.currency);
  if (limit === undefined) return policy.reviewAbove.length > 0 && worth > 0 ? 'value-limit-unknown' : undefined;
  return worth > limit ? 'worth-more-than-review-limit' : undefined;
};

const quantityOf = ({ item: { lineId, sku, quantity } }: Judged): LineQuantity => ({ lineId, sku, quantity });

const byCode = (judged: readonly Judged[], kind: 'declined' | 'review'): ReadonlyMap<string, readonly LineQuantity[]> => {
  const groups = new Map<string, LineQuantity[]>();
  for (const each of judged) {
    if (each.verdict.kind !== kind) continue;
    const group = groups.get(each.verdict.code) ?? [];
    group.push(quantityOf(each));
    groups.set(each.verdict.code, group);
  }
  return groups;
};

/** What is kept costs no way back; what is allowed is at the customer's only where each line of it is. */
const authorized = (situation: Situation, judged: readonly Judged[], { now, ...rma }: OnReturn): readonly ReturnEvent[] => {
  const lines = judged.flatMap((each) => {
    if (each.verdict.kind === 'kept') return [{ ...quantityOf(each), keep: true }];
    return each.verdict.kind === 'allowed' ? [quantityOf(each)] : [];
  });
  if (lines.length === 0) return [];
  const { version: policy } = situation.policy;
  const payers = judged.flatMap(({ verdict }) => (verdict.kind === 'allowed' ? [verdict.wayBack] : []));
  const wayBack = payers.length > 0 && payers.every((payer) => payer === 'customer') ? 'customer' : 'merchant';
  const how = { wayBack, ...sentBackBy(situation, lines), ...untilWhen(situation, lines, now) };
  return [{ type: 'ReturnAuthorized', data: { ...rma, lines, policy, by: 'policy', ...how, authorizedAt: now } }];
};

const inDoubt = (judged: readonly Judged[], situation: Situation): readonly Judged[] => {
  const worth = judged.reduce((sum, each) => (each.verdict.kind === 'allowed' ? sum + each.worth : sum), 0);
  const doubt = doubtOf(situation, worth);
  if (doubt === undefined) return judged;
  return judged.map((each) => (each.verdict.kind === 'allowed' ? { ...each, verdict: { kind: 'review', code: doubt } } : each));
};

/** What the policy that the order was sold under says, line by line: one line does not take the others with it. */
export const judge = (situation: Situation, on: OnReturn, items: readonly JudgedItem[]): readonly ReturnEvent[] => {
  const { version: policy } = situation.policy;
  let { kept } = situation.state;
  const single = items.map((item): Judged => {
    const worth = worthOf(situation, item);
    const verdict = verdictOf(situation, item, kept + worth);
    if (verdict.kind === 'kept') kept += worth;
    return { item, worth, verdict };
  });
  const judged = inDoubt(single, situation);
  const { now, ...rma } = on;
  return [
    ...[...byCode(judged, 'declined')].map(([code, lines]): ReturnEvent => ({
      type: 'ReturnDeclined',
      data: { ...rma, lines, reason: { code, by: 'policy' }, policy, declinedAt: now },
    })),
    ...[...byCode(judged, 'review')].map(([code, lines]): ReturnEvent => ({
      type: 'ReturnReviewRequired',
      data: { ...rma, lines, reason: { code, by: 'policy' }, policy, requiredAt: now },
    })),
    ...authorized(situation, judged, on),
  ];
};
