import { sharesOf, type Grade } from '@cartage/contracts';
import { derivedId, type DataOf } from '@cartage/eventsourcing';
import { deliveriesDue } from './delivery-refund';
import type { ReturnEvent } from './events';
import { evolve } from './evolve';
import { piecesIn } from './pieces';
import { amountIn, type ReturnPolicy, type ReturnTerms } from './policy';
import { refundOf } from './refund';
import { gradedOf, isAllowed, type ReturnLine } from './return-line';
import type { Sale, SoldLine } from './sale';
import { termsIn } from './sale-terms';
import type { OrderReturns, Rma } from './state';

type Due = DataOf<ReturnEvent, 'RefundDue'>;
type Trigger = 'keep-it' | 'request' | 'scan' | 'receipt' | 'inspection';

/** Units of a line whose refund is decided now. */
interface Portion {
  readonly line: ReturnLine;
  readonly sold: SoldLine;
  readonly terms: ReturnTerms;
  readonly quantity: number;
  readonly trigger: Trigger;
  readonly grade?: Grade;
  readonly atFault: boolean;
}

/** Up to how many units the refund is earned, and by what. */
const earned = (line: ReturnLine, { refundOn }: ReturnTerms, isScanned: boolean): readonly [trigger: Trigger, units: number] => {
  if (line.standing === 'kept') return ['keep-it', line.asked];
  if (refundOn === 'request') return ['request', Math.max(line.asked, line.received)];
  if (refundOn === 'scan' && isScanned) return ['scan', Math.max(line.asked, line.received)];
  if (refundOn === 'receipt' || refundOn === 'scan') return ['receipt', line.received];
  return ['inspection', gradedOf(line)];
};

type Units = Pick<Portion, 'quantity' | 'grade' | 'atFault'>;

/** Units that were graded, after the first `skip` of them. */
const gradedAfter = ({ gradings }: ReturnLine, skip: number): readonly Units[] => {
  let left = skip;
  return gradings.flatMap((grading) => {
    const skipped = Math.min(left, grading.quantity);
    left -= skipped;
    return grading.quantity > skipped ? [{ ...grading, quantity: grading.quantity - skipped }] : [];
  });
};

/** Not looked at yet: what the customer says is our fault is taken so. */
const asSaid = ({ faulty, settledFaulty }: ReturnLine, quantity: number): readonly Units[] => {
  const ours = Math.min(quantity, Math.max(0, faulty - settledFaulty));
  return [
    { quantity: ours, atFault: true },
    { quantity: quantity - ours, atFault: false },
  ].filter((units) => units.quantity > 0);
};

interface Repaid extends Pick<Portion, 'sold' | 'terms'> {
  /** A carrier has it. */
  readonly isScanned: boolean;
}

const portionsOf = (line: ReturnLine, { sold, terms, isScanned }: Repaid): readonly Portion[] => {
  const [trigger, units] = earned(line, terms, isScanned);
  const open = units - line.settled;
  if (open <= 0) return [];
  const portions = trigger === 'inspection' ? gradedAfter(line, line.settled) : asSaid(line, open);
  return portions.map((portion) => ({ line, sold, terms, trigger, ...portion }));
};

interface Reckoned {
  readonly goods: number;
  readonly tax: number;
  readonly condition: number;
  readonly restocking: number;
  /** Of goods and tax: what the return fee may be taken off. */
  readonly chargeable: number;
}

const nothingYet: Reckoned = { goods: 0, tax: 0, condition: 0, restocking: 0, chargeable: 0 };

const lineOf = ({ sold, line, quantity, grade, atFault }: Portion): Due['lines'][number] => ({
  ...{ lineId: sold.lineId, sku: line.sku, quantity },
  ...(grade === undefined ? {} : { grade }),
  ...(atFault ? { answerable: 'merchant' } : {}),
});

/** Counts the pieces as settled while it goes: what comes after them bears the shares that follow. */
const reckoned = (portions: readonly Portion[], settled: Map<string, number>): Reckoned =>
  portions.reduce(
    (sum, { sold, line, quantity, terms, grade, atFault, trigger }) =>
      piecesIn(sold, { sku: line.sku, quantity }).reduce<Reckoned>((all, { piece, units }) => {
        const before = settled.get(piece.key) ?? 0;
        settled.set(piece.key, before + units);
        const { amount, ...made } = refundOf(piece, { before, quantity: units }, { terms, grade, atFault });
        return {
          goods: all.goods + made.goods,
          tax: all.tax + made.tax,
          condition: all.condition + made.condition,
          restocking: all.restocking + made.restocking,
          chargeable: all.chargeable + (atFault || trigger === 'keep-it' ? 0 : amount),
        };
      }, sum),
    nothingYet,
  );

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
  readonly portions: readonly Portion[];
}

const groupsOf = (portions: readonly Portion[], rma: Rma): readonly Group[] => {
  const groups = new Map<string, Group & { readonly portions: Portion[] }>();
  for (const portion of portions) {
    const { trigger, atFault, terms } = portion;
    const tender = rma.tender ?? (atFault ? 'original' : terms.tender);
    const key = `${trigger} ${tender}`;
    const group = groups.get(key) ?? { trigger, tender, portions: [] };
    group.portions.push(portion);
    groups.set(key, group);
  }
  return [...groups.values()];
};

const decide = (state: OrderReturns, { sale, policy, on }: Reckoning, { trigger, tender, portions }: Group): ReturnEvent => {
  const settled = new Map(state.settled);
  const sum = reckoned(portions, settled);
  const returnFee = Math.max(0, Math.min(sum.chargeable, amountIn(policy.returnFee, sale.currency) - state.returnFee));
  const [goods = 0, tax = 0] = sharesOf(sum.goods + sum.tax - returnFee, [sum.goods, sum.tax]);
  const deliveries = deliveriesDue(state, policy, settled);
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
      ...{ tender, dueAt: now },
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
    return of ? portionsOf(line, { sold: of, terms: termsIn(policy, sale, of), isScanned: rma.scans.length > 0 }) : [];
  });
  let after = state;
  return groupsOf(portions, rma).map((group, i) => {
    const event = decide(after, { sale, policy, on: { ...on, refundId: derivedId(on.refundId, i) } }, group);
    after = evolve(after, event);
    return event;
  });
};
