import type { Meta } from '@cartage/eventsourcing';
import { orderOf } from './shop';
import type { When, World } from './world';

interface Orders {
  place(placement: object, meta: Meta): Promise<unknown>;
}

interface Cancellations {
  cancel(asked: object, meta: Meta): Promise<unknown>;
}

interface Changes {
  hold(orderId: string, asked: object, meta: Meta): Promise<unknown>;
}

interface Edits {
  edit(orderId: string, asked: object, meta: Meta): Promise<unknown>;
  redirect(orderId: string, asked: object, meta: Meta): Promise<unknown>;
}

const of = (token: string, when: When) => ({ service: 'order', token, when });

const changedMind = { code: 'changed-mind', by: 'customer' };

/** Soon, or when something has become of the order. */
const someTime = (world: World, ...names: readonly (string | number)[]): When => {
  const { percent, whole } = world.chance('when', ...names);
  return percent(60) ? { ms: whole(0, 6_000) } : { nights: whole(1, 3), ms: whole(0, 3_000) };
};

export const place = (world: World, life: number): void => {
  const { whole, percent } = world.chance('place', life);
  const order = orderOf(world, life);
  const when = { ms: whole(0, 5_000), nights: percent(75) ? 0 : whole(1, 2) };
  world.act(`life ${life} places`, of('orders', when), (orders: Orders, meta) => orders.place(order, meta));
};

type Thought = (world: World, life: number, orderId: string) => void;

const cancelWhole: Thought = (world, life, orderId) =>
  world.act(`life ${life} cancels`, of('cancellations', someTime(world, 'cancel', life)), (desk: Cancellations, meta) =>
    desk.cancel({ orderId, reason: changedMind }, meta),
  );

const cancelPart: Thought = (world, life, orderId) =>
  world.act(`life ${life} cancels a part`, of('cancellations', someTime(world, 'cancel part', life)), (desk: Cancellations, meta) =>
    desk.cancel({ orderId, lines: [{ lineId: '1', quantity: 1 }], reason: changedMind }, meta),
  );

const hold: Thought = (world, life, orderId) =>
  world.act(`life ${life} is held`, of('changes of orders', someTime(world, 'hold', life)), (changes: Changes, meta) =>
    changes.hold(orderId, { type: 'address', reason: { code: 'address-in-doubt', by: 'operator' } }, meta),
  );

const edit: Thought = (world, life, orderId) => {
  const { whole } = world.chance('edit', life);
  const change = [{ lineId: '1', quantity: whole(1, 4) }];
  world.act(`life ${life} edits`, of('edits of orders', someTime(world, 'edit', life)), (edits: Edits, meta) =>
    edits.edit(orderId, { change, reason: changedMind }, meta),
  );
};

const redirect: Thought = (world, life, orderId) =>
  world.act(`life ${life} moves`, of('edits of orders', someTime(world, 'redirect', life)), (edits: Edits, meta) =>
    edits.redirect(
      orderId,
      { shipTo: { lines: ['2 Low Road'], city: 'Leeds', postalCode: 'LS1 4DY', country: 'GB' }, reason: changedMind },
      meta,
    ),
  );

const nothing: Thought = () => undefined;

const thoughts = { nothing, cancelWhole, cancelPart, hold, edit, redirect };

/** What somebody thinks of an order after it was placed; some think twice. */
export const thinkAgain = (world: World, life: number, orderId: string): void => {
  const { drawn, percent } = world.chance('thought', life);
  const shares = { nothing: 62, cancelWhole: 8, cancelPart: 9, hold: 7, edit: 8, redirect: 6 };
  thoughts[drawn(shares)](world, life, orderId);
  if (percent(12)) thoughts[drawn(shares)](world, life, orderId);
};
