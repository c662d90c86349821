import { clockIn, zoneOf, type OrderLine, type Personal, type ShipGroup } from '@cartage/contracts';
import { most } from '../../domain/cancelling';
import { dueFor } from '../../domain/due';
import { wantedOf } from '../../domain/edits';
import type { Occasion } from '../../domain/rules';
import { standingOf, type Milestone } from '../../domain/shipments';
import { statusOf, type OrderStatus, type PlacedOrder } from '../../domain/state';
import { grouped } from '../channels/grouped';
import type { OrderRead } from '../reading';
import { returnsHeard, type HeardReturn } from '../returns-heard';
import { addressOffer, cancelOffer, returnOffer, type Offer, type Offered } from './offers';
import { unitsAt, whereabouts, type UnitsAt, type Whereabouts } from './units';

/** A line as its customer is shown it. */
export interface PageLine {
  readonly lineId: string;
  readonly title: string;
  readonly quantity: number;
  readonly total: number;
  readonly units: readonly UnitsAt[];
  /** Units that can still be cancelled, at once or by asking. */
  readonly cancellable: number;
}

export type Address = NonNullable<Personal['address']>;

/** What goes to one place in one way. */
export interface PageGroup {
  readonly shipGroupId: string;
  readonly method: string;
  /** IANA name, of the clock there. */
  readonly zone: string;
  readonly lines: readonly PageLine[];
  readonly name?: string;
  readonly address?: Address;
  readonly move?: Offer;
}

export interface PageParcel {
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly trackingToken?: string;
  readonly milestone: Milestone;
  readonly at: string;
}

/** Minor units. */
export interface PageMoney {
  readonly currency: string;
  /** What the order costs, without what was cancelled. */
  readonly total: number;
  readonly charged: number;
  readonly refunded: number;
  /** Not charged yet. */
  readonly open: number;
  /** Charged for what was cancelled, and not back yet. */
  readonly owed: number;
}

export interface PageReturn extends Pick<HeardReturn, 'returnId' | 'status'> {
  readonly lines: readonly { readonly title: string; readonly quantity: number }[];
}

/** An order as whoever bought it is shown it: what they need, and no more. */
export interface PageOrder {
  readonly orderId: string;
  readonly number: string;
  readonly status: OrderStatus;
  readonly placedAt: string;
  /** When it was looked at. */
  readonly now: string;
  /** IANA name: of the clock where it goes. */
  readonly zone: string;
  /** An e-mail address of which most is left out. */
  readonly contact?: string;
  readonly groups: readonly PageGroup[];
  readonly parcels: readonly PageParcel[];
  readonly money: PageMoney;
  readonly returns: readonly PageReturn[];
  readonly cancel: Offer;
  readonly sendBack: Offer;
}

/** Whoever it is, of whom the box could be opened. */
export interface PageSubject extends OrderRead {
  readonly customer: Personal | undefined;
  /** By ship group. */
  readonly recipients: ReadonlyMap<string, Personal | undefined>;
}

interface Looking {
  readonly occasion: Occasion;
  readonly offered: Offered;
}

/** The day on which an instant falls there, such as `2026-12-03`. */
export const dayIn = (zone: string, at: string): string => new Date(clockIn(zone, Date.parse(at))).toISOString().slice(0, 10);

/** Enough for whoever owns it to know it again: `a•••@example.org`. */
export const maskedEmail = (email: string): string => email.replace(/^(.).*(@[^@]*)$/u, '$1•••$2');

const titleOf = ({ description, sku }: Pick<OrderLine, 'description' | 'sku'>): string => description ?? sku;

const lineOf = (order: PlacedOrder, line: OrderLine, told: Whereabouts): PageLine => ({
  ...{ lineId: line.lineId, title: titleOf(line), quantity: line.quantity, total: line.total },
  ...{ units: unitsAt(order, line, told), cancellable: most(order, line.lineId) },
});

const zoneOfGroup = ({ destination }: Pick<ShipGroup, 'destination'>): string => zoneOf(destination ?? {});

const envelopeOf = (person: Personal | undefined): Pick<PageGroup, 'name' | 'address'> =>
  person?.address ? { name: person.name, address: person.address } : {};

const groupsOf = ({ order, events, customer, recipients }: PageSubject, { occasion, offered }: Looking): readonly PageGroup[] => {
  const told = whereabouts(order, events);
  const lines = grouped(order.sold.lines, ({ shipGroupId }) => shipGroupId);
  return order.sold.shipGroups.map((group) => {
    const { shipGroupId, method } = group;
    const person = recipients.has(shipGroupId) ? recipients.get(shipGroupId) : customer;
    const move = addressOffer(order, group, { offered, occasion, erased: !person });
    return {
      ...{ shipGroupId, method, zone: zoneOfGroup(group) },
      lines: (lines.get(shipGroupId) ?? []).map((line) => lineOf(order, line, told)),
      ...(method === 'ship' ? envelopeOf(person) : {}),
      ...(move ? { move } : {}),
    };
  });
};

const parcelsOf = ({ shipments }: PlacedOrder): readonly PageParcel[] =>
  [...shipments.values()]
    .filter(({ milestone }) => milestone !== 'cancelled')
    .flatMap((shipment) =>
      [...shipment.parcels.values()].map(({ trackingNumber, milestone, at }) => ({
        ...{ carrier: shipment.carrier ?? '', trackingNumber },
        ...(shipment.trackingToken === undefined ? {} : { trackingToken: shipment.trackingToken }),
        ...(shipment.parcels.size === 1 ? standingOf(shipment) : { milestone, at }),
      })),
    );

const moneyOf = (order: PlacedOrder): PageMoney => {
  const total = dueFor(order, (lineId) => wantedOf(order, lineId));
  const { captured, collected, refunded } = order.money;
  const charged = captured + collected;
  return {
    ...{ currency: order.placed.currency, total, charged, refunded },
    ...{ open: Math.max(0, total - charged), owed: Math.max(0, charged - refunded - total) },
  };
};

const returnsOf = ({ order, events }: OrderRead): readonly PageReturn[] => {
  const titles = new Map(order.sold.lines.map((line) => [line.lineId, titleOf(line)]));
  return returnsHeard(events)
    .map(({ returnId, status, lines }) => ({
      ...{ returnId, status },
      lines: lines.map(({ lineId, quantity }) => ({ title: titles.get(lineId) ?? lineId, quantity })),
    }))
    .toReversed();
};

export const pageOrder = (subject: PageSubject, looking: Looking): PageOrder => {
  const { order, customer } = subject;
  const { placed, sold } = order;
  const { occasion, offered } = looking;
  return {
    ...{ orderId: placed.orderId, number: placed.externalOrderId ?? placed.orderId, status: statusOf(order), placedAt: placed.placedAt },
    ...{ now: occasion.now, zone: zoneOfGroup(sold.shipGroups.find(({ destination }) => destination) ?? {}) },
    ...(customer?.email === undefined ? {} : { contact: maskedEmail(customer.email) }),
    ...{ groups: groupsOf(subject, looking), parcels: parcelsOf(order), money: moneyOf(order), returns: returnsOf(subject) },
    ...{ cancel: cancelOffer(order, offered, occasion), sendBack: returnOffer(order, offered) },
  };
};
