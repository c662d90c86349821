import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contracts } from '@cartage/contracts';
import { fold, type StoredEvent } from '@cartage/eventsourcing';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { shipment } from './decide';
import type { ShipmentEvent } from './events';
import { published } from './published';

const folder = join(__dirname, 'golden');
const golden = (type: string): ShipmentEvent =>
  ({ type, data: JSON.parse(readFileSync(join(folder, `${type}.v1.json`), 'utf8')) as unknown }) as ShipmentEvent;
const stored = (event: ShipmentEvent): StoredEvent<ShipmentEvent> => ({
  ...event,
  id: 'e',
  stream: 'shipment-s',
  version: 1,
  position: '1',
  recordedAt: '2026-11-23T12:00:00.000Z',
  meta: { commandId: 'c', correlationId: 'c', actor: 'spec', sequence: 1 },
});

/** Stored names are for ever: a change here must be an addition. */
const names: readonly ShipmentEvent['type'][] = [
  'ShipmentPlanned',
  'WaveJoined',
  'LinesConfirmed',
  'ShipmentPicked',
  'ShipmentPacked',
  'LabelFailed',
  'RatesQuoted',
  'LabelRequested',
  'LabelDelayed',
  'LabelPurchased',
  'ShipmentDispatched',
  'ShipmentInTransit',
  'ShipmentOutForDelivery',
  'DeliveryAttemptFailed',
  'ShipmentException',
  'ScanRecorded',
  'CancellationRefused',
  'ArrivedAtStore',
  'ShipmentDelivered',
  'RtoInitiated',
  'RtoInTransit',
  'RtoReceived',
  'ShipmentCancelled',
  'LabelVoided',
  'ShipmentHeld',
  'ShipmentReleased',
  'DestinationReplaced',
  'InstructionsReplaced',
  'DestinationChangeRefused',
  'DeliveryInstructed',
  'InstructionAccepted',
  'InstructionRefused',
  'WaveLeft',
  'ParcelLost',
  'ParcelFound',
  'ShipmentAccepted',
  'ShipmentRejected',
  'ShipmentCancellationRequested',
];

const translate = published as {
  readonly [type: string]: ((event: StoredEvent) => { readonly type: string; readonly data: unknown }) | undefined;
};
const ajv = addFormats(new Ajv({ strict: false }));

describe('the stored events of a shipment', () => {
  it('have one golden sample each, and none lost its name', () =>
    expect(readdirSync(folder).sort()).toEqual(names.map((name) => `${name}.v1.json`).sort()));

  it('fold for ever', () => {
    const way = names.filter((name) => names.indexOf(name) < names.indexOf('RtoInitiated')).map(golden);
    expect(fold(shipment, way)).toMatchObject({
      status: 'delivered',
      label: { parcels: [{ trackingNumber: 'CTG4K7Q2M9X1B8' }] },
      lateCancellation: { code: 'handed-over' },
      tracked: [
        {
          scans: [
            { eventId: 'sim-1' },
            { eventId: 'sim-2' },
            { eventId: 'sim-3' },
            { eventId: 'sim-4' },
            { eventId: 'sim-7' },
            { eventId: 'sim-4a' },
            { eventId: 'sim-5' },
          ],
        },
      ],
    });
    const cut = names.slice(0, names.indexOf('ShipmentDispatched')).map(golden);
    expect(fold(shipment, [...cut, golden('ShipmentCancelled'), golden('LabelVoided')])).toMatchObject({
      status: 'cancelled',
      labelsToVoid: [],
    });
    const back = [...cut, golden('ShipmentDispatched'), golden('RtoInitiated'), golden('RtoInTransit')];
    expect(fold(shipment, back)).toMatchObject({ status: 'returning', tracked: [{ scans: [{}, { milestone: 'in-transit' }] }] });
    expect(fold(shipment, [...back, golden('RtoReceived')])).toMatchObject({
      status: 'returned',
      tracked: [{ back: new Map([['1', 1]]) }],
    });
  });

  it('fold for ever: what stands still, and where it goes', () => {
    const cut = names.slice(0, names.indexOf('ShipmentDispatched')).map(golden);
    const held = [...cut, golden('ShipmentHeld')];
    expect(fold(shipment, held)).toMatchObject({ status: 'labelled', holds: [{ type: 'fraud', reason: { code: 'looks-odd' } }] });
    const elsewhere = fold(shipment, [...held, golden('ShipmentReleased'), golden('DestinationReplaced')]);
    expect(elsewhere).toMatchObject({ status: 'packed', holds: [], plan: { destination: { country: 'FR' } }, labelsToVoid: [{}] });
    expect(fold(shipment, [...held, golden('InstructionsReplaced')])).toMatchObject({
      plan: { groupInstructions: 'Ring twice.', lines: [{ instructions: 'Gift wrap.' }, {}] },
    });
    const late = fold(shipment, [...cut, golden('ShipmentDispatched'), golden('DestinationChangeRefused')]);
    expect(late).toMatchObject({ status: 'dispatched', destinationChangedAt: expect.any(String) });
  });

  it('fold for ever: what the carrier is to do', () => {
    const cut = [...names.slice(0, names.indexOf('ShipmentDispatched')).map(golden), golden('ShipmentDispatched')];
    const told = [...cut, golden('DeliveryAttemptFailed'), golden('DeliveryInstructed')];
    expect(fold(shipment, [...told, golden('InstructionAccepted')])).toMatchObject({
      status: 'attempt-failed',
      instructions: [{ instruction: 'reschedule', day: '2026-11-26', personal: { box: 'AAAA' }, outcome: { accepted: true } }],
    });
    expect(fold(shipment, [...told, golden('InstructionRefused')])).toMatchObject({
      instructions: [{ outcome: { accepted: false, reason: { code: 'by-hand' } } }],
    });
  });

  it('fold for ever: what was lost, and found', () => {
    const cut = [...names.slice(0, names.indexOf('ShipmentDispatched')).map(golden), golden('ShipmentDispatched'), golden('ParcelLost')];
    expect(fold(shipment, cut)).toMatchObject({ status: 'dispatched', lost: [{ parcelId: '1', lostAt: '2026-12-24T09:00:00.000Z' }] });
    expect(fold(shipment, [...cut, golden('ParcelFound')])).toMatchObject({ lost: [{ foundAt: '2026-12-24T09:00:00.000Z' }] });
  });

  it('fold for ever: what others fulfil for us', () => {
    const asked = [
      golden('ShipmentPlanned'),
      golden('ShipmentAccepted'),
      golden('ShipmentRejected'),
      golden('ShipmentCancellationRequested'),
    ];
    expect(fold(shipment, asked)).toMatchObject({
      withPartner: { acceptedAt: expect.any(String), rejected: 'part', cancellation: { reason: { code: 'changed-mind' } } },
    });
  });

  it.each(Object.keys(published))('%s is published as its contract says, without the carrier’s event id', (type) => {
    const publicly = translate[type]?.(stored(golden(type)));
    const schema = contracts.find((contract) => contract.type === publicly?.type)?.data.json ?? false;
    expect(ajv.validate(schema, publicly?.data) || ajv.errors).toBe(true);
    expect(publicly?.data).not.toHaveProperty('eventId');
    expect(publicly?.data).not.toHaveProperty('changedAt');
  });

  it('keep a corrected address to themselves', () =>
    expect(translate['DeliveryInstructed']?.(stored(golden('DeliveryInstructed'))).data).not.toHaveProperty('personal'));

  it('never carry personal data in the clear, only the sealed box', () =>
    expect(golden('ShipmentPlanned').data).toMatchObject({ personal: { key: expect.any(String), box: expect.any(String) } }));
});
