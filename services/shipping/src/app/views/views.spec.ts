import { goldenSamples } from '@cartage/testkit';
import { rowsAfter, type AnyView } from '@cartage/views';
import { join } from 'node:path';
import type { Plan, ShipmentEvent } from '../../domain/events';
import { dispatched, facts, labelId, now, packed, parcels, plan, ref, scanAt } from '../../domain/shipment.fixture';
import type { WayBackEvent } from '../../domain/way-back/events';
import { labelFailure } from './label-failure';
import { returnParcel } from './return-parcel';
import { shipmentMilestone } from './shipment-milestone';
import { shipmentSummary } from './shipment-summary';

const first = { parcelId: '1', trackingNumber: 'CTG1' };
const inTransit: ShipmentEvent = {
  type: 'ShipmentInTransit',
  data: { ...ref, carrier: 'simulated', ...first, ...scanAt('in-transit', 8), recordedAt: now },
};
const kept = (hour: number, late: boolean): ShipmentEvent => ({
  type: 'ScanRecorded',
  data: {
    shipmentId: ref.shipmentId,
    orderId: ref.orderId,
    ...first,
    ...scanAt('in-transit', hour),
    place: `Hub ${hour}`,
    late,
    recordedAt: now,
  },
});

describe('the summary of a shipment', () => {
  it('tells what is really in it once it was picked', () => {
    const short = [{ lineId: '1', sku: 'MUG', quantity: 1, missing: [], reason: { code: 'not-found', by: 'operator' } }];
    const left = [{ lineId: '1', sku: 'MUG', quantity: 2 }];
    const planned: ShipmentEvent = { type: 'ShipmentPlanned', data: { ...plan, plannedAt: now } };
    const picked: ShipmentEvent = { type: 'ShipmentPicked', data: { ...ref, lines: left, short, pickedAt: now } };
    expect(rowsAfter(shipmentSummary, [planned, picked])).toMatchObject([
      { status: 'to-pack', lines: left, line_count: 1, unit_count: 2, short_count: 1, picked_at: now },
    ]);
  });

  it('tells what it is, where it stands and when it reached each step', () =>
    expect(rowsAfter(shipmentSummary, dispatched)).toEqual([
      {
        ...{
          shipment_id: ref.shipmentId,
          order_id: ref.orderId,
          channel: 'web',
          fulfillment_id: ref.fulfillmentId,
          location: 'LEEDS',
          short_count: 0,
          sold_service: null,
          wave_id: null,
          status: 'dispatched',
        },
        ...{
          priority: 'standard',
          special: false,
          country: 'GB',
          postal_area: 'LS1',
          lines: plan.lines,
          line_count: 2,
          unit_count: 4,
          ship_by: null,
          deliver_by: null,
          parcels: parcels.length,
          weight_grams: 1_700,
        },
        ...{
          carrier: 'simulated',
          service: 'standard',
          tracking_numbers: ['CTG1', 'CTG2'],
          tracking_token: 'token',
          label_cost: 420,
          label_currency: 'GBP',
        },
        ...{ label_failure: null, held: null, planned_at: now, packed_at: now, labelled_at: now, dispatched_at: now },
      },
    ]));

  it('tells which is special: something is said to whoever packs it, or a line is made otherwise; as it is said now', () => {
    const planned = (changes: Partial<Plan>): ShipmentEvent => ({ type: 'ShipmentPlanned', data: { ...plan, ...changes, plannedAt: now } });
    const isSpecial = (...events: readonly ShipmentEvent[]) => rowsAfter(shipmentSummary, events)[0]?.['special'];
    const lines = plan.lines.map((line) => ({ ...line, attributes: { engraving: 'Z' } }));
    expect(
      [planned({}), planned({ instructions: 'Ribbon.' }), planned({ groupInstructions: 'Ribbon.' }), planned({ lines })].map((each) =>
        isSpecial(each),
      ),
    ).toEqual([...[false, true, true, true]]);
    const taken: ShipmentEvent = { type: 'InstructionsReplaced', data: { shipmentId: ref.shipmentId, lines: [] } };
    expect(isSpecial(planned({ instructions: 'Ribbon.' }), taken)).toBe(false);
  });

  it('shows the newest scan, and not one that came late', () => {
    const [row] = rowsAfter(shipmentSummary, [...dispatched, inTransit, kept(9, false), kept(7, true)]);
    expect(row).toMatchObject({ status: 'in-transit', last_place: 'Hub 9', last_scan_at: scanAt('in-transit', 9).occurredAt });
  });

  it('says by which policy its carrier was chosen, last', () => {
    const by = (policy: string | undefined): ShipmentEvent => ({
      ...facts.requested,
      data: { ...facts.requested.data, ...(policy === undefined ? {} : { policy }) },
    });
    expect(rowsAfter(shipmentSummary, [...packed, by('carriers@1'), by('carriers@2')])[0]?.['label_policy']).toBe('carriers@2');
    expect(rowsAfter(shipmentSummary, [...packed, by('carriers@1'), by(undefined)])).toMatchObject([{ label_policy: 'carriers@1' }]);
    const nobody: ShipmentEvent = { ...facts.labelFailed, data: { ...facts.labelFailed.data, policy: 'carriers@3' } };
    expect(rowsAfter(shipmentSummary, [...packed, nobody])).toMatchObject([{ status: 'label-failed', label_policy: 'carriers@3' }]);
  });

  it('shows why it was cancelled, and nothing of a shipment that was never planned', () => {
    expect(rowsAfter(shipmentSummary, [facts.planned, facts.cancelled])).toMatchObject([
      { status: 'cancelled', cancel_reason: 'order-cancelled' },
    ]);
    expect(rowsAfter(shipmentSummary, [facts.cancelled])).toEqual([]);
  });
});

describe('the milestones of a shipment', () => {
  it('are every scan once, late ones marked', () =>
    expect(rowsAfter(shipmentMilestone, [...dispatched, inTransit, kept(7, true)])).toMatchObject([
      { milestone: 'label-created', version: 4, late: false },
      { milestone: 'picked-up', version: 5, occurred_at: now },
      { milestone: 'in-transit', version: 6, place: 'Leeds hub', late: false },
      { milestone: 'in-transit', version: 7, place: 'Hub 7', late: true },
    ]));
});

it.each([shipmentSummary, shipmentMilestone])('view $name writes only columns that it has', (view: AnyView) => {
  const written = rowsAfter(view, [...dispatched, facts.labelFailed, inTransit, kept(9, false), facts.cancelled]).flatMap((row) =>
    Object.keys(row),
  );
  expect(Object.keys(view.columns)).toEqual(expect.arrayContaining(written));
});

describe('labels that there were none of', () => {
  const refused = {
    shipment_id: ref.shipmentId,
    return_id: null,
    order_id: ref.orderId,
    label_id: labelId,
    carrier: 'simulated',
    policy: null,
  };
  const why = { reason: 'postal-code-unknown', detail: 'No.', failed_at: now };

  it('are told one by one, however often a label of one shipment was refused, with why', () => {
    const again: ShipmentEvent = {
      type: 'LabelFailed',
      data: { ...ref, carrier: '', policy: 'carriers@2', reason: { code: 'no-carrier', by: 'policy' }, failedAt: now },
    };
    expect(rowsAfter(labelFailure, [...packed, facts.requested, facts.labelFailed, again])).toEqual([
      { event_id: 'event-4', ...refused, ...why },
      {
        event_id: 'event-5',
        ...refused,
        label_id: null,
        carrier: '',
        policy: 'carriers@2',
        reason: 'no-carrier',
        detail: null,
        failed_at: now,
      },
    ]);
  });

  it('are told of returns as well, and a label of one says by which policy its carrier was chosen', () => {
    const golden = goldenSamples<WayBackEvent>(join(__dirname, '../../domain/way-back/golden'));
    const [asked, failed] = [golden.of('ReturnLabelRequested'), golden.of('ReturnLabelFailed')];
    const { returnId, orderId, reason } = failed.data;
    const named: WayBackEvent = { ...asked, data: { ...asked.data, policy: 'carriers@3' } };
    expect(rowsAfter(labelFailure, [asked, failed])).toMatchObject([
      { shipment_id: null, return_id: returnId, order_id: orderId, carrier: 'simulated', reason: reason.code, detail: reason.detail },
    ]);
    expect([asked, named].map((each) => rowsAfter(returnParcel, [each])[0]?.['policy'])).toEqual([null, 'carriers@3']);
  });
});
