import { fold, Refused, specFor } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { ShipmentCommand } from './commands';
import { shipment } from './decide';
import type { ShipmentEvent } from './events';
import type { RtoReceipt } from './rto';
import { contents, dispatched, packed, recordScan, ref, scanAt, toPack } from './shipment.fixture';

const { given } = specFor(shipment);
const receiptId = '019a9f6e-7d1c-7b2a-9c3d-5e4f6a7b8c77';
const later = '2026-11-26T12:00:00.000Z';
const receive = (more: Partial<RtoReceipt> = {}): ShipmentCommand => ({
  type: 'ReceiveRto',
  data: { receiptId, dock: 'YORK', others: [], now: later, ...more },
});
const after = (past: readonly ShipmentEvent[], ...commands: readonly ShipmentCommand[]): readonly ShipmentEvent[] =>
  commands.reduce((events, command) => [...events, ...shipment.decide(command, fold(shipment, events))], past);
const returning = after(dispatched, recordScan('returned', 9), recordScan('returned', 9, 'CTG2'));
const receivedOf = (events: readonly ShipmentEvent[]) => events.flatMap((event) => (event.type === 'RtoReceived' ? [event.data] : []));

const [first, second] = contents;
const restocked = (lines: readonly object[]) => lines.map((line) => ({ ...line, disposition: 'restock' }));
const whole = {
  type: 'RtoReceived' as const,
  data: {
    ...{ ...ref, receiptId, dock: 'YORK', parcels: contents, others: [], receivedAt: later },
    lines: contents.flatMap(({ lines }) => lines).map((line) => ({ ...line, disposition: 'restock' as const })),
  },
};

describe('what comes back undelivered', () => {
  it('is received at whatever location it lies, once: all that can come, if nobody says what', () => {
    given(...returning)
      .when(receive())
      .then(whole);
    given(...returning, whole)
      .when(receive())
      .thenRefused('RTO_RECEIVED');
    expect(fold(shipment, [...returning, whole])).toMatchObject({ status: 'returned' });
  });

  it('may come in parts, each with its fate, and what never comes is missing', () => {
    const parcel = { trackingNumber: 'CTG1' };
    const events = after(
      returning,
      receive({ parcels: [{ ...parcel, lines: [{ lineId: '1', quantity: 1, disposition: 'liquidate' }] }] }),
      receive({ parcels: [{ ...parcel, disposition: 'missing' }] }),
    );
    expect(receivedOf(events).map(({ lines }) => lines)).toEqual([
      [{ lineId: '1', sku: 'MUG', quantity: 1, disposition: 'liquidate' }],
      [{ lineId: '1', sku: 'MUG', quantity: 1, disposition: 'missing' }],
    ]);
    expect(fold(shipment, events)).toMatchObject({ tracked: [{ back: new Map([['1', 2]]) }, {}] });
  });

  it('of a line may be named with several fates', () => {
    const lines = [
      { lineId: '1', quantity: 1 },
      { lineId: '1', quantity: 1, disposition: 'destroy' as const },
    ];
    expect(receivedOf(after(returning, receive({ parcels: [{ parcelId: '1', lines }] })))).toMatchObject([
      {
        lines: [
          { quantity: 1, disposition: 'restock' },
          { quantity: 1, disposition: 'destroy' },
        ],
      },
    ]);
  });

  it('is never more than was sent in its parcel: the rest is named by SKU, and booked as well', () => {
    given(...returning)
      .when(receive({ parcels: [{ parcelId: '1', lines: [{ lineId: '1', quantity: 3 }] }] }))
      .thenRefused('RTO_RECEIPT_WRONG');
    const others = [{ sku: 'LAMP', quantity: 1, disposition: 'quarantine' as const }];
    expect(receivedOf(after(returning, receive({ parcels: [{ parcelId: '1' }], others })))).toMatchObject([
      { parcels: [first], lines: restocked(first?.lines ?? []), others },
    ]);
    expect(receivedOf(after([...returning, whole], receive({ others })))).toMatchObject([{}, { parcels: [], lines: [], others }]);
  });

  it('names the parcel that is not of this shipment, and the one that is named twice', () => {
    const errorsOf = (receipt: Partial<RtoReceipt>) => {
      try {
        return shipment.decide(receive(receipt), fold(shipment, returning));
      } catch (error) {
        return (error as { errors?: unknown }).errors;
      }
    };
    expect(errorsOf({ parcels: [{ trackingNumber: 'CTG1' }, { trackingNumber: 'WHOSE' }, {}] })).toMatchObject([
      { field: 'parcels[1]', code: 'PARCEL_UNKNOWN' },
      { field: 'parcels[2]', code: 'PARCEL_UNKNOWN' },
    ]);
    expect(errorsOf({ parcels: [{ trackingNumber: 'CTG1' }, { parcelId: '1' }] })).toMatchObject([
      { field: 'parcels[1]', code: 'PARCEL_REPEATED' },
    ]);
  });

  it('that its carrier brings without a word was sent back all the same', () => {
    const events = after(dispatched, receive({ parcels: [{ parcelId: '2' }] })).slice(dispatched.length);
    expect(events).toMatchObject([
      { type: 'RtoInitiated', data: { parcels: [second], lines: second?.lines, reason: { code: 'received-at-dock' } } },
      { type: 'RtoReceived', data: { parcels: [second] } },
    ]);
    const delivered = after(dispatched, recordScan('delivered', 9));
    expect(after(delivered, receive({ parcels: [{ parcelId: '1' }] })).slice(delivered.length)).toMatchObject([
      { type: 'RtoInitiated', data: { parcels: [first] } },
      { type: 'RtoReceived' },
    ]);
  });

  it('is not what the customer has, unless somebody names it', () => {
    const delivered = after(dispatched, recordScan('delivered', 9), recordScan('returned', 9, 'CTG2'));
    expect(receivedOf(after(delivered, receive()))).toMatchObject([{ parcels: [second] }]);
  });

  it('never left where no carrier has it', () => {
    given().when(receive()).thenRefused('SHIPMENT_UNKNOWN');
    for (const past of [toPack, packed])
      given(...past)
        .when(receive())
        .thenRefused('SHIPMENT_NOT_DISPATCHED');
  });

  it('tells once of its way back, by the carrier’s clock', () => {
    const scan = recordScan('in-transit', 10);
    const events = after(returning, recordScan('in-transit', 8), scan, scan, recordScan('in-transit', 11)).slice(returning.length);
    expect(events.map(({ type }) => type)).toEqual(['ScanRecorded', 'RtoInTransit', 'ScanRecorded']);
    expect(events[1]).toMatchObject({ data: { parcelId: '1', occurredAt: scanAt('in-transit', 10).occurredAt } });
  });
});

/** Units of a parcel's lines that came back though they were never in it. */
const tooMany = ({
  parcelId,
  back = new Map<string, number>(),
}: {
  readonly parcelId: string;
  readonly back?: ReadonlyMap<string, number>;
}) => {
  const sent = new Map(contents.find((each) => each.parcelId === parcelId)?.lines.map(({ lineId, quantity }) => [lineId, quantity]));
  return [...back].filter(([lineId, units]) => units > (sent.get(lineId) ?? 0));
};

describe('receipts in any parts', () => {
  const part = fc.record({
    parcelId: fc.constantFrom('1', '2'),
    lines: fc.array(fc.record({ lineId: fc.constantFrom('1', '2'), quantity: fc.integer({ min: 1, max: 3 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
  });
  const steps = fc.array(
    fc.oneof(
      fc.array(part, { minLength: 1, maxLength: 2 }).map((parcels) => receive({ parcels })),
      fc.constant(recordScan('delivered', 11)),
    ),
    {
      maxLength: 10,
    },
  );
  it('never bring more of a parcel than was in it, and what we have in hand stays back', () =>
    fc.assert(
      fc.property(steps, (commands) => {
        const events = commands.reduce<readonly ShipmentEvent[]>((past, command) => {
          try {
            return after(past, command);
          } catch (error) {
            if (error instanceof Refused) return past;
            throw error;
          }
        }, dispatched);
        const state = fold(shipment, events);
        const back = ('tracked' in state ? state.tracked : []).filter((parcel) => parcel.back);
        expect(back.map(({ status }) => status)).toEqual(back.map(() => 'returned'));
        expect(back.flatMap(tooMany)).toEqual([]);
      }),
      { numRuns: 300 },
    ));
});
