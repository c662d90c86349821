import { fold } from '@cartage/eventsourcing';
import { rowsAfter, type Row } from '@cartage/views';
import fc from 'fast-check';
import type { ShipmentCommand } from '../../domain/commands';
import { shipment } from '../../domain/decide';
import type { Milestone, ShipmentEvent } from '../../domain/events';
import { changeTo, dispatched, facts, labelled, labelId, now, packed, ref, scanAt } from '../../domain/shipment.fixture';
import { carrierParcel } from './carrier-parcel';

/** The events that follow from these commands. */
const after = (history: readonly ShipmentEvent[], commands: readonly ShipmentCommand[]): readonly ShipmentEvent[] =>
  commands.reduce((events, command) => [...events, ...shipment.decide(command, fold(shipment, events))], history);

const scan = (milestone: Milestone, hour: number, trackingNumber = 'CTG1', code = 'damaged'): ShipmentCommand => ({
  type: 'RecordScan',
  data: { trackingNumber, scan: { ...scanAt(milestone, hour), reason: { code, by: 'carrier' } }, now },
});
const rows = (events: readonly ShipmentEvent[]): readonly Row[] => rowsAfter(carrierParcel, events);
const fared = (commands: readonly ShipmentCommand[]): Row | undefined => rows(after(dispatched, commands))[0];

describe('a parcel of a carrier', () => {
  it('bears its part of the label and of what was quoted, by its weight, and is nobody’s before the label is bought', () => {
    const quoted: ShipmentEvent = {
      type: 'RatesQuoted',
      data: {
        ...{ ...ref, labelId, by: 'cost', quotedAt: now },
        offers: [
          {
            carrier: 'vans',
            service: 'slow',
            currency: 'GBP',
            cost: 999,
            days: 9,
            chosen: false,
            reason: { code: 'dearer', by: 'policy' },
          },
          { carrier: 'simulated', service: 'standard', currency: 'GBP', cost: 400, days: 3, chosen: true },
        ],
      },
    };
    expect(rows([...packed, quoted, facts.requested])).toEqual([]);
    expect(rows([...packed, quoted, facts.requested, facts.labelled])).toMatchObject([
      { parcel_id: '1', tracking_number: 'CTG1', weight_grams: 900, cost: 222, quoted: 212, quoted_days: 3, quote_currency: 'GBP' },
      { parcel_id: '2', tracking_number: 'CTG2', weight_grams: 800, cost: 198, quoted: 188, currency: 'GBP', country: 'GB', unused: false },
    ]);
    expect(rows(labelled)).toMatchObject([{ quoted: null, quoted_days: null }, {}]);
  });

  it('takes no quote of another label for its own', () => {
    const quoted: ShipmentEvent = {
      type: 'RatesQuoted',
      data: {
        ...{ ...ref, labelId: ref.fulfillmentId, by: 'cost', quotedAt: now },
        offers: [{ carrier: 'simulated', service: 'standard', currency: 'GBP', cost: 1, chosen: true }],
      },
    };
    expect(rows([...packed, quoted, facts.requested, facts.labelled])).toMatchObject([{ quoted: null }, { quoted: null }]);
  });

  it('has a label that nobody uses, once it goes elsewhere or nowhere', () => {
    expect(rows(after(labelled, [changeTo('2026-11-23T12:30:00.000Z')]))).toMatchObject([{ unused: true }, { unused: true }]);
    expect(rows([...labelled, facts.cancelled])).toMatchObject([{ unused: true }, { unused: true }]);
    expect(rows(dispatched)).toMatchObject([{ unused: false, dispatched_at: now }, { unused: false }]);
  });

  it('was brought at the second attempt, once, whatever is scanned afterwards', () => {
    const commands = [scan('attempt-failed', 9), scan('delivered', 15), scan('delivered', 18), scan('in-transit', 20)];
    expect(fared(commands)).toMatchObject({ delivered_at: scanAt('delivered', 15).occurredAt, failed_attempts: 1, went_back: false });
  });

  it('was not brought, if it comes back', () => {
    expect(fared([scan('delivered', 9), scan('returned', 15)])).toMatchObject({ delivered_at: null, went_back: true });
    expect(fared([scan('attempt-failed', 9), scan('attempt-failed', 12), scan('returned', 15)])).toMatchObject({ failed_attempts: 2 });
  });

  it('is damaged or lost, until it is found', () => {
    expect(fared([scan('exception', 9)])).toMatchObject({ damaged: true, lost: false });
    expect(fared([scan('exception', 9, 'CTG1', 'held')])).toMatchObject({ damaged: false });
    const lose: ShipmentCommand = { type: 'DeclareLost', data: { parcelId: '1', reason: { code: 'lost', by: 'operator' }, now } };
    expect(fared([lose])).toMatchObject({ lost: true });
    expect(fared([lose, scan('delivered', 9)])).toMatchObject({ lost: false, delivered_at: scanAt('delivered', 9).occurredAt });
  });

  it('leaves other parcels alone', () => {
    const [, second] = rows(after(dispatched, [scan('delivered', 9)]));
    expect(second).toMatchObject({ parcel_id: '2', delivered_at: null });
  });

  it('fares the same, in whatever order and however often its scans come', () => {
    const scans = fc.array(
      fc.record({
        milestone: fc.constantFrom<Milestone>(
          'picked-up',
          'in-transit',
          'out-for-delivery',
          'attempt-failed',
          'exception',
          'delivered',
          'returned',
        ),
        hour: fc.integer({ min: 1, max: 20 }),
        awb: fc.constantFrom('CTG1', 'CTG2'),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(
        scans.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 }))),
        ([inOrder, shuffled]) => {
          const rowsOf = (list: typeof inOrder) =>
            rows(
              after(
                dispatched,
                list.map(({ milestone, hour, awb }) => scan(milestone, hour, awb)),
              ),
            );
          expect(rowsOf(shuffled)).toEqual(rowsOf(inOrder));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('writes only columns that it has', () => {
    const written = rows(after(dispatched, [scan('delivered', 9)])).flatMap((row) => Object.keys(row));
    expect(Object.keys(carrierParcel.columns)).toEqual(expect.arrayContaining(written));
  });
});
