import { fold } from '@cartage/eventsourcing';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import { outstandingCalls } from './outstanding';
import {
  attemptId,
  authorizationId,
  authorizing,
  captured,
  captureId,
  charged,
  chargedAtDoor,
  chargedToChannel,
  codPromised,
  collected,
  firstShipment,
  money,
  prepaid,
  promised,
  refundId,
  refundRequested,
  token,
  underReview,
  voidId,
  voidRequested,
} from './payment.fixture';

const calls = (...events: readonly PaymentEvent[]) => outstandingCalls(fold(payment, events));
const customerId = 'customer-7';
const base = { ...money, provider: 'simulated' };
const cashRefund = { ...refundRequested, data: { ...refundRequested.data, tender: 'transfer', captures: [] } } as PaymentEvent;

describe('calls to a provider that are still to be answered', () => {
  it('are none before verification accepts', () => expect([...calls(), ...calls(...underReview)]).toEqual([]));

  it('name the authorisation, with the token still sealed', () =>
    expect(calls(...authorizing)).toEqual([{ ...base, operation: 'authorize', key: authorizationId, method: 'card', token }]));

  it('name the capture of each shipment until it is answered', () => {
    expect(calls(...promised, charged)).toEqual([
      {
        ...base,
        operation: 'capture',
        key: captureId,
        captureId,
        failures: 0,
        amount: 1167,
        authorization: 'auth-1',
        shipmentId: firstShipment,
      },
    ]);
    expect(calls(...promised, charged, captured)).toEqual([]);
  });

  it('name the void', () =>
    expect(calls(...promised, voidRequested)).toEqual([
      { ...base, operation: 'void', key: voidId, voidId, failures: 0, authorization: 'auth-1' },
    ]));

  it('name the refund and the captures that it is taken of, by the provider’s own numbers', () =>
    expect(calls(...promised, charged, captured, refundRequested)).toEqual([
      {
        ...{ ...base, operation: 'refund', key: attemptId, amount: 300, refundId, failures: 0, customerId, authorization: 'auth-1' },
        captures: [{ captureId, amount: 300, reference: 'cap-1', authorization: 'auth-1' }],
      },
    ]));

  it('leave cash to the carrier, but pay its refund out', () => {
    expect(calls(...codPromised, chargedAtDoor)).toEqual([]);
    expect(calls(...codPromised, chargedAtDoor, collected, cashRefund)).toEqual([
      { ...base, operation: 'refund', key: attemptId, amount: 300, refundId, failures: 0, customerId, captures: [] },
    ]);
  });

  it('are none where the channel has the money', () => expect(calls(...prepaid, chargedToChannel)).toEqual([]));
});
