import { Refused } from '@cartage/eventsourcing';
import { deliveredDigitally } from '../domain/handovers';
import { lostShipments } from '../domain/lost-parcels';
import { order as decider, type OrderCommand } from '../domain/order';
import { redirectable } from '../domain/redirecting';
import type { Occasion } from '../domain/rules';
import { shortLines } from '../domain/shortages';
import type { PlacedOrder } from '../domain/state';

/** Something that a person may ask of an order, and whether it would be done now. */
export interface Action {
  /** `edit`, `redirect`, `cancel`, `hold`, `release`, `resolve-shortage`, `resolve-loss`, `add-payment`, `resend`, `return`; more will come. */
  readonly action: string;
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly allowed: boolean;
  /** The lines for which it would be done, where it can be asked of lines. */
  readonly lines?: readonly string[];
  /** Why not: what the request would be refused with. */
  readonly refusal?: { readonly code: string; readonly message: string };
}

/** The least that can be asked: whoever refuses this refuses anything of its kind. */
export interface Probe {
  readonly action: string;
  /** Behind the order's own. */
  readonly path: string;
  readonly command: (occasion: Occasion) => OrderCommand;
  /** The same of one line, where it can be asked of lines. */
  readonly ofLine?: (lineId: string, occasion: Occasion) => OrderCommand;
}

const reason = { code: 'probe', by: 'operator' } as const;

/** The whole order, or a line. */
export const cancelProbe = (occasion: Occasion, lineId?: string): OrderCommand => ({
  type: 'CancelOrder',
  data: { ...occasion, cancellationId: occasion.newId(), reason, ...(lineId === undefined ? {} : { lines: [{ lineId }] }) },
});

const hold = (occasion: Occasion, lineId?: string): OrderCommand => ({
  type: 'ApplyHold',
  data: { ...occasion, holdId: occasion.newId(), type: 'operator', reason, ...(lineId === undefined ? {} : { lines: [{ lineId }] }) },
});

/** Nothing but words for whoever packs it: what can be edited at all can be edited so. */
const edit = (occasion: Occasion): OrderCommand => ({
  type: 'EditOrder',
  data: { ...occasion, editId: occasion.newId(), instructions: 'probe', reason },
});

export const redirectProbe = (occasion: Occasion, shipGroupId: string): OrderCommand => ({
  type: 'RedirectOrder',
  data: { ...occasion, shipGroupId, destination: { country: 'GB' }, personal: { key: 'probe', box: '' }, reason },
});

const whole: readonly Probe[] = [
  { action: 'edit', path: 'edits', command: edit },
  { action: 'cancel', path: 'cancellations', command: cancelProbe, ofLine: (lineId, occasion) => cancelProbe(occasion, lineId) },
  { action: 'hold', path: 'holds', command: hold, ofLine: (lineId, occasion) => hold(occasion, lineId) },
  {
    action: 'add-payment',
    path: 'payments',
    command: (occasion) => ({ type: 'AddPayments', data: { ...occasion, payments: [{ paymentId: occasion.newId(), method: 'card' }] } }),
  },
];

const ofDestinations = (order: PlacedOrder): Probe => {
  const group = redirectable(order) ?? order.sold.shipGroups[0]?.shipGroupId ?? '';
  return { action: 'redirect', path: 'destination', command: (occasion) => redirectProbe(occasion, group) };
};

const ofHolds = ({ holds }: PlacedOrder): readonly Probe[] =>
  holds.map(({ holdId }) => ({
    action: 'release',
    path: `holds/${holdId}/release`,
    command: (occasion) => ({ type: 'ReleaseHold', data: { ...occasion, holdId, by: reason.by, actor: 'probe' } }),
  }));

const ofShortages = (order: PlacedOrder): readonly Probe[] =>
  shortLines(order).map(({ lineId }) => ({
    action: 'resolve-shortage',
    path: `shortages/${encodeURIComponent(lineId)}`,
    command: (occasion) => ({ type: 'ResolveShortage', data: { ...occasion, lineId, choice: 'cancel', reason } }),
  }));

const ofLosses = (order: PlacedOrder): readonly Probe[] =>
  lostShipments(order).map((shipmentId) => ({
    action: 'resolve-loss',
    path: 'lost-parcels',
    command: (occasion) => {
      const ids = { resolutionId: occasion.newId(), replacementOrderId: occasion.newId() };
      return { type: 'ResolveLostParcels', data: { ...occasion, ...ids, shipmentId, choice: 'refund', reason } };
    },
  }));

const ofDigitalGoods = (order: PlacedOrder): readonly Probe[] =>
  order.sold.shipGroups.flatMap(({ shipGroupId }) =>
    deliveredDigitally(order, shipGroupId).length === 0
      ? []
      : [
          {
            action: 'resend',
            path: `ship-groups/${encodeURIComponent(shipGroupId)}/resend`,
            command: (occasion: Occasion): OrderCommand => ({ type: 'ResendDigital', data: { ...occasion, shipGroupId, reason } }),
          },
        ],
  );

/** What a person can ask of this order. To add something: a line here, with its least command. */
export const probesOf = (order: PlacedOrder): readonly Probe[] => [
  ...whole,
  ofDestinations(order),
  ...ofHolds(order),
  ...ofShortages(order),
  ...ofLosses(order),
  ...ofDigitalGoods(order),
];

const nothing = { code: 'NOTHING_TO_DO', message: 'It is so already: nothing would change.' };

/** What the decider itself says, so that a page and a rule can never disagree. Nothing: it would be done. */
export const objectionTo = (command: OrderCommand, order: PlacedOrder): Action['refusal'] | undefined => {
  try {
    return decider.decide(command, order).length > 0 ? undefined : nothing;
  } catch (error) {
    if (error instanceof Refused) return { code: error.code, message: error.message };
    throw error;
  }
};

const probed = (probe: Probe, order: PlacedOrder, occasion: Occasion): Action => {
  const { action, path, ofLine } = probe;
  const refusal = objectionTo(probe.command(occasion), order);
  const isOpen = (lineId: string): boolean => ofLine !== undefined && !objectionTo(ofLine(lineId, occasion), order);
  const { orderId } = order.placed;
  return {
    action,
    method: 'POST',
    path: `/orders/${orderId}/${path}`,
    allowed: !refusal,
    ...(ofLine ? { lines: order.sold.lines.map(({ lineId }) => lineId).filter(isOpen) } : {}),
    ...(refusal ? { refusal } : {}),
  };
};

/** Units that the customer has and that have not come back. */
export const returnable = ({ progress }: PlacedOrder): readonly string[] =>
  [...progress].filter(([, { delivered, returned }]) => delivered > returned).map(([lineId]) => lineId);

/** Returns judge by the policy that the order was sold under; what is known here is only whether there is anything to send back. */
const startReturn = (order: PlacedOrder): Action => {
  const lines = returnable(order);
  const refusal = { code: 'NOTHING_DELIVERED', message: 'Nothing that was delivered is still with the customer.' };
  return { action: 'return', method: 'POST', path: '/returns', allowed: lines.length > 0, lines, ...(lines.length > 0 ? {} : { refusal }) };
};

export const actionsOf = (order: PlacedOrder, occasion: Occasion): readonly Action[] => [
  ...probesOf(order).map((probe) => probed(probe, order, occasion)),
  startReturn(order),
];
