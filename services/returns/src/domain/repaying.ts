import { sharesOf } from '@cartage/contracts';
import { derivedId, type DataOf } from '@cartage/eventsourcing';
import { deliveriesDue } from './delivery-refund';
import type { ReturnEvent } from './events';
import { evolve } from './evolve';
import { exchangeOf, type Exchange } from './exchange';
import { amountIn, type ReturnPolicy } from './policy';
import { asSaid, portionsOf, reckoned, type Portion, type Reckoned, type Trigger } from './portions';
import { isAllowed, type ReturnLine } from './return-line';
import type { Sale } from './sale';
import { isCarried } from './scans';
import { termsIn } from './sale-terms';
import type { OrderReturns, Rma } from './state';

type Due = DataOf<ReturnEvent, 'RefundDue'>;
const lineOf = ({ sold, line, quantity, grade, atFault }: Portion): Due['lines'][number] => ({
  ...{ lineId: sold.lineId, sku: line.sku, quantity },
  ...(grade === undefined ? {} : { grade }),
  ...(atFault ? { answerable: 'merchant' } : {}),
});

const feesOf = ({ condition, restocking }: Reckoned, returnFee: number): Due['fees'] =>
  [
    { code: 'condition', amount: condition },
    { code: 'restocking', amount: restocking },
    { code: 'return', amount: returnFee },
  ].filter(({ amount }) => amount > 0);

interface OnReturn {
  readonly orderId: string;
  readonly returnId: string;
  readonly refundId: string;
  readonly now: string;
}

interface Reckoning {
  readonly sale: Sale;
  readonly policy: ReturnPolicy;
  readonly on: OnReturn;
}

/** What goes back together: for one reason, in one way. */
interface Group {
  readonly trigger: Trigger;
  readonly tender: string;
  /** With tender `exchange`: which. */
  readonly exchange?: Pick<Exchange, 'exchangeId' | 'replacementOrderId'>;
  readonly portions: readonly Portion[];
}

/** What is exchanged pays for the other goods, whatever the policy or the customer says of money. */
const wayOf = ({ exchanges }: OrderReturns, rma: Rma, { line, atFault, terms }: Portion): Pick<Group, 'tender' | 'exchange'> => {
  const exchange = exchangeOf(exchanges, rma.returnId, line);
  if (!exchange) return { tender: rma.tender ?? (atFault ? 'original' : terms.tender) };
  const { exchangeId, replacementOrderId } = exchange;
  return { tender: 'exchange', exchange: { exchangeId, replacementOrderId } };
};

const groupsOf = (state: OrderReturns, portions: readonly Portion[], rma: Rma): readonly Group[] => {
  const groups = new Map<string, Group & { readonly portions: Portion[] }>();
  for (const portion of portions) {
    const { trigger } = portion;
    const way = wayOf(state, rma, portion);
    const key = `${trigger} ${way.tender} ${way.exchange?.exchangeId ?? ''}`;
    const group = groups.get(key) ?? { trigger, ...way, portions: [] };
    group.portions.push(portion);
    groups.set(key, group);
  }
  return [...groups.values()];
};

const returnFeeOf = (state: OrderReturns, { sale, policy }: Pick<Reckoning, 'sale' | 'policy'>, { chargeable }: Reckoned): number =>
  Math.max(0, Math.min(chargeable, amountIn(policy.returnFee, sale.currency) - state.returnFee));

const decide = (state: OrderReturns, { sale, policy, on }: Reckoning, { trigger, tender, exchange, portions }: Group): ReturnEvent => {
  const settled = new Map(state.settled);
  const sum = reckoned(portions, settled);
  const returnFee = returnFeeOf(state, { sale, policy }, sum);
  const [goods = 0, tax = 0] = sharesOf(sum.goods + sum.tax - returnFee, [sum.goods, sum.tax]);
  const deliveries = exchange ? [] : deliveriesDue(state, policy, settled);
  const delivery = deliveries.reduce((all, { total }) => all + total, 0);
  const fees = feesOf(sum, returnFee);
  const { orderId, returnId, refundId, now } = on;
  const of = { orderId, returnId, trigger, lines: portions.map(lineOf), fees };
  if (goods + tax + delivery === 0) return { type: 'RefundWaived', data: { ...of, waivedAt: now } };
  return {
    type: 'RefundDue',
    data: {
      ...{ ...of, refundId, currency: sale.currency, amount: goods + tax + delivery, goods, tax, delivery },
      shipGroups: deliveries.map(({ shipGroupId }) => shipGroupId),
      fee: fees.reduce((all, { amount }) => all + amount, 0),
      ...{ tender, ...(exchange ? { exchange } : {}), dueAt: now },
    },
  };
};

/** What is to be decided about the refund of a return as it stands: for each unit once, as soon as the policy says so. */
export const repaying = (state: OrderReturns, on: OnReturn): readonly ReturnEvent[] => {
  const { sale, policy, sold } = state;
  const rma = state.rmas.get(on.returnId);
  if (!sale || !policy || !rma) return [];
  const portions = rma.lines.filter(isAllowed).flatMap((line) => {
    const of = sold.get(line.lineId ?? '');
    return of ? portionsOf(line, { sold: of, terms: termsIn(policy, sale, of), isScanned: rma.scans.some(isCarried) }) : [];
  });
  let after = state;
  return groupsOf(state, portions, rma).map((group, i) => {
    const event = decide(after, { sale, policy, on: { ...on, refundId: derivedId(on.refundId, i) } }, group);
    after = evolve(after, event);
    return event;
  });
};

/** What was paid for each of these lines, and what comes back for all of them if they are as was said. */
export const reckonedAsSaid = (
  state: OrderReturns,
  { sale, policy }: Pick<Reckoning, 'sale' | 'policy'>,
  lines: readonly ReturnLine[],
): { readonly paid: readonly number[]; readonly back: number } => {
  const portions = lines.flatMap((line): readonly Portion[] => {
    const sold = state.sold.get(line.lineId ?? '');
    if (!sold) return [];
    return asSaid(line, line.asked).map((units) => ({ line, sold, terms: termsIn(policy, sale, sold), trigger: 'request', ...units }));
  });
  const settled = new Map(state.settled);
  const paid = lines.map((line) => {
    const { goods, tax } = reckoned(
      portions.filter((portion) => portion.line === line).map((portion) => ({ ...portion, atFault: true })),
      settled,
    );
    return goods + tax;
  });
  const sum = reckoned(portions, new Map(state.settled));
  return { paid, back: sum.goods + sum.tax - returnFeeOf(state, { sale, policy }, sum) };
};
