import { specFor } from '@cartage/eventsourcing';
import type { ShipmentCommand } from './commands';
import { shipment } from './decide';
import type { ShipmentEvent } from './events';
import type { PartnerNotice, PartnerParcel } from './partner-notice';
import { cancel, facts, holdOf, now, orderCancelled, plan, ref } from './shipment.fixture';

const { given } = specFor(shipment);
const partner = 'north-3pl';
const planned: ShipmentEvent = { type: 'ShipmentPlanned', data: { ...plan, partner, plannedAt: now } };
const hear = (notice: PartnerNotice, by = partner): ShipmentCommand => ({
  type: 'HearPartner',
  data: { partner: by, notice, labelId: 'l9', trackingToken: 'token', now },
});

const reason = { code: 'damaged', by: 'provider' };
const units = (...quantities: readonly number[]) => quantities.map((quantity, i) => ({ lineId: String(i + 1), quantity }));
const parcel = (more: PartnerParcel = {}): PartnerParcel => ({ weightGrams: 900, lines: units(3, 1), ...more });
const packing = (label: 'ours' | 'own', ...parcels: readonly PartnerParcel[]): PartnerNotice => ({ kind: 'packed', parcels, label });
const gone = (...parcels: readonly PartnerParcel[]): PartnerNotice => ({
  ...{ kind: 'dispatched', dispatchedAt: '2026-11-23T15:00:00.000Z', carrier: 'dhl' },
  ...(parcels.length > 0 ? { parcels } : {}),
});

const wholeParcel = [{ parcelId: '1', weightGrams: 900, lines: plan.lines }];
const packed: ShipmentEvent = {
  type: 'ShipmentPacked',
  data: { ...ref, lines: plan.lines, parcels: wholeParcel, labelledBy: partner, packedAt: now },
};
const numbered = [{ parcelId: '1', trackingNumber: 'JD01', lines: plan.lines }];
const labelled: ShipmentEvent = {
  type: 'LabelPurchased',
  data: { ...ref, labelId: 'l9', carrier: 'dhl', service: 'partner', parcels: numbered, trackingToken: 'token', purchasedAt: now },
};
const dispatched: ShipmentEvent = {
  type: 'ShipmentDispatched',
  data: {
    ...{ ...ref, partner, carrier: 'dhl', parcels: numbered, lines: plan.lines, trackingToken: 'token' },
    dispatchedAt: '2026-11-23T15:00:00.000Z',
  },
};
const asked: ShipmentEvent = { type: 'ShipmentCancellationRequested', data: { ...ref, partner, reason: orderCancelled, requestedAt: now } };
const tooLate: ShipmentEvent = {
  type: 'CancellationRefused',
  data: { ...ref, reason: { code: 'handed-over', detail: 'Whoever fulfils it had sent it.', by: 'provider' }, refusedAt: now },
};

describe('what whoever fulfils a shipment for us says', () => {
  it('waits where nothing was planned, and is no word of anybody else', () => {
    given()
      .when(hear({ kind: 'accepted' }))
      .thenRefused('SHIPMENT_UNKNOWN');
    given(planned)
      .when(hear({ kind: 'accepted' }, 'other-3pl'))
      .thenRefused('SHIPMENT_NOT_OF_PARTNER');
    given(facts.planned)
      .when(hear({ kind: 'accepted' }))
      .thenRefused('SHIPMENT_NOT_OF_PARTNER');
  });

  it('is that it takes it, or will not, with what that says of its stock', () => {
    given(planned)
      .when(hear({ kind: 'accepted' }))
      .thenOnce({ type: 'ShipmentAccepted', data: { ...ref, partner, acceptedAt: now } });
    given(planned)
      .when(hear({ kind: 'rejected', reason, stockEffect: 'minus', lines: units(2) }))
      .thenOnce({
        type: 'ShipmentRejected',
        data: { ...ref, partner, stockEffect: 'minus', lines: [{ lineId: '1', sku: 'MUG', quantity: 2 }], reason, rejectedAt: now },
      });
    given(planned)
      .when(hear({ kind: 'rejected', reason, lines: units(9) }))
      .thenRefused('LINE_NOT_IN_SHIPMENT');
  });

  it('is which units are short: it goes on with what is there', () =>
    given(planned)
      .when(hear({ kind: 'picked', lines: [{ lineId: '1', short: 2 }, { lineId: '2' }] }))
      .thenOnce({
        type: 'ShipmentPicked',
        data: {
          ...ref,
          lines: [
            { lineId: '1', sku: 'MUG', quantity: 1 },
            { lineId: '2', sku: 'LAMP', quantity: 1 },
          ],
          short: [
            { lineId: '1', sku: 'MUG', quantity: 2, missing: [{ sku: 'MUG', quantity: 2 }], reason: { code: 'not-found', by: 'operator' } },
          ],
          pickedAt: now,
        },
      }));

  it('is its parcels: for a label of ours, or with numbers of its own carrier, for which none is bought', () => {
    const { labelledBy: _, ...ours } = packed.data;
    given(planned)
      .when(hear(packing('ours', parcel())))
      .thenOnce({ type: 'ShipmentPacked', data: ours });
    const own = { ...packing('own', parcel({ trackingNumber: 'JD01' })), carrier: 'dhl' } as PartnerNotice;
    given(planned).when(hear(own)).thenOnce(packed, labelled);
  });

  it('is by its parcels what was short, where nobody had said so', () => {
    const short = {
      lineId: '1',
      sku: 'MUG',
      quantity: 1,
      missing: [{ sku: 'MUG', quantity: 1 }],
      reason: { code: 'short-packed', by: 'operator' },
    };
    const lines = [
      { lineId: '1', sku: 'MUG', quantity: 2 },
      { lineId: '2', sku: 'LAMP', quantity: 1 },
    ];
    given(planned)
      .when(hear(packing('own', parcel({ lines: units(2, 1) }))))
      .thenOnce(
        { type: 'ShipmentPicked', data: { ...ref, lines, short: [short], pickedAt: now } },
        { type: 'ShipmentPacked', data: { ...packed.data, lines, parcels: [{ parcelId: '1', weightGrams: 900, lines }] } },
      );
  });

  it('is that it was handed over, even where nobody told of its packing, or it was held', () => {
    given(planned)
      .when(hear(gone(parcel({ trackingNumber: 'JD01' }))))
      .thenOnce(packed, labelled, dispatched);
    const held = shipment.decide(holdOf('h1'), [planned].reduce(shipment.evolve, shipment.initial));
    given(planned, ...held)
      .when(hear(gone(parcel({ trackingNumber: 'JD01' }))))
      .then(packed, labelled, dispatched);
    given(planned, packed, labelled).when(hear(gone())).thenOnce(dispatched);
    given(planned)
      .when(hear(gone(parcel())))
      .thenRefused('TRACKING_MISSING');
  });
});

describe('a cancellation of what others fulfil', () => {
  it('is asked of them once, and waits for the answer', () => {
    given(planned).when(cancel).thenOnce(asked);
    given(planned, asked)
      .when(hear({ kind: 'cancelled', reason }))
      .thenOnce({ type: 'ShipmentCancelled', data: { ...ref, lines: plan.lines, reason: orderCancelled, cancelledAt: now } });
    given(planned, asked)
      .when(hear({ kind: 'cancellation-refused' }))
      .thenOnce(tooLate);
    given(planned, asked, tooLate).when(cancel).thenNothing();
  });

  it('needs no asking where they will not ship it anyway', () => {
    const rejected: ShipmentEvent = { type: 'ShipmentRejected', data: { ...ref, partner, reason, rejectedAt: now } };
    const cancelled: ShipmentEvent = {
      type: 'ShipmentCancelled',
      data: { ...ref, lines: plan.lines, reason: orderCancelled, cancelledAt: now },
    };
    given(planned, rejected).when(cancel).thenOnce(cancelled);
    given(planned, asked)
      .when(hear({ kind: 'rejected', reason }))
      .thenOnce(cancelled);
    given(planned)
      .when(hear({ kind: 'cancelled', reason }))
      .thenOnce(rejected);
  });

  it('comes too late where the goods are out, whatever was said before', () => {
    given(planned, asked)
      .when(hear(gone(parcel({ trackingNumber: 'JD01' }))))
      .thenOnce(packed, labelled, dispatched, tooLate);
    const cancelled: ShipmentEvent = {
      type: 'ShipmentCancelled',
      data: { ...ref, lines: plan.lines, reason: orderCancelled, cancelledAt: now },
    };
    given(planned, asked, cancelled)
      .when(hear(gone(parcel({ trackingNumber: 'JD01' }))))
      .thenOnce(packed, labelled, dispatched, tooLate);
  });
});
