import { CAPTURE_FAILED, EXCHANGE, type Reason } from '@cartage/contracts';
import { derivedId } from '@cartage/eventsourcing';
import { NOT_PROMISED_AGAIN } from './authorizations';
import { askingChannel, channelGave } from './channel-refunds';
import type { PaymentEvent } from './events';
import { evolve } from './evolve';
import {
  amountIn,
  claimed,
  hasInHand,
  heldInVain,
  received,
  refundedAsNotDue,
  restOf,
  toCome,
  type Authorization,
  type Capture,
} from './ledger';
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

/** A yes that comes after a no is one still: what could not be taken for want of it is taken now, as far as it is due. */
const takenNow = (known: Known, { status, amount, reason }: Capture): number => {
  if (status === 'waiting') return amount;
  return status === 'failed' && reason?.code === NOT_PROMISED_AGAIN ? Math.min(amount, due(known) - claimed(known.ledger)) : 0;
};

/** What waited for a promise is taken once it is given. */
const waitingCaptures: Rule = (known, ids) =>
  [...known.ledger.captures].flatMap(([captureId, capture], i) => {
    const amount = takenNow(known, capture);
    const authorization = known.ledger.authorizations.get(capture.authorizationId ?? '');
    return amount > 0 && authorization?.status === 'authorized'
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
const captureFailed = { code: CAPTURE_FAILED, by: 'system' } as const;

/** What we have beyond what is due goes back by itself; what a bank has taken back, the customer has already. */
const excess: Rule = (known, ids) => {
  const { ledger } = known;
  const amount = Math.min(received(ledger) - chargedBack(ledger) - due(known) - refundedAsNotDue(ledger), refundable(ledger));
  if (amount <= 0) return [];
  const request = { refundId: ids.newId, currency: known.terms.currency, amount, tender: 'original', cause: 'due' } as const;
  return requestRefundOf(known, request, { newId: derivedId(ids.newId, 1), now: ids.now });
};

interface Release extends Drawn {
  readonly reason: Reason;
}

const released = (known: Known, { authorization, amount, reason }: Release, { newId, now }: Ids): PaymentEvent => {
  const { authorizationId, paymentId, mover } = authorization;
  const base = { ...moneyOf(known.terms, paymentId, amount), voidId: newId, authorizationId, reason };
  return isProvider(mover) && !isCod(authorization)
    ? { type: 'VoidRequested', data: { ...base, attemptId: newId, provider: mover, requestedAt: now } }
    : { type: 'PaymentVoided', data: { ...base, voidedAt: now } };
};

/** What is not needed, and what failed captures hold in vain: apart, because the one is not due any more and the other may be. */
const releasesOf = (known: Known, authorization: Authorization): readonly Release[] => {
  const { ledger, amended } = known;
  const amountDue = due(known);
  if (hasInHand(ledger, authorization, amountDue)) return [];
  const open = amountDue - claimed(ledger);
  const notDue = amended ?? bySystem;
  return [
    { authorization, amount: restOf(ledger, authorization), reason: notDue },
    { authorization, amount: heldInVain(ledger, authorization, open), reason: open > 0 ? captureFailed : notDue },
  ].filter(({ amount }) => amount > 0);
};

/** A promise that nothing more will be taken from is given back, unless something of it is still on its way. */
const releases: Rule = (known, ids) => {
  const { ledger } = known;
  let left = toCome(ledger, due(known));
  const spent = inCaptureOrder(ledger.authorizations.values()).filter((authorization) => {
    const needed = authorization.replaced ? 0 : Math.min(left, restOf(ledger, authorization));
    left -= needed;
    return needed <= 0;
  });
  return spent
    .flatMap((authorization) => releasesOf(known, authorization))
    .map((release, i) => released(known, release, { ...ids, newId: derivedId(ids.newId, i) }));
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
