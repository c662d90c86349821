import type { Envelope } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import { idFor } from '@cartage/service-kit';
import type { When, World } from './world';

interface Line {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
}

/** As far as anybody outside looks at a fact. */
export interface Fact {
  readonly orderId: string;
  readonly fulfillmentId: string;
  readonly shipmentId: string;
  readonly location: string;
  readonly lines: readonly Line[];
  readonly holdId: string;
  readonly type: string;
  readonly returnId: string;
  readonly trackingNumber: string;
  readonly parcels: readonly { readonly trackingNumber: string }[];
  readonly reason: { readonly code: string };
  readonly captureId: string;
  readonly voidId: string;
  readonly refundId: string;
  readonly outcomeUnknown?: boolean;
  readonly chargebackId: string;
  readonly amount: number;
}

export type Reaction = (world: World, life: number, fact: Fact, envelope: Envelope) => void;

interface Shipments {
  pick(shipmentId: string, lines: readonly object[] | undefined, meta: Meta): Promise<unknown>;
  pack(shipmentId: string, parcels: readonly object[], meta: Meta): Promise<unknown>;
  dispatch(shipmentId: string, meta: Meta): Promise<unknown>;
}

interface Desk {
  reject(of: object, asked: object, meta: Meta): Promise<unknown>;
}

interface Changes {
  release(orderId: string, holdId: string, who: object, meta: Meta): Promise<unknown>;
}

interface Orders {
  get(orderId: string): Promise<{ readonly holds: readonly { readonly holdId: string }[] }>;
}

interface Cancellations {
  cancel(asked: object, meta: Meta): Promise<unknown>;
}

interface Interventions {
  review(review: object, meta: Meta): Promise<unknown>;
  recordOutcome(outcome: object, meta: Meta): Promise<unknown>;
  retryCapture(of: object, meta: Meta): Promise<unknown>;
  retryVoid(of: object, meta: Meta): Promise<unknown>;
  retryRefund(of: object, meta: Meta): Promise<unknown>;
}

const shipping = (when: When) => ({ service: 'shipping', token: 'shipments', when });

const workTime = (world: World, ...names: readonly (string | number)[]): When => {
  const { percent, whole } = world.chance('work', ...names);
  return percent(70) ? { ms: whole(200, 5_000) } : { nights: 1, ms: whole(0, 2_000) };
};

const pack = (world: World, life: number, { fulfillmentId, lines }: Fact, when: When): void => {
  const shipmentId = idFor('shipment', fulfillmentId);
  const parcels = [{ weightGrams: 400, lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })) }];
  world.act(`life ${life} is packed`, shipping(when), (shipments: Shipments, meta) => shipments.pack(shipmentId, parcels, meta));
};

/** Some of it is not on its shelf: the rest is packed. */
const pickShort = (world: World, life: number, { fulfillmentId, lines }: Fact, when: When): void => {
  const shipmentId = idFor('shipment', fulfillmentId);
  const [first] = lines;
  if (!first) return;
  const confirmed = lines.map(({ lineId, quantity }) =>
    lineId === first.lineId ? { lineId, quantity: quantity - 1, short: 1 } : { lineId, quantity },
  );
  world.act(`life ${life} is picked short`, shipping(when), (shipments: Shipments, meta) => shipments.pick(shipmentId, confirmed, meta));
};

const reject = (world: World, life: number, { orderId, fulfillmentId }: Fact, when: When): void =>
  world.act(`life ${life} is rejected`, { service: 'fulfillment-routing', token: 'FulfillmentDesk', when }, (desk: Desk, meta) =>
    desk.reject({ orderId, fulfillmentId }, { reason: { code: 'too-busy', by: 'location' }, stockEffect: 'keep' }, meta),
  );

const work = { pack, pickShort, reject };

const allocated: Reaction = (world, life, fact) => {
  const { drawn } = world.chance('allocated', life, world.nth(life, 'allocated'));
  work[drawn({ pack: 88, pickShort: 7, reject: 5 })](world, life, fact, workTime(world, life, 'pack', fact.lines.length));
};

/** What was found is all that there is to be packed. */
const picked: Reaction = (world, life, fact) => {
  if (fact.lines.length > 0) pack(world, life, fact, { ms: 2_000 });
};

const labelled: Reaction = (world, life, { shipmentId }) =>
  world.act(`life ${life} is dispatched`, shipping(workTime(world, life, 'dispatch')), (shipments: Shipments, meta) =>
    shipments.dispatch(shipmentId, meta),
  );

/** For so many nights a bank is waited for before a person lets the rest of an order go. */
const UNTIL_LET_PASS = 4;

/** For so many nights goods are waited for: they have come in long since. */
const UNTIL_GIVEN_UP = 10;

const releasedAfter: Readonly<Record<string, (world: World, life: number) => When>> = {
  address: (world, life) => workTime(world, life, 'release'),
  chargeback: () => ({ nights: UNTIL_LET_PASS }),
};

/** What a person has put on hold, or is to look into, a person releases; the system's other holds end by themselves. */
const held: Reaction = (world, life, fact) => {
  const { orderId, holdId, type } = fact;
  if (type === 'unfillable') return nobodyShips(world, life, fact);
  const after = releasedAfter[type];
  if (!after) return;
  const when = { service: 'order', token: 'changes of orders', when: after(world, life) };
  world.act(`life ${life} is released`, when, (changes: Changes, meta) =>
    changes.release(orderId, holdId, { by: 'operator', actor: 'simulation' }, meta),
  );
};

/** What nobody ships for so long waits for no goods: every location has turned it down. A person lets the customer know, and cancels it. */
const nobodyShips = (world: World, life: number, { orderId, holdId, lines }: Fact): void => {
  const givenUp = lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
  const cancel = (): void =>
    world.act(`life ${life} is given up`, { service: 'order', token: 'cancellations', when: {} }, (desk: Cancellations, meta) =>
      desk.cancel({ orderId, lines: givenUp, reason: { code: 'unfillable', by: 'operator' } }, meta),
    );
  const when = { service: 'order', token: 'orders', when: { nights: UNTIL_GIVEN_UP } };
  world.act(`life ${life} is looked after`, when, async (orders: Orders) => {
    const { holds } = await orders.get(orderId);
    if (holds.some((hold) => hold.holdId === holdId)) cancel();
  });
};

const aboutMoney = (when: When) => ({ service: 'payment-verification', token: 'interventions', when });

const reviewed: Reaction = (world, life, { orderId }) => {
  const { percent } = world.chance('review', life);
  const decision = percent(80) ? 'accept' : 'reject';
  world.act(`life ${life} is reviewed`, aboutMoney(workTime(world, life, 'review')), (desk: Interventions, meta) =>
    desk.review({ orderId, decision, note: 'Looked into.' }, meta),
  );
};

interface Attempt {
  readonly operation: 'capture' | 'void' | 'refund';
  readonly id: (fact: Fact) => string;
  readonly again: (desk: Interventions, fact: Fact, meta: Meta) => Promise<unknown>;
}

/**
 * What a provider never said the outcome of, a person looks for in its books: it was done, or it was not and is tried anew. A provider that keeps silent
 * for ever is looked at after each try.
 */
const lookedInto =
  ({ operation, id, again }: Attempt): Reaction =>
  (world, life, fact) => {
    const nth = world.nth(life, `${operation} failed`);
    const when = aboutMoney(workTime(world, life, operation, nth));
    if (fact.reason.code === 'not-done')
      world.act(`life ${life} has its ${operation} tried anew`, when, (desk: Interventions, meta) => again(desk, fact, meta));
    if (!fact.outcomeUnknown) return;
    const isDone = world.chance('outcome', operation, life, nth).percent(60);
    const said = isDone ? { outcome: 'done', reference: `in the books ${id(fact)}` } : { outcome: 'not-done' };
    world.act(`life ${life} has its ${operation} looked for`, when, (desk: Interventions, meta) =>
      desk.recordOutcome({ orderId: fact.orderId, operation, subject: id(fact), ...said }, meta),
    );
  };

const attempts = {
  CaptureFailed: {
    ...{ operation: 'capture', id: ({ captureId }) => captureId },
    again: (desk, { orderId, captureId }, meta) => desk.retryCapture({ orderId, captureId }, meta),
  },
  VoidFailed: {
    ...{ operation: 'void', id: ({ voidId }) => voidId },
    again: (desk, { orderId, voidId }, meta) => desk.retryVoid({ orderId, voidId }, meta),
  },
  RefundFailed: {
    ...{ operation: 'refund', id: ({ refundId }) => refundId },
    again: (desk, { orderId, refundId }, meta) => desk.retryRefund({ orderId, refundId }, meta),
  },
} satisfies Record<string, Attempt>;

export const staffReactions: Readonly<Record<string, Reaction>> = {
  StockAllocated: allocated,
  ShipmentPicked: picked,
  LabelPurchased: labelled,
  HoldApplied: held,
  ReviewRequired: reviewed,
  CaptureFailed: lookedInto(attempts.CaptureFailed),
  VoidFailed: lookedInto(attempts.VoidFailed),
  RefundFailed: lookedInto(attempts.RefundFailed),
};
