import { fold } from '@cartage/eventsourcing';
import { payment } from './decider';
import {
  authorizing,
  captured,
  charged,
  chargedAtDoor,
  codPromised,
  collected,
  firstShipment,
  orderId,
  prepaid,
  promised,
  refundId,
  refundRequested,
  underReview,
  voidRequested,
} from './payment.fixture';
import type { PaymentEvent } from './events';
import { outstandingCalls } from './outstanding';

const calls = (...events: readonly PaymentEvent[]) => outstandingCalls(fold(payment, events));
const base = { provider: 'simulated', orderId, currency: 'GBP' };

describe('calls to a provider that are still to be answered', () => {
  it('are none before verification accepts', () => expect([...calls(), ...calls(...underReview)]).toEqual([]));

  it('name the authorisation', () =>
    expect(calls(...authorizing)).toEqual([
      { ...base, operation: 'authorize', key: `authorize:${orderId}`, amount: 4000, method: 'card', token: 'tok_visa' },
    ]));

  it('name the capture of each shipment until it is answered', () => {
    expect(calls(...promised, charged)).toEqual([
      {
        ...base,
        operation: 'capture',
        key: `capture:${firstShipment}`,
        amount: 1167,
        authorizationId: 'auth-1',
        shipmentId: firstShipment,
      },
    ]);
    expect(calls(...promised, charged, captured)).toEqual([]);
  });

  it('name the void', () =>
    expect(calls(...promised, voidRequested)).toEqual([
      { ...base, operation: 'void', key: `void:${orderId}`, amount: 4000, authorizationId: 'auth-1' },
    ]));

  it('name the refund', () =>
    expect(calls(...promised, charged, captured, refundRequested)).toEqual([
      { ...base, operation: 'refund', key: `refund:${refundId}`, amount: 300, refundId, authorizationId: 'auth-1' },
    ]));

  it('leave cash to the carrier, but pay its refund out', () => {
    expect(calls(...codPromised, chargedAtDoor)).toEqual([]);
    expect(calls(...codPromised, chargedAtDoor, collected, refundRequested)).toEqual([
      { ...base, operation: 'refund', key: `refund:${refundId}`, amount: 300, refundId },
    ]);
  });

  it('are none where the channel has the money', () => expect(calls(...prepaid, chargedAtDoor)).toEqual([]));
});
