import { bodyOf } from '../../api/client';
import { given } from '../filling';
import { commandOf, onceOf, type Deed, type Field } from '../queue';
import { shipmentsThatAre, type Shipment } from '../shipments';
import { queueOf } from '../view';

const line = (name: string, label: Field['label'], more: Partial<Field> = {}): Field => ({
  name,
  label,
  kind: 'line',
  longest: 64,
  ...more,
});

const buying = ({ shipmentId, label, labelRequest }: Shipment): Deed => ({
  key: `label ${shipmentId}`,
  name: 'queues.deed.buy-label',
  fields: [
    line('carrier', 'queues.fact.carrier', { hint: 'queues.field.carrier.hint', initial: label?.carrier ?? labelRequest?.carrier ?? '' }),
    line('service', 'queues.field.service', { hint: 'queues.field.carrier.hint' }),
  ],
  send: (api, { carrier, service }, sending) =>
    bodyOf(
      api.POST('/shipping/shipments/{shipmentId}/label', {
        params: { path: { shipmentId }, ...commandOf(sending) },
        body: { ...given('carrier', carrier), ...given('service', service) },
      }),
    ),
});

/** Parcels that wait because a carrier would not sell a label for them. */
export const labelFailures = queueOf({
  ...shipmentsThatAre('label-failed'),
  id: 'label-failures',
  deeds: (shipment) => (shipment.status === 'label-failed' ? [buying(shipment)] : []),
});

const instructions = ['reattempt', 'reschedule', 'return'] as const;
const instructionIn = (text: string | undefined): (typeof instructions)[number] =>
  instructions.find((each) => each === text) ?? 'reattempt';

const instructing = ({ shipmentId }: Shipment): Deed => ({
  key: `instruct ${shipmentId}`,
  name: 'queues.deed.instruct',
  fields: [
    { name: 'instruction', label: 'queues.field.instruction', kind: 'choice', options: instructions, named: 'queues.instruction' },
    { name: 'day', label: 'queues.field.day', kind: 'day', isRequired: true, when: ({ instruction }) => instruction === 'reschedule' },
    { name: 'note', label: 'queues.field.note', hint: 'queues.field.note.hint', kind: 'text', longest: 1_000 },
  ],
  send: (api, { instruction, day, note }, sending) =>
    bodyOf(
      api.POST('/shipping/shipments/{shipmentId}/instructions', {
        params: { path: { shipmentId }, ...onceOf(sending) },
        body: { instruction: instructionIn(instruction), ...given('day', day), ...given('note', note) },
      }),
    ),
});

/** Parcels that their carrier could not deliver: it waits for word. */
export const undelivered = queueOf({
  ...shipmentsThatAre('attempt-failed', 'exception'),
  id: 'undelivered',
  deeds: (shipment) => (['attempt-failed', 'exception'].includes(shipment.status) ? [instructing(shipment)] : []),
});

const fates = ['restock', 'quarantine', 'refurbish', 'liquidate', 'destroy', 'missing'] as const;
const fateIn = (text: string | undefined): (typeof fates)[number] => fates.find((each) => each === text) ?? 'restock';

/** Parcel by parcel: one came back, the other may still be on its way. */
const receiving = ({ shipmentId, location }: Shipment, trackingNumber: string): Deed => ({
  key: `receive ${shipmentId} ${trackingNumber}`,
  name: 'queues.deed.receive-rto',
  about: trackingNumber,
  isGrave: true,
  fields: [
    line('location', 'queues.fact.location', { hint: 'queues.field.dock.hint', isRequired: true, initial: location ?? '' }),
    { name: 'disposition', label: 'queues.field.disposition', kind: 'choice', options: fates, named: 'queues.disposition' },
  ],
  send: (api, { location: dock = '', disposition }, sending) =>
    bodyOf(
      api.POST('/shipping/shipments/{shipmentId}/rto-receipts', {
        params: { path: { shipmentId }, ...commandOf(sending) },
        body: { location: dock, parcels: [{ trackingNumber, disposition: fateIn(disposition) }] },
      }),
    ),
});

/** Parcels that come back undelivered. */
export const comingBack = queueOf({
  ...shipmentsThatAre('returning'),
  id: 'coming-back',
  deeds: (shipment) =>
    shipment.status === 'returning' ? (shipment.label?.parcels ?? []).map(({ trackingNumber }) => receiving(shipment, trackingNumber)) : [],
});
