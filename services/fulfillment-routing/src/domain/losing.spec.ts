import type { LineQuantity } from '@cartage/contracts';
import type { BrokeringEvent } from './events';
import {
  both,
  brokerOrder,
  cancellationOf,
  evidence,
  heldFor,
  id,
  linesOf,
  location,
  lossOf,
  now,
  order,
  refusalOf,
  rules,
  told,
  tooLateFor,
  twice,
  typesOf,
} from './brokering.fixture';
import type { BrokeringCommand } from './order-brokering';

const [mugs, tee] = [linesOf(['MUG', 1])[0], { lineId: '2', sku: 'TEE', quantity: 1 }];
const lostMug = mugs ? [mugs] : [];
const sent = told(brokerOrder(evidence(10, both)));
const first = id(11);
const lose: BrokeringCommand = { type: 'HearLoss', data: { loss: lossOf(first, lostMug), now } };
const lost = [...sent, ...told(lose, ...sent)];
/** What A and B have, as is known once shipping has answered: A has given up what is lost, and not yet the rest. */
const stopped = (a: readonly number[], b: readonly number[]): BrokeringCommand => ({
  type: 'HearShipmentCancellation',
  data: { cancellation: cancellationOf(first), ...twice(evidence(30, [location('A', a), location('B', b, { latitude: 53 })])) },
});
const shipments = (events: readonly BrokeringEvent[]) =>
  events.flatMap((event) =>
    event.type === 'FulfillmentBrokered'
      ? [[event.data.location, event.data.attempt, event.data.lines.map(({ sku, quantity }) => `${quantity} ${sku}`)]]
      : [],
  );

describe('units that a location was to ship and does not have', () => {
  it('make it ask whoever holds the goods, once', () => {
    expect(told(lose, ...sent)).toMatchObject([
      { type: 'AllocationReleased' },
      {
        type: 'FulfillmentRejectionRequested',
        data: { fulfillmentId: first, lines: linesOf(['MUG', 2], ['TEE', 1]), reason: { code: 'stock-lost' } },
      },
    ]);
    expect(typesOf(told(lose, ...lost))).toEqual(['AllocationReleased']);
  });

  it('let the others go from where they are, and are looked for elsewhere by themselves', () => {
    expect(shipments(told(stopped([0, 0], [5, 5]), ...lost))).toEqual([
      ['A', 1, ['1 MUG', '1 TEE']],
      ['B', 1, ['1 MUG']],
    ]);
  });

  it('keep nobody else waiting where nobody has them', () => {
    const events = told(stopped([0, 0], [0, 0]), ...lost);
    expect(shipments(events)).toEqual([['A', 1, ['1 MUG', '1 TEE']]]);
    expect(events.at(-1)).toMatchObject({ type: 'FulfillmentUnfillable', data: { lines: [{ sku: 'MUG', requested: 1 }] } });
  });

  it('are no concern any more where the goods have left', () => {
    const gone = told({ type: 'HearCancellationRefusal', data: { refusal: tooLateFor(first), now } }, ...lost);
    expect(typesOf(gone)).toEqual(['CancellationRefused']);
    expect(told(lose, ...lost, ...gone)).toEqual([]);
  });
});

it('does not ask again for what nobody has, or nobody wants to ship, when the order has units back', () => {
  const unfilled = told(brokerOrder(evidence(10, [location('A', [0, 0])])));
  const back: BrokeringCommand = { type: 'HearRelease', data: { lines: order.lines, evidence: new Map([['1', evidence(50, both)]]) } };
  expect(typesOf(unfilled)).toContain('FulfillmentUnfillable');
  expect(told(back, ...unfilled)).toEqual([]);
});

it('does not wait until it is heard where reserved units are of which it is offered whatever arrives', () => {
  const nowhere = [location('A', [0, 0])];
  const unfilled = told(brokerOrder(evidence(10, nowhere)));
  expect(told({ type: 'HearReservation', data: { evidence: new Map([['1', evidence(50, nowhere)]]) } }, ...unfilled)).toEqual([]);
});

describe('units that the order holds no reservation for', () => {
  const refused: BrokeringCommand = {
    type: 'HearAllocationRefusal',
    data: { refusal: refusalOf(first, [tee]), evidence: evidence(30, both) },
  };
  const waiting = [...sent, ...told(refused, ...sent)];
  const reserved = (at: number, locations: Parameters<typeof evidence>[1]): BrokeringCommand => ({
    type: 'HearReservation',
    data: { evidence: new Map([['1', evidence(at, locations)]]) },
  });

  const released = (at: number, lines: readonly LineQuantity[], locations: Parameters<typeof evidence>[1]): BrokeringCommand => ({
    type: 'HearRelease',
    data: { lines, evidence: new Map([['1', evidence(at, locations)]]) },
  });

  it('wait, and the others go elsewhere', () => {
    expect(typesOf(told(refused, ...sent))).toEqual(['AllocationRefused', 'LinesUnreserved', 'OrderBrokered', 'FulfillmentBrokered']);
    expect(shipments(waiting.slice(sent.length))).toEqual([['B', 1, ['2 MUG']]]);
  });

  it('go as soon as they are reserved', () => {
    const again = told(reserved(50, both), ...waiting);
    expect(shipments(again)).toMatchObject([[expect.any(String), 1, ['1 TEE']]]);
    expect(told(reserved(60, both), ...waiting, ...again)).toEqual([]);
  });

  it('that are reserved while something holds them go upon its release', () => {
    const reason = { code: 'address-in-doubt', by: 'operator' };
    const hold = { orderId: order.orderId, holdId: id(70), type: 'address', reason, appliedAt: now };
    const held = told({ type: 'HearHold', data: hold }, ...waiting);
    const during = [...waiting, ...held];
    const kept = told(reserved(50, both), ...during);
    expect(kept).toMatchObject([{ type: 'LinesHeld', data: { lines: [tee] } }]);
    expect(told(reserved(55, both), ...during, ...kept)).toEqual([]);
    const { reason: _, appliedAt: __, ...of } = hold;
    const release = { ...of, resolution: 'released', by: 'operator', releasedAt: now };
    const freed: BrokeringCommand = { type: 'HearHoldReleased', data: { release, evidence: new Map([[heldFor(1), evidence(60, both)]]) } };
    expect(shipments(told(freed, ...during, ...kept))).toMatchObject([[expect.any(String), 1, ['1 TEE']]]);
    expect(told(released(50, [tee], both), ...during)).toEqual(kept);
  });

  it('go as soon as the order has units of their line back that another fulfilment was to ship', () => {
    const again = told(released(50, [tee], both), ...waiting);
    expect(shipments(again)).toMatchObject([[expect.any(String), 1, ['1 TEE']]]);
    expect(told(released(60, [tee], both), ...waiting, ...again)).toEqual([]);
  });

  it('are no concern of units of other lines, nor of units that nobody has', () => {
    expect(told(released(50, lostMug, both), ...waiting)).toEqual([]);
    expect(told(released(50, [tee], [location('A', [0, 0])]), ...waiting)).toEqual([]);
  });

  it('are waited for until it is heard where they are', () =>
    expect(() => told(reserved(50, [location('A', [0, 0])]), ...waiting)).toThrow(
      expect.objectContaining({ code: 'STOCK_UNKNOWN', kind: 'unknown' }),
    ));

  it('wait where they are with one that is ranked too low to be looked at closely and may not ship them', () => {
    const store = location('S', [9, 9], { kind: 'store', latitude: 60 });
    const byDistance = { ...rules, shortlist: 1, filter: { kinds: ['warehouse'] }, weights: { ...rules.weights, coverage: 0, split: 0 } };
    const known = { ...evidence(50, [location('A', [0, 0]), store]), rules: byDistance };
    expect(told({ type: 'HearReservation', data: { evidence: new Map([['1', known]]) } }, ...waiting)).toEqual([]);
  });

  it('wait where they are and nobody may ship them', () => {
    const full = [location('A', [0, 9], { capacity: 1, load: 1 })];
    expect(told(reserved(50, full), ...waiting)).toEqual([]);
  });
});
