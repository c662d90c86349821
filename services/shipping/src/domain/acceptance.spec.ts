import { specFor } from '@cartage/eventsourcing';
import type { DataOf } from '@cartage/eventsourcing';
import type { ShipmentCommand } from './commands';
import { shipment } from './decide';
import type { ShipmentEvent } from './events';
import type { PartnerNotice } from './partner-notice';
import { now, plan, ref } from './shipment.fixture';

const { given } = specFor(shipment);
const partner = 'lamp-works';
const planned: ShipmentEvent = { type: 'ShipmentPlanned', data: { ...plan, partner, plannedAt: now } };
const hear = (notice: PartnerNotice): ShipmentCommand => ({
  type: 'HearPartner',
  data: { partner, notice, labelId: 'l9', trackingToken: 'token', now },
});
const mugs = { lineId: '1', sku: 'MUG', quantity: 3 };
const lamp = { lineId: '2', sku: 'LAMP', quantity: 1 };
const units = ({ lineId, quantity }: typeof mugs) => ({ lineId, quantity });
const accepted = (said: object = {}): ShipmentEvent => ({ type: 'ShipmentAccepted', data: { ...ref, partner, ...said, acceptedAt: now } });
const shipsAt = '2026-11-25T12:00:00.000Z';

describe('whoever fulfils it takes it', () => {
  it('line by line, and with the last of them all of it', () => {
    given(planned)
      .when(hear({ kind: 'accepted', lines: [units(mugs)] }))
      .thenOnce(accepted({ lines: [mugs] }));
    given(planned, accepted({ lines: [mugs] }))
      .when(hear({ kind: 'accepted', lines: [units(lamp)] }))
      .thenOnce(accepted());
    given(planned)
      .when(hear({ kind: 'accepted', lines: [units(mugs), units(lamp)] }))
      .thenOnce(accepted());
  });

  it('with a date, which may change until it has left', () => {
    given(planned)
      .when(hear({ kind: 'accepted', shipsAt }))
      .thenOnce(accepted({ shipsAt }));
    given(planned, accepted({ shipsAt }))
      .when(hear({ kind: 'accepted' }))
      .then();
    const later = '2026-11-27T12:00:00.000Z';
    given(planned, accepted({ shipsAt }))
      .when(hear({ kind: 'accepted', shipsAt: later }))
      .thenOnce(accepted({ shipsAt: later }));
    given(planned, ...gone, accepted({ shipsAt }))
      .when(hear({ kind: 'accepted', shipsAt: later }))
      .then();
  });

  it('in no more units than were asked, and not what is no part of it', () => {
    given(planned)
      .when(hear({ kind: 'accepted', lines: [{ lineId: '1', quantity: 9 }] }))
      .then(accepted({ lines: [mugs] }));
    given(planned)
      .when(hear({ kind: 'accepted', lines: [{ lineId: '9', quantity: 1 }] }))
      .thenRefused('LINE_NOT_IN_SHIPMENT');
  });
});

const parcels = [{ parcelId: '1', weightGrams: 900, lines: plan.lines }];
const numbered = [{ parcelId: '1', trackingNumber: 'JD01', lines: plan.lines }];
const dispatched: ShipmentEvent = {
  type: 'ShipmentDispatched',
  data: { ...ref, carrier: 'dhl', parcels: numbered, lines: plan.lines, dispatchedAt: now },
};
const packed: readonly ShipmentEvent[] = [
  { type: 'ShipmentPacked', data: { ...ref, lines: plan.lines, parcels, labelledBy: partner, packedAt: now } },
  {
    type: 'LabelPurchased',
    data: { ...ref, labelId: 'l9', carrier: 'dhl', service: 'partner', parcels: numbered, trackingToken: 'token', purchasedAt: now },
  },
];
const gone = [...packed, dispatched];
const deliveredAt = '2026-11-26T12:00:00.000Z';
const arrived = (eventId: string, reason: object): ShipmentEvent => ({
  type: 'ShipmentDelivered',
  data: {
    ...{ ...ref, carrier: 'dhl', eventId, parcels: numbered, lines: plan.lines, occurredAt: deliveredAt, recordedAt: now },
    ...({ reason } as Pick<DataOf<ShipmentEvent, 'ShipmentDelivered'>, 'reason'>),
  },
});

describe('a parcel of whoever fulfils it, which no carrier of ours scans', () => {
  const said = { code: 'told-by-partner', detail: 'Whoever fulfils it said so.', by: 'provider' };

  it('is there when its sender says so, told as such, and once; before it has left that waits', () => {
    given(planned, ...gone)
      .when(hear({ kind: 'delivered', deliveredAt }))
      .thenOnce(arrived(said.code, said));
    given(planned, ...gone)
      .when(hear({ kind: 'delivered', deliveredAt, parcels: [{ trackingNumber: 'JD99' }] }))
      .thenRefused('PARCEL_UNKNOWN');
    given(planned, ...packed)
      .when(hear({ kind: 'delivered', deliveredAt }))
      .thenRefused('SHIPMENT_NOT_DISPATCHED');
  });

  it('is taken to be there when nothing was heard of it for as long as was agreed, and not if it was', () => {
    const supposed = { code: 'supposed-delivered', detail: 'Nothing was heard of it for as long as was agreed.', by: 'policy' };
    const suppose = { type: 'SupposeDelivered', data: { now: deliveredAt } } as const;
    const { data } = arrived(supposed.code, supposed);
    given(planned, ...gone)
      .when(suppose)
      .thenOnce({ type: 'ShipmentDelivered', data: { ...data, recordedAt: deliveredAt } } as ShipmentEvent);
    const scan: ShipmentEvent = {
      type: 'ShipmentInTransit',
      data: { ...ref, carrier: 'dhl', parcelId: '1', trackingNumber: 'JD01', eventId: 'e1', occurredAt: deliveredAt, recordedAt: now },
    };
    given(planned, ...gone, scan)
      .when(suppose)
      .then();
    given(planned, ...packed)
      .when(suppose)
      .then();
  });
});
