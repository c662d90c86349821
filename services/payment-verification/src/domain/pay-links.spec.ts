import { fold, Refused, specFor } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { PaymentCommand } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import { liveLinkOf, openToPay, statusOfLink } from './pay-links';
import { due, isKnown, type Known } from './payment';
import {
  answered,
  attemptId,
  authorizationId,
  authorized,
  authorizing,
  byCustomer,
  captureId,
  limits,
  money,
  now,
  orderId,
  paymentId,
  refundId,
  returnId,
  verdict,
} from './payment.fixture';

const { given } = specFor(payment);
const linkId = refundId;
const byLink = returnId;
const expiresAt = '2026-11-05T10:00:00.000Z';
const at = { orderId, now, newId: attemptId };

const issue = (changes: object = {}): PaymentCommand => ({
  type: 'IssuePayLink',
  data: { ...at, linkId, expiresAt, by: 'staff-1', ...changes },
});
const use = (changes: object = {}): PaymentCommand => ({
  type: 'PayByLink',
  data: { ...at, linkId, paymentId: byLink, provider: 'simulated', limits, ...changes },
});
const revoke: PaymentCommand = { type: 'RevokePayLink', data: { ...at, linkId, by: 'staff-1' } };

const issued: PaymentEvent = { type: 'PayLinkIssued', data: { orderId, linkId, expiresAt, by: 'staff-1', issuedAt: now } };
const revoked: PaymentEvent = { type: 'PayLinkRevoked', data: { orderId, linkId, by: 'staff-1', revokedAt: now } };
const declined: PaymentEvent = {
  type: 'PaymentDeclined',
  data: { ...money, authorizationId, method: 'card', retryable: true, reason: { code: 'x', by: 'provider' }, declinedAt: now },
};
const used = (amount = 4000): PaymentEvent => ({
  type: 'PayLinkUsed',
  data: { ...money, paymentId: byLink, amount, linkId, method: 'pay_link', replaces: [paymentId], usedAt: now },
});
const tender = (amount = 4000) => ({ paymentId: byLink, method: 'pay_link', amount, provider: 'simulated' });
const added = (amount = 4000): PaymentEvent => ({
  type: 'PaymentsAdded',
  data: {
    ...{ orderId, payments: [tender(amount)], replaces: [paymentId], verdict, addedAt: now },
    authorizations: [{ paymentId: byLink, authorizationId: attemptId, provider: 'simulated', currency: 'GBP', amount }],
  },
});
const pending: PaymentEvent = {
  type: 'PaymentPending',
  data: {
    ...{ ...money, paymentId: byLink, authorizationId: attemptId, method: 'pay_link', reference: 'cs_1' },
    ...{ action: { kind: 'redirect', details: { key: 'c-1.k', box: 'c2VhbGVk' } }, expiresAt: '2026-11-03T10:00:00.000Z', pendingAt: now },
  },
};
const cancelled: PaymentEvent = {
  type: 'TermsAmended',
  data: { orderId, cancelled: [{ lineId: '2', quantity: 1 }], reason: byCustomer, amendedAt: now },
};

const known = (...events: readonly PaymentEvent[]): Known => {
  const state = fold(payment, events);
  if (!isKnown(state)) throw new Error('No payment.');
  return state;
};
const status = (events: readonly PaymentEvent[], time = now): string => {
  const state = known(...events);
  const link = state.links.get(linkId);
  return link ? statusOfLink(state, link, time) : 'none';
};

describe('a link to what is due', () => {
  it('is made once: whoever asks again gets the one that is live', () => {
    given(...authorizing, declined)
      .when(issue())
      .thenOnce(issued);
    given(...authorizing, declined, issued)
      .when(issue({ linkId: captureId }))
      .thenNothing();
  });
  it('is made anew once the last one was taken back, or is too old', () => {
    const again = { linkId: captureId, expiresAt: '2026-11-09T10:00:00.000Z', now: '2026-11-06T10:00:00.000Z' };
    const made: PaymentEvent = {
      type: 'PayLinkIssued',
      data: { orderId, linkId: captureId, expiresAt: again.expiresAt, by: 'staff-1', issuedAt: again.now },
    };
    given(...authorizing, declined, issued)
      .when(issue(again))
      .then(made);
    given(...authorizing, declined, issued, revoked)
      .when(issue(again))
      .then(made);
  });
  it('is not made where nothing is due, or a person looks at the payment', () => {
    given(...authorizing, authorized)
      .when(issue())
      .thenRefused('NOTHING_DUE');
    given(...authorizing)
      .when(issue())
      .thenRefused('NOTHING_DUE');
    given().when(issue()).thenRefused('PAYMENT_UNKNOWN');
  });
  it('is taken back once', () => {
    given(...authorizing, declined, issued)
      .when(revoke)
      .thenOnce(revoked);
    given(...authorizing, declined)
      .when(revoke)
      .thenRefused('PAY_LINK_UNKNOWN');
  });

  it('begins a payment of what is due, in place of what came to nothing, once', () =>
    given(...authorizing, declined, issued)
      .when(use())
      .thenOnce(used(), added()));
  it('shows and takes what is due now, never more', () => {
    expect(openToPay(known(...authorizing, declined, issued, cancelled))).toBe(1500);
    given(...authorizing, declined, issued, cancelled)
      .when(use())
      .then(used(1500), added(1500));
  });
  it('goes on with what was begun, and begins anew where another sum is due', () => {
    given(...authorizing, declined, issued, used(), added(), pending)
      .when(use({ paymentId: captureId }))
      .thenNothing();
    expect(status([...authorizing, declined, issued, used(), added(), pending])).toBe('begun');
    expect(status([...authorizing, declined, issued, used(), added(), pending, cancelled])).toBe('open');
  });
  it('says that all is paid, and takes nothing more', () => {
    const promised: PaymentEvent = {
      type: 'PaymentAuthorized',
      data: {
        ...money,
        paymentId: byLink,
        authorizationId: attemptId,
        method: 'pay_link',
        provider: 'simulated',
        verdict,
        authorizedAt: now,
      },
    };
    const paid = [...authorizing, declined, issued, used(), added(), pending, promised];
    expect(status(paid)).toBe('paid');
    given(...paid)
      .when(use({ paymentId: captureId }))
      .thenRefused('PAY_LINK_PAID');
  });
  it('says that it is too old or was taken back, and begins nothing then', () => {
    given(...authorizing, declined, issued)
      .when(use({ now: expiresAt }))
      .thenRefused('PAY_LINK_EXPIRED');
    given(...authorizing, declined, issued, revoked)
      .when(use())
      .thenRefused('PAY_LINK_REVOKED');
    expect(status([...authorizing, declined, issued], expiresAt)).toBe('expired');
    expect(status([...authorizing, declined, issued, revoked])).toBe('revoked');
  });
  it('of another order is unknown', () => {
    given(...authorizing, declined)
      .when(use())
      .thenRefused('PAY_LINK_UNKNOWN');
  });
});

describe('whatever happens to an order that is paid by links', () => {
  const id = (n: number): string => `0192f0c0-0000-7000-8000-${String(n).padStart(12, '0')}`;
  const answers = [
    { status: 'approved', reference: 'r' },
    { status: 'declined', reason: 'x' },
    { status: 'pending', reference: 'r', action: { kind: 'redirect' }, expiresAt },
  ] as const;
  type Step = (n: number, state: Known) => PaymentCommand | undefined;
  const link = (state: Known): string => [...state.links.keys()].at(-1) ?? linkId;
  const steps: readonly Step[] = [
    (n) => issue({ linkId: id(n), newId: id(n + 1) }),
    (n, state) => use({ linkId: link(state), paymentId: id(n), newId: id(n + 1) }),
    (_, state) => ({ type: 'RevokePayLink', data: { ...at, linkId: link(state), by: 'staff-1' } }),
    (n) => ({ type: 'CancelLines', data: { ...at, newId: id(n), lines: [{ lineId: '1', sku: 'MUG', quantity: 1 }], reason: byCustomer } }),
    ...answers.map((answer): Step => (n, state) => {
      const asked = [...state.ledger.authorizations.values()].at(-1);
      return asked && { type: 'RecordAuthorization', data: { ...answered(answer, id(n)), authorizationId: asked.authorizationId } };
    }),
  ];

  const after = (past: readonly PaymentEvent[], step: Step, n: number): readonly PaymentEvent[] => {
    try {
      const command = step(1_000 * (n + 1), known(...past));
      return command ? payment.decide(command, fold(payment, past)) : [];
    } catch (error) {
      if (error instanceof Refused) return [];
      throw error;
    }
  };

  it('one link is live at most, nothing is begun for more than is due, and no more is promised in the end', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 25 }), (taken) => {
        let past: readonly PaymentEvent[] = [...authorizing, declined];
        taken.forEach((step, n) => {
          const before = known(...past);
          const events = after(past, step, n);
          for (const { type, data } of events) if (type === 'PayLinkUsed') expect(data.amount).toBe(openToPay(before));
          past = [...past, ...events];
          const state = known(...past);
          expect([...state.links.values()].filter(({ revoked: gone }) => !gone)).toHaveLength(liveLinkOf(state, now) ? 1 : 0);
          const standing = [...state.ledger.authorizations.values()].filter((each) => each.status === 'authorized' && !each.replaced);
          const given_ = [...state.ledger.voids.values()].reduce((sum, { amount }) => sum + amount, 0);
          if (due(state) === 0) expect(standing.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(given_);
        });
      }),
      { numRuns: 200 },
    ));
});
