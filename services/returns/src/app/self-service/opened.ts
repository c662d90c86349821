import { clockIn, zoneOf } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import { eligibleLines, situationOf, type EligibleLine, type Obstacle, type Situation } from '../../domain/eligibility';
import { cancelReturn } from '../../domain/expiry';
import type { Label, OrderAsKnown } from '../../domain/commands';
import type { Place, Sale, SoldLine } from '../../domain/sale';
import { refundBy } from '../../domain/scans';
import { refunded, standingOf, type OrderReturns, type ReturnStatus, type Rma, type WayOfSending } from '../../domain/state';

/** Something that a customer may choose to send back: a line, or of a kit one of its parts. */
export interface PageItem {
  /** Names it in a form. */
  readonly field: string;
  readonly lineId: string;
  /** Of a part that comes alone. */
  readonly part?: string;
  readonly sku: string;
  readonly title: string;
  /** Units that may be sent back now. */
  readonly quantity: number;
  readonly exchange: boolean;
  /** The last day on which it may be asked for, by the clocks of where it went. */
  readonly until?: string;
  /** Why nothing of it may be sent back. */
  readonly obstacle?: Obstacle;
}

/** A return of the order as its customer is shown it. */
export interface OwnReturn {
  readonly returnId: string;
  readonly status: ReturnStatus;
  readonly lines: readonly { readonly title: string; readonly quantity: number; readonly declined: boolean }[];
  readonly sendBack?: Pick<WayOfSending, 'by' | 'paidBy'>;
  /** Days. */
  readonly sendBy?: string;
  readonly moneyBy?: string;
  readonly labels: readonly Pick<Label, 'trackingNumber' | 'format' | 'url'>[];
  readonly refunded: number;
  readonly mayWithdraw: boolean;
}

interface Known extends OrderAsKnown {
  readonly state: OrderReturns;
  readonly now: string;
}

const dayAt = (place: Place, time: string): string => new Date(clockIn(zoneOf(place), Date.parse(time))).toISOString().slice(0, 10);

const placeOf = ({ deliveries }: Sale, shipGroupId: string): Place => deliveries.find((each) => each.shipGroupId === shipGroupId) ?? {};

const titleOf = ({ title, sku }: SoldLine): string => title ?? sku;
const nameOf = (...parts: readonly string[]): string => parts.map(encodeURIComponent).join('/');

const itemsOfLine = ({ terms, sale }: Situation, line: SoldLine, eligible: EligibleLine): readonly PageItem[] => {
  const { lineId, sku } = line;
  const { quantity, reason, until, parts = [] } = eligible;
  const common = {
    ...{ lineId, exchange: (terms(line).exchange ?? 'after-return') !== 'never' },
    ...(until === undefined ? {} : { until: dayAt(placeOf(sale, line.shipGroupId), until) }),
    ...(reason === undefined ? {} : { obstacle: reason }),
  };
  return [
    { ...common, field: nameOf(lineId), sku, title: titleOf(line), quantity },
    ...parts.map((part) => ({
      ...{ ...common, field: nameOf(lineId, part.sku), sku: part.sku, part: part.sku },
      ...{ title: `${titleOf(line)}: ${part.sku}`, quantity: part.quantity },
    })),
  ];
};

/** What there is to choose from, and what not, in the order in which it was sold. */
export const itemsOf = (known: Known): readonly PageItem[] => {
  const situation = situationOf(known);
  const eligible = eligibleLines(situation);
  return known.sale.lines.flatMap((line, i) => {
    const its = eligible[i];
    return its ? itemsOfLine(situation, line, its) : [];
  });
};

const mayWithdraw = (state: OrderReturns, { returnId }: Rma, { sale: { orderId }, now }: Known): boolean => {
  try {
    return cancelReturn({ orderId, returnId, reason: { code: 'customer', by: 'customer' }, now }, state).length > 0;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
};

const linesOf = ({ sold }: OrderReturns, { lines }: Rma): OwnReturn['lines'] =>
  lines.map(({ lineId = '', sku, asked, received, standing }) => {
    const line = sold.get(lineId);
    const title = line && line.sku === sku ? titleOf(line) : sku;
    return { title, quantity: Math.max(asked, received), declined: standing === 'declined' };
  });

const ownReturn = (known: Known, rma: Rma): OwnReturn => {
  const { state, sale } = known;
  const place = sale.deliveries[0] ?? {};
  const moneyBy = rma.ended ? undefined : refundBy(state, rma);
  return {
    ...{ returnId: rma.returnId, status: standingOf(rma).status, lines: linesOf(state, rma), refunded: refunded(rma) },
    ...(rma.sendBack ? { sendBack: rma.sendBack } : {}),
    ...(rma.expiresAt === undefined ? {} : { sendBy: dayAt(place, rma.expiresAt) }),
    ...(moneyBy === undefined ? {} : { moneyBy: dayAt(place, moneyBy) }),
    labels: [...rma.labels.values()],
    mayWithdraw: mayWithdraw(state, rma, known),
  };
};

/** The newest first. */
export const ownReturnsOf = (known: Known): readonly OwnReturn[] =>
  [...known.state.rmas.values()].toReversed().map((rma) => ownReturn(known, rma));

/** The day until which something must be sent, by the clocks of where it went. */
export const dayOfSale = ({ deliveries }: Sale, time: string): string => dayAt(deliveries[0] ?? {}, time);
