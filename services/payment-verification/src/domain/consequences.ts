import { EXCHANGE } from '@cartage/contracts';
import { derivedId } from '@cartage/eventsourcing';
import { askingChannel, channelGave } from './channel-refunds';
import type { PaymentEvent } from './events';
import { evolve } from './evolve';
import { amountIn, hasUnfinished, received, refundedAsNotDue, restOf, toCome, type Capture } from './ledger';
import { due, isKnown, statusOf, type Known, type Payment } from './payment';
import { chargedBack, refundable } from './refundable';
import { refundsWonBack, requestRefundOf } from './refunds';
import { drawnFrom, inCaptureOrder, type Drawn } from './tenders';
import { isCod, isProvider, moneyOf } from './terms';

export interface Ids {
  readonly newId: string;
  readonly now: string;
}

/** What follows from how a payment stands; nothing, once it has. A rule sees the payment and never the fact: facts come in any order. */
type Rule = (known: Known, ids: Ids) => readonly PaymentEvent[];

const captureOf = ({ terms }: Known, { authorization, amount }: Drawn, now: string) => ({
  ...moneyOf(terms, authorization.paymentId, amount),
  authorizationId: authorization.authorizationId,
  ...(isProvider(authorization.mover) ? { provider: authorization.mover } : {}),
  requestedAt: now,
});

/** A capture that no provider has to be asked for has its money at once. */
export const capturing = (
  known: Known,
  drawn: Drawn,
  { captureId, attemptId, now }: { captureId: string; attemptId: string; now: string },
): readonly PaymentEvent[] => {
  const shipmentId = known.ledger.captures.get(captureId)?.shipmentId;
  const of = { captureId, ...(shipmentId === undefined ? {} : { shipmentId }) };
  const money = captureOf(known, drawn, now);
  const { provider, authorizationId: _, requestedAt: __, ...plain } = money;
  return [
    { type: 'CaptureRequested', data: { ...money, ...of, attemptId } },
    ...(provider === undefined ? ([{ type: 'PaymentCaptured', data: { ...plain, ...of, capturedAt: now } }] as const) : []),
  ];
};

const isWaiting = ([, { status }]: readonly [string, Capture]): boolean => status === 'waiting';

/** What waited for a promise is taken once it is given. */
const waitingCaptures: Rule = (known, ids) =>
  [...known.ledger.captures].filter(isWaiting).flatMap(([captureId, { authorizationId = '', amount }], i) => {
    const authorization = known.ledger.authorizations.get(authorizationId);
    return authorization?.status === 'authorized'
      ? capturing(known, { authorization, amount }, { captureId, attemptId: derivedId(ids.newId, i), now: ids.now })
      : [];
  });

/** Where money is taken when the order is placed: all that is promised, once all of it is. */
const capturesAtPlacement: Rule = (known, ids) => {
  if (known.terms.capture !== 'placement' || statusOf(known) !== 'authorized') return [];
  const { drawn } = drawnFrom(known.ledger, toCome(known.ledger, due(known)));
  return drawn
    .filter(({ authorization }) => !isCod(authorization))
    .flatMap((part, i) => {
      const captureId = derivedId(ids.newId, i);
      return capturing(known, part, { captureId, attemptId: captureId, now: ids.now });
    });
};

const bySystem = { code: 'not-due', by: 'system' } as const;

/** What we have beyond what is due goes back by itself; what a bank has taken back, the customer has already. */
const excess: Rule = (known, ids) => {
  const { ledger } = known;
  const amount = Math.min(received(ledger) - chargedBack(ledger) - due(known) - refundedAsNotDue(ledger), refundable(ledger));
  if (amount <= 0) return [];
  const request = { refundId: ids.newId, currency: known.terms.currency, amount, tender: 'original', cause: 'due' } as const;
  return requestRefundOf(known, request, { newId: derivedId(ids.newId, 1), now: ids.now });
};

const released = (known: Known, { authorization, amount }: Drawn, { newId, now }: Ids): PaymentEvent => {
  const { authorizationId, paymentId, mover } = authorization;
  const reason = known.amended ?? bySystem;
  const base = { ...moneyOf(known.terms, paymentId, amount), voidId: newId, authorizationId, reason };
  return isProvider(mover) && !isCod(authorization)
    ? { type: 'VoidRequested', data: { ...base, attemptId: newId, provider: mover, requestedAt: now } }
    : { type: 'PaymentVoided', data: { ...base, voidedAt: now } };
};

/** A promise that nothing more will be taken from is given back, unless something of it is still on its way. */
const releases: Rule = (known, ids) => {
  const { ledger } = known;
  const amountDue = due(known);
  let left = toCome(ledger, amountDue);
  const stillDue = amountDue > 0;
  return inCaptureOrder(ledger.authorizations.values()).flatMap((authorization, i) => {
    const rest = restOf(ledger, authorization);
    const needed = authorization.replaced ? 0 : Math.min(left, rest);
    left -= Math.max(0, needed);
    const inHand = hasUnfinished(ledger, authorization.authorizationId, 'requested', ...(stillDue ? (['failed', 'waiting'] as const) : []));
    return rest > 0 && needed <= 0 && !inHand
      ? [released(known, { authorization, amount: rest }, { ...ids, newId: derivedId(ids.newId, i) })]
      : [];
  });
};

/** Nobody stands for more than what came back for an exchange: the rest is due from the customer. */
const beyondExchange: Rule = ({ ledger, terms, exchangeLimit }, { newId, now }) => {
  if (exchangeLimit === undefined) return [];
  const promised = [...ledger.authorizations.values()].filter(({ method, status }) => method === EXCHANGE && status === 'authorized');
  let left = exchangeLimit;
  return promised.flatMap((authorization, i) => {
    const { authorizationId, paymentId, amount, mover } = authorization;
    const voided = amountIn(
      [...ledger.voids.values()].filter((each) => each.authorizationId === authorizationId),
      'requested',
      'voided',
      'failed',
    );
    const standing = amount - voided;
    const over = Math.min(restOf(ledger, authorization), standing - Math.min(left, standing));
    left -= Math.min(left, standing);
    const voidId = derivedId(newId, i);
    const money = { ...moneyOf(terms, paymentId, over), voidId, authorizationId, attemptId: voidId, provider: mover };
    return over > 0 ? [{ type: 'VoidRequested', data: { ...money, reason: exchangeShort, requestedAt: now } }] : [];
  });
};

const exchangeShort = { code: 'exchange-short', detail: 'Less came back than was reckoned with.', by: 'policy' } as const;

const rules: readonly Rule[] = [
  waitingCaptures,
  capturesAtPlacement,
  excess,
  releases,
  beyondExchange,
  refundsWonBack,
  channelGave,
  askingChannel,
];

/** Each rule’s ids are far from the others’: a decision asks for a handful. */
const SPACING = 256;

/** What follows from a decision, beyond what it says itself. */
export const withConsequences = (decided: readonly PaymentEvent[], payment: Payment, ids: Ids): readonly PaymentEvent[] => {
  if (decided.length === 0) return decided;
  let state = decided.reduce(evolve, payment);
  const events = [...decided];
  rules.forEach((rule, i) => {
    if (!isKnown(state)) return;
    const more = rule(state, { ...ids, newId: derivedId(ids.newId, SPACING * (i + 1)) });
    state = more.reduce(evolve, state);
    events.push(...more);
  });
  return events;
};
