import { fold, Refused, specFor } from '@cartage/eventsourcing';
import type { LineConfirmed } from './confirming';
import { shipment } from './decide';
import type { ShipmentCommand } from './commands';
import type { ShipmentEvent } from './events';
import { cancel, facts, hold, holdOf, now, orderCancelled, pack, packed, plan, ref, toPack } from './shipment.fixture';

const { given } = specFor(shipment);
const pick = (...lines: readonly LineConfirmed[]): ShipmentCommand => ({ type: 'PickShipment', data: { lines, now } });
const theRest: ShipmentCommand = { type: 'PickShipment', data: { now } };
const notFound = { code: 'not-found', by: 'operator' };
const shortOf = (lineId: string, sku: string, quantity: number) => ({
  lineId,
  sku,
  quantity,
  missing: [{ sku, quantity }],
  reason: notFound,
});
const pickedFact = (data: Partial<Extract<ShipmentEvent, { type: 'ShipmentPicked' }>['data']>): ShipmentEvent => ({
  type: 'ShipmentPicked',
  data: { ...ref, lines: plan.lines, short: [], pickedAt: now, ...data },
});
const confirmed = (...lines: Extract<ShipmentEvent, { type: 'LinesConfirmed' }>['data']['lines']): ShipmentEvent => ({
  type: 'LinesConfirmed',
  data: { shipmentId: ref.shipmentId, orderId: ref.orderId, lines, confirmedAt: now },
});
const [mugs, lamp] = [
  { lineId: '1', sku: 'MUG', quantity: 3 },
  { lineId: '2', sku: 'LAMP', quantity: 1 },
];
const twoMugs = { ...mugs, quantity: 2 };
const shortMug = pickedFact({ lines: [twoMugs, lamp], short: [shortOf('1', 'MUG', 1)] });
const nothing: readonly ShipmentEvent[] = [
  pickedFact({ lines: [], short: [shortOf('1', 'MUG', 3), shortOf('2', 'LAMP', 1)] }),
  {
    type: 'ShipmentCancelled',
    data: { ...ref, lines: [], reason: { code: 'short-picked', detail: 'Nothing of it was there.', by: 'operator' }, cancelledAt: now },
  },
];
const errorsOf = (command: ShipmentCommand, ...past: readonly ShipmentEvent[]): unknown => {
  try {
    return shipment.decide(command, fold(shipment, past));
  } catch (error) {
    if (error instanceof Refused) return error.errors;
    throw error;
  }
};

describe('picking a shipment', () => {
  it('is said once for all of it', () =>
    given(...toPack)
      .when(theRest)
      .thenOnce(pickedFact({})));

  it('is said line by line, by whoever finds them, and ends when every unit is accounted for', () => {
    given(...toPack)
      .when(pick({ lineId: '1', quantity: 2 }))
      .thenOnce(confirmed({ lineId: '1', quantity: 2, short: 0 }));
    given(...toPack, confirmed({ lineId: '1', quantity: 2, short: 0 }))
      .when(pick({ lineId: '2' }))
      .thenOnce(confirmed({ lineId: '2', quantity: 1, short: 0 }));
    given(...toPack, confirmed({ lineId: '1', quantity: 2, short: 0 }, { lineId: '2', quantity: 1, short: 0 }))
      .when(pick({ lineId: '1', quantity: 3 }))
      .thenOnce(pickedFact({}));
  });

  it('leaves what is short to others, and goes on with the rest', () => {
    given(...toPack)
      .when(pick({ lineId: '1', short: 1 }, { lineId: '2' }))
      .thenOnce(shortMug);
    expect(fold(shipment, [...toPack, shortMug])).toMatchObject({ status: 'to-pack', plan: { lines: [twoMugs, lamp] } });
  });

  it('keeps what was found short by one picker when another confirms the rest', () =>
    given(...toPack, confirmed({ lineId: '1', quantity: 2, short: 1, missing: [{ sku: 'MUG', quantity: 1 }], reason: notFound }))
      .when(theRest)
      .thenOnce(shortMug));

  it('is packed, and handed over, with what is there', () => {
    expect(errorsOf(pack, ...toPack, shortMug)).toMatchObject([{ code: 'LINE_PACKED_TWICE' }]);
    const parcels = [{ weightGrams: 900, lines: [twoMugs, lamp].map(({ lineId, quantity }) => ({ lineId, quantity })) }];
    given(...toPack, shortMug)
      .when({ type: 'PackShipment', data: { now, parcels } })
      .thenOnce({
        type: 'ShipmentPacked',
        data: { ...ref, lines: [twoMugs, lamp], parcels: [{ parcelId: '1', weightGrams: 900, lines: [twoMugs, lamp] }], packedAt: now },
      });
  });

  it('may find more missing until it is packed, and told then is only what is new', () => {
    given(...toPack, shortMug)
      .when(pick({ lineId: '1', short: 2 }))
      .thenOnce(pickedFact({ lines: [{ ...mugs, quantity: 1 }, lamp], short: [shortOf('1', 'MUG', 1)] }));
    given(...packed)
      .when(pick({ lineId: '1', short: 2 }))
      .thenRefused('SHIPMENT_PACKED_ALREADY');
  });

  it('does not find again what others look for', () => {
    given(...toPack, shortMug)
      .when(pick({ lineId: '1', quantity: 3 }))
      .thenRefused('SHIPMENT_PICKED_ALREADY');
    given(...toPack, shortMug)
      .when(pick({ lineId: '1', quantity: 1 }))
      .thenRefused('SHIPMENT_PICKED_ALREADY');
  });

  it('ends it where nothing was there', () =>
    given(...toPack)
      .when(pick({ lineId: '1', short: 3 }, { lineId: '2', short: 1 }))
      .thenOnce(...nothing));

  it('names of a kit the parts that are missing, or all of them', () => {
    const parts = [
      { sku: 'CUP', quantity: 2, share: 60 },
      { sku: 'POT', quantity: 1, share: 40 },
    ];
    const kit = { lineId: '9', sku: 'TEA-SET', quantity: 2, parts };
    const planned: ShipmentEvent = { type: 'ShipmentPlanned', data: { ...plan, lines: [kit], plannedAt: now } };
    const left = [{ ...kit, quantity: 1 }];
    const told = (missing: Extract<ShipmentEvent, { type: 'ShipmentPicked' }>['data']['short'][number]['missing']) =>
      pickedFact({ lines: left, short: [{ ...kit, quantity: 1, missing, reason: notFound }] });
    given(planned)
      .when(pick({ lineId: '9', short: 1 }))
      .thenOnce(
        told([
          { sku: 'CUP', quantity: 2 },
          { sku: 'POT', quantity: 1 },
        ]),
      );
    given(planned)
      .when(pick({ lineId: '9', short: 1, missing: [{ sku: 'POT', quantity: 1 }] }))
      .thenOnce(told([{ sku: 'POT', quantity: 1 }]));
    expect(errorsOf(pick({ lineId: '9', short: 1, missing: [{ sku: 'POT', quantity: 2 }] }), planned)).toMatchObject([
      { field: 'lines[0].missing', code: 'PIECES_WRONG' },
    ]);
  });

  it('refuses what cannot be, and names the field', () => {
    expect(errorsOf(pick({ lineId: '1', quantity: 3, short: 1 }, { lineId: '7' }, { lineId: '1' }), ...toPack)).toMatchObject([
      { field: 'lines[0].quantity', code: 'LINE_PICKED_TWICE' },
      { field: 'lines[1].lineId', code: 'LINE_NOT_IN_SHIPMENT' },
      { field: 'lines[2].lineId', code: 'LINE_REPEATED' },
    ]);
  });

  it('is for who holds the goods: not while it is held, nor once it is cancelled, nor of what is not heard of', () => {
    given(...toPack, { type: 'ShipmentHeld', data: { ...ref, ...hold('h1') } })
      .when(theRest)
      .thenRefused('SHIPMENT_HELD');
    given(...toPack, facts.cancelled)
      .when(theRest)
      .thenRefused('SHIPMENT_CANCELLED');
    given().when(theRest).thenRefused('SHIPMENT_UNKNOWN');
  });

  it('is not packed before it is finished, once it was begun', () =>
    given(...toPack, confirmed({ lineId: '1', quantity: 3, short: 0 }))
      .when(pack)
      .thenRefused('SHIPMENT_NOT_PICKED'));

  it('may be crossed by a cancellation or a hold: what is told then is of what is there', () => {
    given(...toPack, shortMug)
      .when(cancel)
      .thenOnce({ type: 'ShipmentCancelled', data: { ...ref, lines: [twoMugs, lamp], reason: orderCancelled, cancelledAt: now } });
    given(...toPack, shortMug)
      .when(holdOf('h1'))
      .thenOnce({ type: 'ShipmentHeld', data: { ...ref, ...hold('h1') } });
    given(...toPack, ...nothing)
      .when(cancel)
      .thenNothing();
  });
});
