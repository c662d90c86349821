import fc from 'fast-check';
import { facts } from './facts.fixture';
import type { Fact } from './facts';
import { lostLines, lostShipments, resolveLost, type LossRequest } from './lost-parcels';
import type { OrderCommand } from './order';
import { everything, id, minute, occasion } from './order.fixture';
import { statusOf } from './state';
import { attempted, history, historyFrom, stateOf, type Step } from './story.fixture';

const begun: readonly Fact[] = [facts.reserved, facts.authorized, facts.allocated, facts.handedOver];
const held = (events: ReturnType<typeof history>) => events.flatMap((event) => (event.type === 'HoldApplied' ? [event.data] : []));
const standing = (events: ReturnType<typeof history>) => stateOf(events).holds.map(({ type }) => type);

describe('a parcel that is lost', () => {
  it('is asked of a person, who gives the money back or sends it again; nothing is cancelled by itself', () => {
    const events = history(...begun, facts.lost);
    expect(held(events)).toMatchObject([{ type: 'parcel-lost', lines: everything, reason: { code: 'parcel-lost', by: 'carrier' } }]);
    expect(events.filter(({ type }) => type === 'LineCancelled')).toEqual([]);
  });

  it('is asked of nobody any more when it is found, or arrives', () => {
    for (const after of [facts.found, facts.delivered]) expect(standing(historyFrom(history(...begun, facts.lost), [after]))).toEqual([]);
  });

  it('is lost again when that is said later than that it was found', () => {
    const again: Fact = { type: 'ParcelLost', data: { ...facts.lost.data, lostAt: minute(18) } };
    expect(standing(history(...begun, facts.lost, facts.found, again))).toEqual(['parcel-lost']);
  });

  it('ends in the same, whatever came first', () => {
    for (const told of [
      [facts.lost, facts.found],
      [facts.found, facts.lost],
    ])
      expect(lostLines(stateOf(history(...begun, ...told)))).toEqual([]);
  });
});

const { shipmentId } = facts.lost.data;
const decide = (choice: LossRequest['choice'], changes: Partial<LossRequest> = {}): OrderCommand => ({
  type: 'ResolveLostParcels',
  data: {
    ...{ ...occasion(id(95)), now: minute(20), shipmentId, choice, resolutionId: id(85), replacementOrderId: id(86) },
    reason: { code: 'parcel-lost', by: 'operator', actor: 'staff-7' },
    ...changes,
  },
});
const decided = (events: ReturnType<typeof history>) =>
  events.flatMap((event) => (event.type === 'LostParcelsResolved' ? [event.data] : []));

describe('what the customer gets for a parcel that is lost', () => {
  it('is the money: the units are cancelled, the hold ends, and so does the order when nothing else is wanted', () => {
    const events = history(...begun, facts.lost, decide('refund'));
    expect(decided(events)).toMatchObject([{ resolutionId: id(85), choice: 'refund', parcels: ['a'], lines: everything }]);
    expect(events.find(({ type }) => type === 'LineCancelled')?.data).toMatchObject({
      ...{ cancellationId: id(85), lines: everything, undelivered: { shipmentId, parcels: ['a'] } },
    });
    expect(standing(events)).toEqual([]);
    expect(statusOf(stateOf(events))).toBe('cancelled');
  });

  it('is the goods again: another order sends them, and this one is done', () => {
    const events = history(...begun, facts.lost, decide('resend'));
    expect(decided(events)).toMatchObject([{ choice: 'resend', replacementOrderId: id(86) }]);
    expect(events.some(({ type }) => type === 'LineCancelled')).toBe(false);
    expect(standing(events)).toEqual([]);
    expect(statusOf(stateOf(events))).toBe('completed');
  });

  it('is decided once, and of what is lost only', () => {
    const lost = history(...begun, facts.lost);
    expect(() => historyFrom(lost, [decide('refund', { parcels: ['a', '9'] })])).toThrow('parcels[1] is not lost');
    const partly = history(...begun, facts.lost, facts.found);
    expect(() => historyFrom(partly, [decide('refund')])).toThrow('No parcel of shipment');
    expect(() => historyFrom(history(...begun), [decide('resend')])).toThrow('No parcel of shipment');
    expect(() => historyFrom(historyFrom(lost, [decide('refund')]), [decide('resend')])).toThrow('The order is cancelled.');
    expect(lostShipments(stateOf(lost))).toEqual([shipmentId]);
  });

  it('cannot be the goods again where nobody has paid for them yet', () => {
    const state = stateOf(history(...begun, facts.lost));
    const atTheDoor = { ...state, placed: { ...state.placed, payments: [{ paymentId: id(40), method: 'cod' as const, amount: 1 }] } };
    const { data } = decide('resend') as { readonly data: LossRequest };
    expect(() => resolveLost(atTheDoor, data)).toThrow('where the customer pays at the door');
  });

  it('stays so when the parcel turns up, in whatever order that is told', () => {
    const turnsUp: readonly Step[] = [
      facts.found,
      { type: 'ShipmentDelivered', data: { ...facts.delivered.data, occurredAt: minute(30) } } as Fact,
      { type: 'ParcelLost', data: { ...facts.lost.data, lostAt: minute(40) } } as Fact,
    ];
    for (const choice of ['refund', 'resend'] as const)
      fc.assert(
        fc.property(fc.shuffledSubarray([...turnsUp], { minLength: 0 }), (steps) => {
          const events = attempted(steps, history(...begun, facts.lost, decide(choice)));
          expect(decided(events)).toHaveLength(1);
          expect(lostLines(stateOf(events))).toEqual([]);
          expect(statusOf(stateOf(events))).toBe(choice === 'refund' ? 'cancelled' : 'completed');
        }),
        { numRuns: 30 },
      );
  });
});
