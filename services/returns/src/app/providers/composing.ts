import type { ChangedReturn, ReturnableOrder, ReturnsProviderMessage } from '@cartage/contracts';
import type { EventStore } from '@cartage/eventsourcing';
import type { OrderAsKnown } from '../../domain/commands';
import { eligibleLines, situationOf, type EligibleLine, type Situation } from '../../domain/eligibility';
import { givenBack, refundStanding } from '../../domain/repayment';
import { gradedOf, type ReturnLine } from '../../domain/return-line';
import type { SoldLine } from '../../domain/sale';
import { owed, refunded, standingOf, type OrderReturns, type Rma } from '../../domain/state';
import { loadReturns, type KnowingNeeds } from '../requiring';
import type { ClaimedProviderMessage } from './provider-message';
import type { ProviderReferences } from './provider-returns';

export interface ComposingNeeds extends KnowingNeeds {
  readonly store: Pick<EventStore, 'readMany'>;
  readonly references: Pick<ProviderReferences, 'of'>;
  readonly now: () => Date;
}

const lineOf = ({ terms }: Situation, line: SoldLine, eligible: EligibleLine): ReturnableOrder['lines'][number] => {
  const { lineId, sku, title, category, quantity, total: paid, tax } = line;
  const { windowDays, refundOn, restockingFeePercent, wayBack: wayBackPaidBy, exchange = 'after-return' } = terms(line);
  const { quantity: returnable, reason: obstacle, until, parts } = eligible;
  return {
    ...{ lineId, sku, quantity, returnable, paid, tax, windowDays, refundOn, restockingFeePercent, wayBackPaidBy, exchange },
    ...(title === undefined ? {} : { title }),
    ...(category === undefined ? {} : { category }),
    ...(obstacle === undefined ? {} : { obstacle }),
    ...(until === undefined ? {} : { until }),
    ...(parts ? { parts: parts.map((part) => ({ sku: part.sku, returnable: part.quantity })) } : {}),
  };
};

const orderOf = ({ sale, policy, delivered }: OrderAsKnown, state: OrderReturns, now: string): ReturnableOrder => {
  const situation = situationOf({ sale, policy, delivered, state, now });
  const eligible = eligibleLines(situation);
  return {
    ...{ channel: sale.channel, placedAt: sale.placedAt, currency: sale.currency, policy: policy.version },
    returnFee: policy.returnFee,
    deliveryPaid: sale.deliveries.reduce((sum, { total }) => sum + total, 0),
    lines: sale.lines.flatMap((line, i) => {
      const its = eligible[i];
      return its ? [lineOf(situation, line, its)] : [];
    }),
  };
};

const returnLine = (line: ReturnLine): ChangedReturn['lines'][number] => ({
  ...(line.lineId === undefined ? {} : { lineId: line.lineId }),
  ...{ sku: line.sku, asked: line.asked, received: line.received, graded: gradedOf(line), standing: line.standing },
});

const refundsOf = ({ refunds }: Rma): ChangedReturn['refunds'] =>
  [...refunds].map(([refundId, refund]) => {
    const { status } = refundStanding(refund);
    return { refundId, status, amount: refund.amount, refunded: givenBack(refund) };
  });

const returnOf = (rma: Rma, currency: string, reference: string | undefined): ChangedReturn => ({
  returnId: rma.returnId,
  ...(reference === undefined ? {} : { reference }),
  ...standingOf(rma),
  requestedAt: rma.requestedAt,
  ...(rma.expiresAt === undefined ? {} : { expiresAt: rma.expiresAt }),
  lines: rma.lines.map(returnLine),
  labels: [...rma.labels.values()].map(({ carrier, trackingNumber, format, url }) => ({
    ...{ carrier, trackingNumber, format },
    ...(url === undefined ? {} : { url }),
  })),
  ...{ refunds: refundsOf(rma), currency, owed: owed(rma), refunded: refunded(rma), isOver: rma.ended !== undefined },
});

/** A message as it is to be told now; nothing where there is nothing to tell of: nothing has arrived, or it was only tried (a preview). */
export const composed = async (
  needs: ComposingNeeds,
  { messageId, provider, orderId, content }: Pick<ClaimedProviderMessage, 'messageId' | 'provider' | 'orderId' | 'content'>,
): Promise<ReturnsProviderMessage | undefined> => {
  const [known, { state }] = await Promise.all([needs.facts.of(orderId), loadReturns(needs.store, orderId)]);
  const asOf = needs.now().toISOString();
  const common = { messageId, provider, orderId, asOf };
  if (!known) return undefined;
  if (content.kind === 'order') {
    if (known.delivered.length === 0) return undefined;
    const order = orderOf({ ...known, policy: await needs.policyOf(known.sale) }, state, asOf);
    return { ...common, type: 'order.returnable', order };
  }
  const rma = state.rmas.get(content.returnId);
  if (!rma) return undefined;
  return { ...common, type: 'return.changed', return: returnOf(rma, known.sale.currency, await needs.references.of(rma.returnId)) };
};
