import { fold, Refused } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { PaymentCommand } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import { sumsOf, toCollectIn } from './ledger';
import { captured, charged, codPromised, firstShipment, now, orderId, promised, secondShipment } from './payment.fixture';
import { due, isKnown } from './payment';
import { discrepanciesOf } from './reconciliation';

/** Three mugs for 10.00 and a lamp for 25.00, delivery 5.00. */
const mugs = (quantity: number) => [{ lineId: '1', sku: 'MUG', quantity }];
const lamp = [{ lineId: '2', sku: 'LAMP', quantity: 1 }];
type Lines = ReturnType<typeof mugs>;

let ids = 0;
const at = () => ({ orderId, now, newId: `0192f0c0-0000-7000-8000-${String((ids += 1_000)).padStart(12, '0')}` });
const ship = (shipmentId: string, lines: Lines): PaymentCommand => ({ type: 'ChargeShipment', data: { ...at(), shipmentId, lines } });
const deliver = (shipmentId: string, parcel: string, lines: Lines): PaymentCommand => ({
  type: 'RecordDelivery',
  data: { ...at(), shipmentId, parcels: [parcel], lines },
});
const back = (shipmentId: string, parcel: string, lines: Lines): PaymentCommand => ({
  type: 'CancelLines',
  data: { ...at(), lines, reason: { code: 'returned-to-origin', by: 'carrier' }, undelivered: { shipmentId, parcels: [parcel] } },
});

const after = (past: readonly PaymentEvent[], ...commands: readonly PaymentCommand[]): readonly PaymentEvent[] =>
  commands.reduce((events, command) => [...events, ...payment.decide(command, fold(payment, events))], past);
const moneyOf = (events: readonly PaymentEvent[]) => {
  const state = fold(payment, events);
  if (!isKnown(state)) throw new Error('It was asked for.');
  const sums = sumsOf(state.ledger);
  expect(discrepanciesOf(events, sums)).toEqual([]);
  return { ...sums, due: due(state), toCollect: toCollectIn(state.ledger) };
};

describe('what came back undelivered', () => {
  it('is not collected at the door any more, and the promise of all of it is given back', () => {
    const sent = after(codPromised, ship(firstShipment, [...mugs(3), ...lamp]));
    expect(moneyOf(sent)).toMatchObject({ due: 4000, toCollect: 4000 });
    const events = after(sent, back(firstShipment, 'p1', [...mugs(3), ...lamp]));
    expect(moneyOf(events)).toMatchObject({ due: 0, toCollect: 0, collected: 0, voided: 4000 });
    expect(events.slice(sent.length).map(({ type }) => type)).toEqual([
      'ChargeWithdrawn',
      'TermsAmended',
      'AmountDueChanged',
      'PaymentVoided',
    ]);
  });

  it('of one parcel leaves the others as they were: what is delivered is collected, and delivery with it', () => {
    const events = after(
      codPromised,
      ship(firstShipment, [...mugs(3), ...lamp]),
      back(firstShipment, 'p2', lamp),
      deliver(firstShipment, 'p1', mugs(3)),
    );
    expect(moneyOf(events)).toMatchObject({ due: 1500, toCollect: 0, collected: 1500, voided: 2500 });
  });

  it('lets what ships later be paid as if it had never been sent', () => {
    const events = after(
      codPromised,
      ship(firstShipment, mugs(1)),
      back(firstShipment, 'p1', mugs(1)),
      ship(secondShipment, [...mugs(2), ...lamp]),
      deliver(secondShipment, 'p1', [...mugs(2), ...lamp]),
    );
    expect(moneyOf(events)).toMatchObject({ due: 3667, toCollect: 0, collected: 3667 });
  });

  it('that was paid before is refunded as it came', () => {
    const events = after([...promised, charged, captured], back(firstShipment, 'p1', mugs(2)));
    expect(moneyOf(events)).toMatchObject({ captured: 1167, due: 3333 });
    const rest = after([...promised, charged, captured], back(firstShipment, 'p1', mugs(2)), ship(secondShipment, [...mugs(1), ...lamp]));
    expect(rest.filter(({ type }) => type === 'ShipmentCharged').at(-1)).toMatchObject({ data: { captures: [{ amount: 2166 }] } });
  });

  it('of an order of which nothing is left gives all of it back', () => {
    const events = after([...promised, charged, captured], back(firstShipment, 'p1', mugs(2)), {
      type: 'CancelLines',
      data: { ...at(), lines: [...mugs(1), ...lamp], reason: { code: 'changed-mind', by: 'customer' } },
    });
    expect(events.filter(({ type }) => type === 'RefundRequested')).toMatchObject([{ data: { amount: 1167, cause: 'due' } }]);
  });

  it('waits for the dispatch that it came back from', () =>
    expect(() => after(codPromised, back(firstShipment, 'p1', mugs(1)))).toThrow(Refused));

  it('ends in the same money, whichever parcel is delivered, sent back or told first', () => {
    const parcels = [
      { parcel: 'p1', lines: mugs(1) },
      { parcel: 'p2', lines: mugs(2) },
      { parcel: 'p3', lines: lamp },
    ];
    const fates = fc.tuple(fc.boolean(), fc.boolean(), fc.boolean());
    const order = fc.shuffledSubarray([0, 1, 2], { minLength: 3 });
    const endOf = (fate: readonly boolean[], told: readonly number[]) =>
      moneyOf(
        after(
          codPromised,
          ship(firstShipment, [...mugs(3), ...lamp]),
          ...told.flatMap((n) => {
            const { parcel = '', lines = [] } = parcels[n] ?? {};
            return fate[n] ? deliver(firstShipment, parcel, lines) : back(firstShipment, parcel, lines);
          }),
        ),
      );
    fc.assert(
      fc.property(fates, order, (fate, told) => {
        const end = endOf(fate, told);
        expect(end).toEqual(endOf(fate, [0, 1, 2]));
        expect([end.collected, end.toCollect]).toEqual([end.due, 0]);
      }),
    );
  });
});
