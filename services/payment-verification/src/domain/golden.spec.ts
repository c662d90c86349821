import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paymentEvents } from '@cartage/contracts';
import { fold, type StoredEvent } from '@cartage/eventsourcing';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { ChargebackEvent } from './chargebacks/chargeback';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import { sumsOf } from './ledger';
import { isPromised } from './payment';
import { published } from './published';

const folder = join(__dirname, 'golden');
const names = readdirSync(folder).map((file) => file.replace('.v1.json', ''));
type Stored = PaymentEvent | ChargebackEvent;
const golden = <Type extends Stored['type']>(type: Type): Extract<Stored, { type: Type }> =>
  ({ type, data: JSON.parse(readFileSync(join(folder, `${type}.v1.json`), 'utf8')) as unknown }) as Extract<Stored, { type: Type }>;

/** Which events of others must come before one, for it to find its place. */
const opened = ['PaymentRequested'] as const;
const byCard = [...opened, 'PaymentAuthorized'] as const;
const shipped = [...byCard, 'ShipmentCharged'] as const;
const cash = [...opened, 'CodAccepted', 'ShipmentCharged', 'CodCollected'] as const;
const refunding = [...shipped, 'PaymentCaptured', 'RefundRequested'] as const;
const state = (...types: readonly PaymentEvent['type'][]) => fold(payment, types.map(golden));
const sums = (...types: readonly PaymentEvent['type'][]) => {
  const folded = state(...types);
  return isPromised(folded) ? sumsOf(folded.ledger) : undefined;
};

describe('stored payment events', () => {
  it('have the names that they have for ever', () =>
    expect(names.toSorted()).toEqual([
      'CaptureFailed',
      'ChargebackEvidenceGiven',
      'ChargebackLost',
      'ChargebackOpened',
      'ChargebackResponseDue',
      'ChargebackWon',
      'CodAccepted',
      'CodCollected',
      'CodRemitted',
      'DeliveryCounted',
      'PaymentAbandoned',
      'PaymentAuthorized',
      'PaymentCaptured',
      'PaymentDeclined',
      'PaymentRequested',
      'PaymentVoided',
      'RefundFailed',
      'RefundIssued',
      'RefundRequested',
      'ReviewAssigned',
      'ReviewDecided',
      'ReviewEscalated',
      'ReviewRequired',
      'ShipmentCharged',
      'VoidFailed',
      'VoidRequested',
    ]));

  it.each([
    [
      'a verdict, and a question to the provider',
      state(...opened),
      { status: 'authorizing', terms: { total: 4000 }, verdict: { score: 30 } },
    ],
    ['a review', state(...opened, 'ReviewRequired'), { status: 'under-review' }],
    ['an assigned review', state(...opened, 'ReviewRequired', 'ReviewAssigned'), { status: 'under-review', assignee: 'staff-17' }],
    [
      'a review that waited too long',
      state(...opened, 'ReviewRequired', 'ReviewEscalated'),
      { status: 'under-review', escalatedAt: '2026-11-02T14:00:00.000Z' },
    ],
    [
      'a decided review',
      state(...opened, 'ReviewRequired', 'ReviewDecided'),
      { status: 'authorizing', review: { decision: 'accept', note: 'Called back.' } },
    ],
    ['a promise', state(...byCard), { status: 'authorized', reference: 'auth-1', ledger: { promised: 4000 } }],
    ['a refusal', state(...opened, 'PaymentDeclined'), { status: 'declined', reason: { code: 'insufficient-funds', by: 'provider' } }],
    [
      'an end before a promise',
      state(...opened, 'ReviewRequired', 'PaymentAbandoned'),
      { status: 'abandoned', reason: { code: 'customer' } },
    ],
  ])('still fold to %s', (_, folded, expected) => expect(folded).toMatchObject(expected));

  it.each([
    ['a capture', sums(...shipped, 'PaymentCaptured'), { captured: 1167 }],
    ['a failed capture', sums(...shipped, 'CaptureFailed'), { captured: 0, promised: 4000 }],
    ['collected cash', sums(...cash), { collected: 1167 }],
    ['deliveries without cash', sums(...cash, 'DeliveryCounted'), { collected: 1167 }],
    ['remitted cash', sums(...cash, 'CodRemitted'), { remitted: 1167 }],
    ['a wish to void', sums(...byCard, 'VoidRequested'), { voided: 0 }],
    ['a void', sums(...byCard, 'VoidRequested', 'PaymentVoided'), { voided: 4000 }],
    ['a failed void', sums(...byCard, 'VoidRequested', 'VoidFailed'), { voided: 0 }],
    ['a wish to refund', sums(...refunding), { refunded: 0 }],
    ['a refund', sums(...refunding, 'RefundIssued'), { refunded: 300 }],
    ['a failed refund', sums(...refunding, 'RefundFailed'), { refunded: 0 }],
  ])('still fold to the money of %s', (_, folded, expected) => expect(folded).toMatchObject(expected));

  it('become public events that keep their contracts, and every public event has its source', () => {
    const ajv = addFormats(new Ajv2020({ strict: false }));
    const stored = (type: Stored['type']) =>
      ({
        ...golden(type),
        ...{ id: 'e', stream: 'payment-1', version: 1, position: '1', recordedAt: '' },
        meta: { commandId: 'c', correlationId: 'c', actor: 'spec' },
      }) as StoredEvent<never>;
    const told = Object.entries(published).map(([type, translate]) => translate(stored(type as Stored['type'])));
    expect(told.map(({ type }) => type).toSorted()).toEqual(Object.keys(paymentEvents).toSorted());
    for (const { type, data } of told) {
      const { json } = paymentEvents[type].data;
      expect([type, ajv.validate(json, data), ajv.errorsText()]).toEqual([type, true, 'No errors']);
      expect(Object.keys(data).filter((field) => !(field in (json['properties'] as object)))).toEqual([]);
    }
  });
});
