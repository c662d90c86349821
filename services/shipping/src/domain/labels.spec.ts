import { fold, specFor } from '@cartage/eventsourcing';
import { shipment } from './decide';
import type { ShipmentEvent } from './events';
import {
  booking,
  cancel,
  changeTo,
  dispatched,
  facts,
  holdOf,
  labelId,
  labelled,
  now,
  packed,
  refusedLabel,
  requested,
  toPack,
} from './shipment.fixture';

const { given } = specFor(shipment);
const choice = { carrier: 'simulated', service: 'standard' };
const request = (wish: { service?: string } = {}, id = labelId) =>
  ({ type: 'RequestLabel', data: { labelId: id, choice: { ...choice, ...wish }, wish, now } }) as const;
const recordLabel = { type: 'RecordLabel', data: { labelId, booking, trackingToken: 'token', now } } as const;
const recordFailure = { type: 'RecordLabelFailure', data: { labelId, carrier: 'simulated', reason: refusedLabel, now } } as const;
const recordDelay = { type: 'RecordLabelDelay', data: { labelId, reason: facts.labelDelayed.data.reason, now } } as const;
const recordVoided = { type: 'RecordLabelVoided', data: { labelId, now } } as const;
const expressly = (past: readonly ShipmentEvent[]) => given(...past).when(request({ service: 'express' }, 'l2'));

describe('asking for a label', () => {
  it('is told before the carrier is asked, once', () =>
    given(...packed)
      .when(request())
      .thenOnce(facts.requested));
  it('needs packed parcels', () =>
    given(...toPack)
      .when(request())
      .thenRefused('SHIPMENT_NOT_PACKED'));
  it('is not done for what is held', () => {
    const held = shipment.decide(holdOf('h1'), fold(shipment, packed));
    given(...packed, ...held)
      .when(request())
      .thenRefused('SHIPMENT_HELD');
  });
  it('may be done again after a refusal', () =>
    given(...requested, facts.labelFailed)
      .when(request())
      .thenOnce(facts.requested));
  it('while it is being bought needs no other, and gets none of another service', () => {
    given(...requested)
      .when(request())
      .thenNothing();
    given(...requested)
      .when(request({ service: 'standard' }))
      .thenNothing();
    expressly(requested).thenRefused('LABEL_UNDERWAY');
  });
  it('that is there gets no other', () => {
    given(...labelled)
      .when(request())
      .thenNothing();
    expressly(labelled).thenRefused('LABEL_EXISTS');
  });
  it('of another service takes the place of one that its carrier does not answer for, which is to be voided', () => {
    const instead = { type: 'LabelRequested', data: { ...facts.requested.data, labelId: 'l2', service: 'express' } } as const;
    const past = [...requested, facts.labelDelayed];
    expressly(past).thenOnce(instead);
    expect(fold(shipment, [...past, instead])).toMatchObject({
      status: 'label-requested',
      request: { labelId: 'l2' },
      labelsToVoid: [{ labelId, carrier: 'simulated', since: now }],
    });
  });
});

describe('a label', () => {
  it('is recorded once, however often the carrier is asked', () =>
    given(...requested)
      .when(recordLabel)
      .thenOnce(facts.labelled));
  it('is recorded although its carrier gave no answer at first', () =>
    given(...requested, facts.labelDelayed)
      .when(recordLabel)
      .thenOnce(facts.labelled));
  it('keeps the refusal of the carrier, once', () =>
    given(...requested)
      .when(recordFailure)
      .thenOnce(facts.labelFailed));
  it('says with its refusal which policy chose its carrier; where there was none to choose, by which', () => {
    const chosen: ShipmentEvent = { ...facts.requested, data: { ...facts.requested.data, policy: 'carriers@3' } };
    const named = (failure: typeof facts.labelFailed): ShipmentEvent => ({ ...failure, data: { ...failure.data, policy: 'carriers@3' } });
    given(...packed, chosen)
      .when({ ...recordFailure, data: { ...recordFailure.data, policy: 'carriers@4' } })
      .thenOnce(named(facts.labelFailed));
    const { labelId: _, ...nobody } = recordFailure.data;
    const { labelId: __, ...failed } = facts.labelFailed.data;
    given(...packed)
      .when({ ...recordFailure, data: { ...nobody, policy: 'carriers@3' } })
      .thenOnce({ type: 'LabelFailed', data: { ...failed, policy: 'carriers@3' } });
  });
  it('is not lost by a refusal that comes late', () =>
    given(...labelled)
      .when(recordFailure)
      .thenNothing());
  it('is told to be late once, and only while it is waited for', () => {
    given(...requested)
      .when(recordDelay)
      .thenOnce(facts.labelDelayed);
    given(...labelled)
      .when(recordDelay)
      .thenNothing();
  });
  it.each([
    ['was cancelled', [cancel], 'SHIPMENT_CANCELLED'],
    ['goes elsewhere', [changeTo('2026-11-23T12:30:00.000Z')], 'LABEL_WITHDRAWN'],
  ])('of a shipment that %s while the carrier was asked is not recorded, and is to be voided', (_, commands, code) => {
    const past = commands.reduce<readonly ShipmentEvent[]>(
      (events, command) => [...events, ...shipment.decide(command, fold(shipment, events))],
      requested,
    );
    given(...past)
      .when(recordLabel)
      .thenRefused(code);
    expect(fold(shipment, past)).toMatchObject({ labelsToVoid: [{ labelId }] });
    given(...past)
      .when(recordVoided)
      .thenOnce(facts.labelVoided);
  });
  it('of a cancelled shipment is voided once, with what it was sold for', () =>
    given(...labelled, facts.cancelled)
      .when(recordVoided)
      .thenOnce(facts.boughtLabelVoided));
  it('that is used is not voided', () =>
    given(...labelled)
      .when(recordVoided)
      .thenRefused('LABEL_IN_USE'));
  it('that the carrier has scanned is nobody’s to void', () =>
    given(...dispatched)
      .when(recordVoided)
      .thenNothing());
});
