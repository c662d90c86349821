import type { Meta } from '@cartage/eventsourcing';
import { LOCATIONS } from './shop';
import type { Reaction } from './staff';
import type { When, World } from './world';

interface Returns {
  request(asked: object, meta: Meta): Promise<unknown>;
  decide(returnId: string, decision: object, by: object): Promise<unknown>;
  receive(returnId: string, arrival: object, by: object): Promise<unknown>;
  grade(returnId: string, inspection: object, by: object): Promise<unknown>;
  cancel(returnId: string, note: string | undefined, by: object): Promise<unknown>;
}

interface Chargebacks {
  open(entry: object, meta: Meta): Promise<unknown>;
  decide(chargebackId: string, outcome: 'won' | 'lost', meta: Meta): Promise<unknown>;
}

const returning = (when: When) => ({ service: 'returns', token: 'returns', when });

const afterSale = (world: World, ...names: readonly (string | number)[]): When => {
  const { percent, whole } = world.chance('after sale', ...names);
  return percent(50) ? { ms: whole(500, 5_000) } : { nights: whole(1, 2), ms: whole(0, 2_000) };
};

/** Orders that take the place of others are all of life 0: each has a chance of its own, or one exchange would follow upon another for ever. */
const regretOf = (world: World, life: number): ReturnType<World['chance']> =>
  life === 0 ? world.chance('regret', life, world.nth(life, 'regret')) : world.chance('regret', life);

const delivered: Reaction = (world, life, { orderId, lines }) => {
  const { percent, pick, whole } = regretOf(world, life);
  const [line] = lines;
  if (!line || !percent(35)) return;
  const wants = percent(25) ? { exchangeFor: [{ sku: line.sku, quantity: 1 }] } : {};
  const asked = {
    lineId: line.lineId,
    quantity: whole(1, line.quantity),
    reason: pick(['too-small', 'changed-mind', 'arrived-damaged']),
    ...wants,
  };
  world.act(`life ${life} sends back`, returning(afterSale(world, life)), (returns: Returns, meta) =>
    returns.request({ orderId, lines: [asked] }, meta),
  );
};

/** What a policy leaves to a person, a person allows. */
const asked: Reaction = (world, life, { returnId }) =>
  world.act(`life ${life} may send back`, returning({ ms: 3_000 }), (returns: Returns, meta) =>
    returns.decide(returnId, { decision: 'authorize', note: 'Allowed.' }, { meta }),
  );

const allowed: Reaction = (world, life, { returnId, lines }) => {
  const { pick, percent } = world.chance('way back', life);
  if (percent(6)) {
    world.act(`life ${life} keeps it after all`, returning(afterSale(world, life, 'keep')), (returns: Returns, meta) =>
      returns.cancel(returnId, undefined, { meta }),
    );
    return;
  }
  const arrival = { location: pick(LOCATIONS), lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })) };
  world.act(`life ${life} has sent back`, returning(afterSale(world, life, 'arrive')), (returns: Returns, meta) =>
    returns.receive(returnId, arrival, { meta }),
  );
};

const received: Reaction = (world, life, { returnId, lines }) => {
  for (const { lineId, quantity } of lines) {
    const { drawn } = world.chance('grade', life, lineId);
    const grade = drawn({ A: 60, B: 20, C: 10, scrap: 10 });
    world.act(`life ${life} is graded`, returning(afterSale(world, life, 'grade', lineId)), (returns: Returns, meta) =>
      returns.grade(returnId, { lineId, quantity, grade }, { meta }),
    );
  }
};

const atBank = (when: When) => ({ service: 'payment-verification', token: 'chargebacks', when });

/** Some banks take money back. */
const captured: Reaction = (world, life, { captureId, amount }) => {
  const { percent, whole } = world.chance('bank', life);
  if (!percent(4)) return;
  const entry = { captureId, amount: whole(1, amount), reasonCode: 'not-received' };
  world.act(`life ${life} is charged back`, atBank(afterSale(world, life, 'bank')), (desk: Chargebacks, meta) => desk.open(entry, meta));
};

/** Some of them give it back again, and some never say anything more. */
const disputed: Reaction = (world, life, { chargebackId }) => {
  const { drawn, whole } = world.chance('dispute', life);
  const outcome = drawn({ won: 45, lost: 45, silence: 10 });
  if (outcome === 'silence') return;
  world.act(`life ${life} hears its bank`, atBank({ nights: whole(1, 5), ms: whole(0, 2_000) }), (desk: Chargebacks, meta) =>
    desk.decide(chargebackId, outcome, meta),
  );
};

export const regretReactions: Readonly<Record<string, Reaction>> = {
  ShipmentDelivered: delivered,
  ReturnRequested: asked,
  ReturnAuthorized: allowed,
  ReturnReceived: received,
  PaymentCaptured: captured,
  ChargebackOpened: disputed,
};
