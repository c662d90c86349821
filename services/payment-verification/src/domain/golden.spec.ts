import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paymentEvents } from '@cartage/contracts';
import { fold, type StoredEvent } from '@cartage/eventsourcing';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { CarrierClaimEvent } from './carrier-claims/carrier-claim';
import type { ChargebackEvent } from './chargebacks/chargeback';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import type { DocumentEvent } from './invoices/documents';
import type { BalanceEvent } from './balances/balance';
import { sumsOf } from './ledger';
import { isKnown } from './payment';
import { published } from './published';
import type { SettlementEvent } from './settlements/settlement';

const folder = join(__dirname, 'golden');
const names = readdirSync(folder).map((file) => file.replace('.v1.json', ''));
type Stored = PaymentEvent | ChargebackEvent | DocumentEvent | SettlementEvent | BalanceEvent | CarrierClaimEvent;
const fileOf = (type: string): string => {
  const folders = [folder, ...['settlements', 'balances', 'carrier-claims'].map((room) => join(__dirname, room, 'golden'))];
  const files = folders.map((each) => join(each, `${type}.v1.json`));
  return files.find(existsSync) ?? '';
};
const golden = <Type extends Stored['type']>(type: Type): Extract<Stored, { type: Type }> =>
  ({ type, data: JSON.parse(readFileSync(fileOf(type), 'utf8')) as unknown }) as Extract<Stored, { type: Type }>;

/** Which events of others must come before one, for it to find its place. */
const opened = ['PaymentRequested'] as const;
const byCard = [...opened, 'PaymentAuthorized'] as const;
const shipped = [...byCard, 'ShipmentCharged'] as const;
const cash = [...opened, 'CodAccepted', 'ShipmentCharged', 'CodCollected'] as const;
const refunding = [...shipped, 'PaymentCaptured', 'RefundRequested'] as const;
const state = (...types: readonly PaymentEvent['type'][]) => fold(payment, types.map(golden));
const sums = (...types: readonly PaymentEvent['type'][]) => {
  const folded = state(...types);
  return isKnown(folded) ? sumsOf(folded.ledger) : undefined;
};

/** A ledger with one promise that is so. */
const promise = (authorization: object) => ({ authorizations: new Map([[expect.any(String), expect.objectContaining(authorization)]]) });

describe('stored payment events', () => {
  it('have the names that they have for ever', () =>
    expect(names.toSorted()).toEqual([
      'AmountDueChanged',
      'AuthorizationEnded',
      'AuthorizationExpired',
      'AuthorizationRequested',
      'CaptureFailed',
      'CaptureRequested',
      'ChannelRefundFreed',
      'ChannelRefundHeard',
      'ChannelRefundRequested',
      'ChargeWithdrawn',
      'ChargebackBooked',
      'ChargebackEvidenceGiven',
      'ChargebackLost',
      'ChargebackOpened',
      'ChargebackResponseDue',
      'ChargebackWon',
      'CodAccepted',
      'CodCollected',
      'CodRemitted',
      'CodShort',
      'CodShortResolved',
      'CreditNoteIssued',
      'CreditReturned',
      'DeliveryCounted',
      'ExchangeLimited',
      'InvoiceIssued',
      'PayLinkIssued',
      'PayLinkOffered',
      'PayLinkRevoked',
      'PayLinkUsed',
      'PaymentAbandoned',
      'PaymentAuthorized',
      'PaymentCaptured',
      'PaymentDeclined',
      'PaymentPending',
      'PaymentReminderDue',
      'PaymentRequested',
      'PaymentVoided',
      'PaymentsAdded',
      'RefundFailed',
      'RefundIssued',
      'RefundRequested',
      'RefundReturned',
      'ReviewAssigned',
      'ReviewDecided',
      'ReviewEscalated',
      'ReviewRequired',
      'ShipmentCharged',
      'TermsAmended',
      'VoidFailed',
      'VoidRequested',
    ]));

  it.each([
    ['a verdict, and a question to the provider', state(...opened), { phase: 'accepted', terms: { total: 4000 }, verdict: { score: 30 } }],
    ['a review', state(...opened, 'ReviewRequired'), { phase: 'under-review' }],
    [
      'an assigned review',
      state(...opened, 'ReviewRequired', 'ReviewAssigned'),
      { phase: 'under-review', waiting: { assignee: 'staff-17' } },
    ],
    [
      'a review that waited too long',
      state(...opened, 'ReviewRequired', 'ReviewEscalated'),
      { phase: 'under-review', waiting: { escalatedAt: '2026-11-02T14:00:00.000Z' } },
    ],
    [
      'a decided review',
      state(...opened, 'ReviewRequired', 'ReviewDecided'),
      { phase: 'accepted', review: { decision: 'accept', note: 'Called back.' } },
    ],
    ['a promise', state(...byCard), { phase: 'accepted', ledger: promise({ status: 'authorized', reference: 'auth-1' }) }],
    [
      'a refusal',
      state(...opened, 'PaymentDeclined'),
      { phase: 'accepted', ledger: promise({ status: 'declined' }), reason: { code: 'insufficient-funds', by: 'provider' } },
    ],
    [
      'an end before a promise',
      state(...opened, 'ReviewRequired', 'PaymentAbandoned'),
      { phase: 'abandoned', reason: { code: 'customer' } },
    ],
    [
      'a wait for the customer',
      state(...opened, 'PaymentPending'),
      {
        ledger: promise({
          status: 'pending',
          action: { kind: 'approve-in-app', details: { key: 'c-17.Zm9yZ290', box: 'c2VhbGVkLWFjdGlvbg==' } },
        }),
      },
    ],
    [
      'a payment that its provider let go of',
      state(...opened, 'AuthorizationEnded'),
      { ledger: promise({ status: 'requested', ended: true }) },
    ],
    ['a promise that ended', state(...byCard, 'AuthorizationExpired'), { ledger: promise({ status: 'expired' }) }],
    [
      'another way to pay',
      state(...opened, 'PaymentDeclined', 'PaymentsAdded'),
      { replaced: new Set([golden('PaymentAuthorized').data.paymentId]) },
    ],
    [
      'other terms',
      state(...byCard, 'TermsAmended', 'AmountDueChanged'),
      { orderVersion: 2, terms: { total: 4200 }, cancelled: new Map([['2', 1]]) },
    ],
    [
      'a capture that waits for another promise',
      state(...shipped, 'CaptureFailed', 'AuthorizationRequested'),
      { ledger: { captures: new Map([[expect.any(String), expect.objectContaining({ status: 'waiting', amount: 1167 })]]) } },
    ],
    [
      'another try of a capture',
      state(...shipped, 'CaptureFailed', 'CaptureRequested'),
      { ledger: { captures: new Map([[expect.any(String), expect.objectContaining({ status: 'requested', failures: 1 })]]) } },
    ],
    [
      'money that a bank has taken back',
      state(...shipped, 'PaymentCaptured', 'ChargebackBooked'),
      {
        ledger: {
          chargebacks: new Map([[golden('ChargebackBooked').data.chargebackId, expect.objectContaining({ status: 'open', amount: 500 })]]),
        },
      },
    ],
    ['what an exchange is worth', state(...opened, 'ExchangeLimited'), { exchangeLimit: 700 }],
  ])('still fold to %s', (_, folded, expected) => expect(folded).toMatchObject(expected));

  it.each([
    ['a capture', sums(...shipped, 'PaymentCaptured'), { captured: 1167 }],
    ['a failed capture', sums(...shipped, 'CaptureFailed'), { captured: 0, promised: 4000 }],
    ['collected cash', sums(...cash), { collected: 1167 }],
    ['deliveries without cash', sums(...cash, 'DeliveryCounted'), { collected: 1167 }],
    ['what came back undelivered', sums(...cash, 'ChargeWithdrawn'), { collected: 1167 }],
    ['cash that was missing', sums(...cash, 'CodShort'), { collected: 1000 }],
    ['what was written off', sums(...cash, 'CodShort', 'CodShortResolved'), { collected: 1000 }],
    ['remitted cash', sums(...cash, 'CodRemitted'), { remitted: 1167 }],
    ['a wish to void', sums(...byCard, 'VoidRequested'), { voided: 0 }],
    ['a void', sums(...byCard, 'VoidRequested', 'PaymentVoided'), { voided: 4000 }],
    ['a failed void', sums(...byCard, 'VoidRequested', 'VoidFailed'), { voided: 0 }],
    ['a wish to refund', sums(...refunding), { refunded: 0 }],
    ['a refund', sums(...refunding, 'RefundIssued'), { refunded: 300 }],
    ['a refund that came back', sums(...refunding, 'RefundIssued', 'RefundReturned', 'RefundFailed'), { refunded: 0 }],
    ['what came back out of an exchange', sums(...refunding, 'RefundIssued', 'CreditReturned'), { refunded: 200 }],
    ['a failed refund', sums(...refunding, 'RefundFailed'), { refunded: 0 }],
    ['what a channel is asked for', sums(...refunding, 'ChannelRefundRequested'), { refunded: 0 }],
    ['what a channel gave', sums(...refunding, 'ChannelRefundHeard', 'RefundIssued'), { refunded: 300 }],
    ['what a channel gave and no return claimed', sums(...refunding, 'ChannelRefundHeard', 'ChannelRefundFreed'), { refunded: 0 }],
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
