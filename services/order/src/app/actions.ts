import { Refused } from '@cartage/eventsourcing';
import { order as decider, type OrderCommand } from '../domain/order';
import type { Occasion } from '../domain/rules';
import type { PlacedOrder } from '../domain/state';

/** Something that a person may ask of an order, and whether it would be done now. */
export interface Action {
  /** `cancel`, `hold`, `release`, `edit` … */
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
  readonly path: string;
  readonly command: (order: PlacedOrder, occasion: Occasion) => OrderCommand;
  /** The same of one line, where it can be asked of lines. */
  readonly ofLine?: (lineId: string, order: PlacedOrder, occasion: Occasion) => OrderCommand;
}

const reason = { code: 'probe', by: 'operator' } as const;

/** What a person can ask of an order. To add one: a line here, with its least command. */
export const probes: readonly Probe[] = [
  {
    action: 'cancel',
    path: 'cancellations',
    command: (_, occasion) => ({ type: 'CancelOrder', data: { ...occasion, cancellationId: occasion.newId(), reason } }),
    ofLine: (lineId, _, occasion) => ({
      type: 'CancelOrder',
      data: { ...occasion, cancellationId: occasion.newId(), lines: [{ lineId }], reason },
    }),
  },
];

const nothing = { code: 'NOTHING_TO_DO', message: 'It is so already: nothing would change.' };

/** What the decider itself says, so that a page and a rule can never disagree. Nothing: it would be done. */
const objectionTo = (command: OrderCommand, order: PlacedOrder): Action['refusal'] | undefined => {
  try {
    return decider.decide(command, order).length > 0 ? undefined : nothing;
  } catch (error) {
    if (error instanceof Refused) return { code: error.code, message: error.message };
    throw error;
  }
};

const probed = (probe: Probe, order: PlacedOrder, occasion: Occasion): Action => {
  const { action, path, ofLine } = probe;
  const refusal = objectionTo(probe.command(order, occasion), order);
  const isOpen = (lineId: string): boolean => ofLine !== undefined && !objectionTo(ofLine(lineId, order, occasion), order);
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
const returnable = ({ progress }: PlacedOrder): readonly string[] =>
  [...progress].filter(([, { delivered, returned }]) => delivered > returned).map(([lineId]) => lineId);

/** Returns judge by the policy that the order was sold under; what is known here is only whether there is anything to send back. */
const startReturn = (order: PlacedOrder): Action => {
  const lines = returnable(order);
  const refusal = { code: 'NOTHING_DELIVERED', message: 'Nothing that was delivered is still with the customer.' };
  return { action: 'return', method: 'POST', path: '/returns', allowed: lines.length > 0, lines, ...(lines.length > 0 ? {} : { refusal }) };
};

export const actionsOf = (order: PlacedOrder, occasion: Occasion): readonly Action[] => [
  ...probes.map((probe) => probed(probe, order, occasion)),
  startReturn(order),
];
