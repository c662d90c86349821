import { fold, specFor } from '@cartage/eventsourcing';
import type { LineQuantity } from '@cartage/contracts';
import type { BrokeringCommand } from './commands';
import type { BrokeringEvent, EventData } from './events';
import { orderBrokering, unfilledOf } from './order-brokering';
import {
  brokerOrder,
  cancellationOf,
  cancellationRequest,
  evidence,
  heldFor,
  id,
  linesOf,
  now,
  order,
  shipGroup,
  both,
  told,
  typesOf,
  twice,
} from './brokering.fixture';

const { given } = specFor(orderBrokering);
const after = (...commands: readonly BrokeringCommand[]): readonly BrokeringEvent[] =>
  commands.reduce<readonly BrokeringEvent[]>((past, command) => [...past, ...told(command, ...past)], []);

const hold = (over: Partial<EventData<'HoldApplied'>> = {}): EventData<'HoldApplied'> => ({
  ...{ orderId: order.orderId, holdId: id(70), type: 'operator', reason: { code: 'fraud', by: 'operator' }, appliedAt: now },
  ...over,
});
const applied = (over: Partial<EventData<'HoldApplied'>> = {}): BrokeringCommand => ({ type: 'HearHold', data: hold(over) });
const releaseOf = (holdId = id(70)) => ({
  orderId: order.orderId,
  holdId,
  type: 'operator',
  resolution: 'released',
  by: 'operator',
  releasedAt: now,
});
const released = (holdId = id(70), locations = both): BrokeringCommand => ({
  type: 'HearHoldReleased',
  data: {
    release: releaseOf(holdId),
    evidence: new Map([1, 2].map((attempt) => [heldFor(attempt), evidence(30 + 5 * attempt, locations)])),
  },
});
const confirmed = brokerOrder(evidence(10, both));
const nothingGoesOut: BrokeringCommand = {
  type: 'HearShipmentCancellation',
  data: { cancellation: cancellationOf(id(11)), ...twice(evidence(20, both)) },
};
const mug: readonly LineQuantity[] = [{ lineId: '1', sku: 'MUG', quantity: 2 }];
const tee: readonly LineQuantity[] = [{ lineId: '2', sku: 'TEE', quantity: 1 }];

describe('what the order holds', () => {
  it('is known once it is told of, and until it is released', () => {
    given(...after(confirmed))
      .when(applied())
      .thenOnce({ type: 'HoldApplied', data: hold() });
    given(...after(confirmed, applied()))
      .when(released())
      .thenOnce({ type: 'HoldReleased', data: releaseOf() });
  });

  it('is not brokered again when its fulfilment comes to nothing; it goes on upon release, as often brokered as before', () => {
    const held = told(nothingGoesOut, ...after(confirmed, applied()));
    expect(held.slice(2)).toEqual([{ type: 'LinesHeld', data: { orderId: order.orderId, shipGroup, lines: order.lines, attempt: 2 } }]);
    const events = told(released(), ...after(confirmed, applied(), nothingGoesOut));
    expect(typesOf(events)).toEqual(['HoldReleased', 'OrderBrokered', 'FulfillmentBrokered']);
    expect(events[2]).toMatchObject({ data: { location: 'B', attempt: 2, lines: order.lines } });
    expect(fold(orderBrokering, after(confirmed, applied(), nothingGoesOut, released()))?.held).toEqual([]);
  });

  it('may be a line: the others go on', () => {
    const events = told(nothingGoesOut, ...after(confirmed, applied({ lines: mug })));
    expect(events.slice(2)).toMatchObject([
      { type: 'LinesHeld', data: { lines: mug } },
      { type: 'OrderBrokered', data: { request: { lines: tee } } },
      { type: 'FulfillmentBrokered', data: { lines: tee } },
    ]);
  });

  it('may be a ship group: others are not concerned', () =>
    expect(typesOf(told(nothingGoesOut, ...after(confirmed, applied({ shipGroupId: '2' }))))).not.toContain('LinesHeld'));

  it('goes on only when the last of its holds ends', () => {
    const twice = after(confirmed, applied(), applied({ holdId: id(71), lines: tee }), nothingGoesOut);
    expect(typesOf(told(released(id(71)), ...twice))).toEqual(['HoldReleased']);
    const events = told(released(), ...twice);
    expect(events.at(-1)).toMatchObject({ type: 'FulfillmentBrokered', data: { lines: mug } });
    expect(fold(orderBrokering, [...twice, ...events])?.held).toMatchObject(tee);
  });

  it('is not brokered by asking again, but waits with those that nobody can ship', () => {
    const waiting = after(brokerOrder(evidence(10, [])), applied({ lines: mug }));
    const state = fold(orderBrokering, waiting);
    expect(state && unfilledOf(state, '1')).toEqual(tee);
  });

  it('that waits for stock stops nothing that can go, and a hold of nothing confirmed concerns nobody here', () => {
    for (const type of ['stock-short', 'unfillable'])
      given(...after(confirmed))
        .when(applied({ type }))
        .thenNothing();
    given().when(applied()).thenNothing();
    given(...after(confirmed))
      .when(released())
      .thenNothing();
  });

  it('is cancelled at once, as it waits', () => {
    const request: BrokeringCommand = { type: 'HearCancellationRequest', data: { ...cancellationRequest(7, tee), now } };
    const past = after(confirmed, applied(), nothingGoesOut, request);
    expect(past.at(-1)).toMatchObject({ type: 'FulfillmentCancelled', data: { lines: tee } });
    expect(fold(orderBrokering, past)?.held).toMatchObject(mug);
  });
});

describe('a fulfilment that its location stops', () => {
  const reason = { code: 'stocktaking', by: 'operator' };
  const ref = { fulfillmentId: id(11), orderId: order.orderId, location: 'A' };
  const stop: BrokeringCommand = { type: 'HoldFulfillment', data: { fulfillmentId: id(11), holdId: id(80), reason, now } };
  const goOn: BrokeringCommand = { type: 'ReleaseFulfillment', data: { fulfillmentId: id(11), now } };

  it('is held once, and released once', () => {
    given(...after(confirmed))
      .when(stop)
      .thenOnce({ type: 'FulfillmentHeld', data: { ...ref, holdId: id(80), reason, heldAt: now } });
    given(...after(confirmed, stop))
      .when(goOn)
      .thenOnce({ type: 'FulfillmentReleased', data: { ...ref, holdId: id(80), releasedAt: now } });
    given(...after(confirmed))
      .when(goOn)
      .thenNothing();
  });

  it('must be underway', () => {
    given(...after(confirmed, nothingGoesOut))
      .when(stop)
      .thenRefused('FULFILLMENT_CLOSED');
    given().when(stop).thenRefused('FULFILLMENT_UNKNOWN');
  });
});

describe('a ship group that changes', () => {
  const changed = (shipBy: string): BrokeringCommand => ({
    type: 'HearShipGroups',
    data: { orderId: order.orderId, shipGroups: [{ ...shipGroup, destination: { country: 'FR' }, shipBy }] },
  });

  it('is brokered as it is now, when it is brokered again', () => {
    const shipBy = '2026-12-01T10:00:00.000Z';
    given(...after(confirmed))
      .when(changed(shipBy))
      .thenOnce({
        type: 'ShipGroupChanged',
        data: { orderId: order.orderId, shipGroup: { ...shipGroup, destination: { country: 'FR' }, shipBy } },
      });
    const events = told(nothingGoesOut, ...after(confirmed, changed(shipBy)));
    expect(events.at(-1)).toMatchObject({ type: 'FulfillmentBrokered', data: { shipBy } });
  });

  it('says to its packers what was said last, and nothing once that was taken back', () => {
    const say = (instructions?: string): BrokeringCommand => ({
      type: 'HearShipGroups',
      data: { orderId: order.orderId, shipGroups: [{ ...shipGroup, ...(instructions === undefined ? {} : { instructions }) }] },
    });
    const elsewhere: BrokeringCommand = {
      type: 'HearShipGroups',
      data: { orderId: order.orderId, shipGroups: [{ shipGroupId: '1', destination: { country: 'FR' } }] },
    };
    const groupAfter = (...commands: readonly BrokeringCommand[]) =>
      fold(orderBrokering, after(confirmed, ...commands))?.shipGroups.get('1');
    expect(groupAfter(say('Gift wrap.'), elsewhere)).toEqual({ ...shipGroup, destination: { country: 'FR' }, instructions: 'Gift wrap.' });
    expect(groupAfter(say('Gift wrap.'), say())).toEqual(shipGroup);
  });

  it('that nothing was confirmed of yet comes with its confirmation', () => given().when(changed(now)).thenNothing());
});

it('lines of two confirmations wait and go on together', () => {
  const more = linesOf(['MUG', 1]);
  const added: BrokeringCommand = {
    type: 'BrokerOrder',
    data: { orderId: order.orderId, priority: 'standard', groups: [{ shipGroup, lines: more, evidence: evidence(50, both, more) }] },
  };
  const past = after(confirmed, applied(), added);
  expect(past.at(-1)).toMatchObject({ type: 'LinesHeld', data: { lines: more, attempt: 1 } });
  expect(told(released(), ...past).at(-1)).toMatchObject({ type: 'FulfillmentBrokered', data: { lines: more } });
});
