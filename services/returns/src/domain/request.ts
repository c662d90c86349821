import { canonicalJson, Refused, type DataOf } from '@cartage/eventsourcing';
import { following } from './closing';
import type { OrderAsKnown, ReturnCommand } from './commands';
import { faultsOf, situationOf, skuOf, type AskedLine, type Situation } from './eligibility';
import type { ReturnEvent } from './events';
import { exchangeFaults } from './exchange-faults';
import { withExchange } from './exchanging';
import { judge, type JudgedItem } from './judging';
import { itemKey } from './return-line';
import type { OrderReturns } from './state';

type Request = DataOf<ReturnCommand, 'RequestReturn'>;
type Requested = DataOf<ReturnEvent, 'ReturnRequested'>;

/** A return keeps what was sold, and under which policy, unless one before it did and that is still the same. */
export const keptOf = (
  state: OrderReturns,
  { sale, policy }: Pick<OrderAsKnown, 'sale' | 'policy'>,
): Pick<Requested, 'sale' | 'policy'> => ({
  ...(state.sale && canonicalJson(state.sale) === canonicalJson(sale) ? {} : { sale }),
  ...(state.policy && canonicalJson(state.policy) === canonicalJson(policy) ? {} : { policy }),
});

/** Units of each line, whatever they are sent back for; ours to answer for where every reason is. */
export const itemsOf = (situation: Situation, asked: readonly AskedLine[]): readonly JudgedItem[] => {
  const items = new Map<string, JudgedItem>();
  for (const line of asked) {
    const item = { lineId: line.lineId, sku: skuOf(situation, line), quantity: line.quantity };
    const atFault = situation.policy.faultReasons.includes(line.reason);
    const before = items.get(itemKey(item)) ?? { ...item, quantity: 0, atFault: true };
    items.set(itemKey(item), { ...item, quantity: before.quantity + line.quantity, atFault: before.atFault && atFault });
  }
  return [...items.values()];
};

const requestedLine = (situation: Situation, line: AskedLine): Requested['lines'][number] => {
  const { lineId, quantity, reason, condition, exchangeFor } = line;
  const wanted = exchangeFor?.map(({ sku, quantity: units, unitPrice }) => ({
    ...{ sku, quantity: units },
    ...(unitPrice === undefined ? {} : { unitPrice }),
  }));
  return {
    ...{ lineId, sku: skuOf(situation, line), quantity, reason },
    ...(condition === undefined ? {} : { condition }),
    ...(wanted ? { exchangeFor: wanted } : {}),
  };
};

export const requested = (request: Omit<Request, 'refundId'>, situation: Situation, state: OrderReturns): ReturnEvent => {
  const { orderId, returnId, lines, delivered, tender, advance, note, now } = request;
  return {
    type: 'ReturnRequested',
    data: {
      orderId,
      returnId,
      lines: lines.map((line) => requestedLine(situation, line)),
      requestedAt: now,
      delivered,
      ...(tender === undefined ? {} : { tender }),
      ...(advance ? { advance } : {}),
      ...(note ? { note } : {}),
      ...keptOf(state, request),
    },
  };
};

export const requestReturn = (request: Request, state: OrderReturns): readonly ReturnEvent[] => {
  const { orderId, returnId, lines, sale, policy, delivered, now } = request;
  if (state.rmas.has(returnId)) return [];
  const situation = situationOf({ sale, policy, delivered, state, now });
  if (lines.length === 0) throw new Refused('RETURN_EMPTY', 'A return needs at least one line.', 'invalid');
  const faults = [...faultsOf(situation, lines), ...exchangeFaults(situation, lines, request.advance ?? false)];
  if (faults.length > 0) throw new Refused('LINE_NOT_ELIGIBLE', 'Some lines cannot be returned as asked.', 'invalid', faults);
  const verdict = judge(situation, { orderId, returnId, now }, itemsOf(situation, lines));
  return following(state, request, withExchange(state, request, [requested(request, situation, state), ...verdict]));
};
