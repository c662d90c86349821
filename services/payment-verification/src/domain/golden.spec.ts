import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paymentEvents } from '@cartage/contracts';
import { fold, type StoredEvent } from '@cartage/eventsourcing';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import { published } from './published';

const folder = join(__dirname, 'golden');
const names = readdirSync(folder).map((file) => file.replace('.v1.json', ''));
const golden = (type: PaymentEvent['type']): PaymentEvent =>
  ({ type, data: JSON.parse(readFileSync(join(folder, `${type}.v1.json`), 'utf8')) as unknown }) as PaymentEvent;

/** Which events of others must come before one, for it to find its place. */
const opened = ['PaymentRequested', 'OrderVerified'] as const;
const byCard = [...opened, 'AuthorizationRequested', 'PaymentAuthorized'] as const;
const shipped = [...byCard, 'ShipmentCharged'] as const;
const cash = [...opened, 'CodAccepted', 'ShipmentCharged', 'CodCollected'] as const;
const state = (...types: readonly PaymentEvent['type'][]) => fold(payment, types.map(golden));

describe('stored payment events', () => {
  it('have the names that they have for ever', () =>
    expect(names.toSorted()).toEqual([
      'AuthorizationRequested',
      'CaptureFailed',
      'CodAccepted',
      'CodCollected',
      'CodRemitted',
      'OrderVerified',
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
      'ReviewRequired',
      'ShipmentCharged',
      'VoidFailed',
      'VoidRequested',
    ]));

  it.each([
    ['a request', state('PaymentRequested'), { status: 'requested', terms: { total: 4000 } }],
    ['a verdict', state(...opened), { status: 'verified', verdict: { score: 30 } }],
    ['a review', state(...opened, 'ReviewRequired'), { status: 'under-review' }],
    ['an assigned review', state(...opened, 'ReviewRequired', 'ReviewAssigned'), { status: 'under-review', assignee: 'staff-17' }],
    ['a decided review', state(...opened, 'ReviewRequired', 'ReviewDecided'), { review: { decision: 'accept', note: 'Called back.' } }],
    ['a question to the provider', state(...opened, 'AuthorizationRequested'), { status: 'authorizing' }],
    ['a promise', state(...byCard), { status: 'authorized', authorizationId: 'auth-1', ledger: { promised: 4000 } }],
    ['a refusal', state(...opened, 'AuthorizationRequested', 'PaymentDeclined'), { status: 'declined', by: 'provider' }],
    ['an end before a promise', state(...opened, 'ReviewRequired', 'PaymentAbandoned'), { status: 'abandoned', reason: 'customer' }],
    ['a capture', state(...shipped, 'PaymentCaptured'), { ledger: { captured: 1167 } }],
    ['a failed capture', state(...shipped, 'CaptureFailed'), { ledger: { captured: 0, promised: 4000 } }],
    ['collected cash', state(...cash), { status: 'cod-accepted', ledger: { collected: 1167 } }],
    ['remitted cash', state(...cash, 'CodRemitted'), { ledger: { remitted: 1167 } }],
    ['a wish to void', state(...byCard, 'VoidRequested'), { ledger: { voided: 0, release: { status: 'requested' } } }],
    ['a void', state(...byCard, 'VoidRequested', 'PaymentVoided'), { ledger: { voided: 4000, release: { status: 'voided' } } }],
    ['a failed void', state(...byCard, 'VoidRequested', 'VoidFailed'), { ledger: { voided: 0, release: { status: 'failed' } } }],
    ['a wish to refund', state(...shipped, 'PaymentCaptured', 'RefundRequested'), { ledger: { refunded: 0 } }],
    ['a refund', state(...shipped, 'PaymentCaptured', 'RefundRequested', 'RefundIssued'), { ledger: { refunded: 300 } }],
    ['a failed refund', state(...shipped, 'PaymentCaptured', 'RefundRequested', 'RefundFailed'), { ledger: { refunded: 0 } }],
  ])('still fold to %s', (_, folded, expected) => expect(folded).toMatchObject(expected));

  it('become public events that keep their contracts, and every public event has its source', () => {
    const ajv = addFormats(new Ajv2020({ strict: false }));
    const stored = (type: PaymentEvent['type']) =>
      ({
        ...golden(type),
        id: 'e',
        stream: 'payment-1',
        version: 1,
        position: '1',
        recordedAt: '',
        meta: { commandId: 'c', correlationId: 'c', actor: 'spec' },
      }) as StoredEvent<never>;
    const told = Object.entries(published).map(([type, translate]) => translate(stored(type as PaymentEvent['type'])));
    expect(told.map(({ type }) => type).toSorted()).toEqual(Object.keys(paymentEvents).toSorted());
    for (const { type, data } of told) {
      const { json } = paymentEvents[type].data;
      expect([type, ajv.validate(json, data), ajv.errorsText()]).toEqual([type, true, 'No errors']);
      expect(Object.keys(data).filter((field) => !(field in (json['properties'] as object)))).toEqual([]);
    }
  });
});
