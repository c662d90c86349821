import type { Reason } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import { declined } from './authorizations';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import type { Authorization } from './ledger';
import { requireKnown, type Known, type Payment } from './payment';
import { refundFailed } from './refunds';
import { captureFailed } from './settlement';
import { voidFailed } from './voids';

const SILENT: Reason = { code: 'provider-silent', by: 'system' };

/** A call whose provider owes a word on it, and since when. */
export interface Silent {
  /** Of the call: the id of the try. */
  readonly key: string;
  readonly since: string;
}

/** On what it was asked for, or on what the customer did in time. */
const silentSince = ({ status, askedAt, expiresAt }: Authorization): string | undefined => {
  if (status === 'requested') return askedAt;
  return status === 'pending' ? expiresAt : undefined;
};

interface Given extends Silent {
  /** What comes of it when nobody waits for it any more. */
  readonly up: (now: string) => readonly PaymentEvent[];
}

/** Declined: another way to pay may take its place, and a yes that comes yet is taken where the money is still wanted, and given back where not. */
const promises = (known: Known): readonly Given[] =>
  [...known.ledger.authorizations.values()].flatMap((authorization) => {
    const since = silentSince(authorization);
    const up = (now: string) => declined({ known, authorization, now }, SILENT);
    return since === undefined ? [] : [{ key: authorization.authorizationId, since, up }];
  });

interface Tried {
  readonly status: string;
  readonly attemptId?: string;
  readonly askedAt?: string;
}

const tried = <Thing extends Tried>(
  things: ReadonlyMap<string, Thing>,
  fail: (thing: Thing, id: string, now: string) => PaymentEvent,
): readonly Given[] =>
  [...things].flatMap(([id, thing]) => {
    const { status, attemptId: key, askedAt: since } = thing;
    return status === 'requested' && key !== undefined && since !== undefined
      ? [{ key, since, up: (now: string) => [fail(thing, id, now)] }]
      : [];
  });

/** Failed, with an outcome that nobody knows: it is never asked for under another key until somebody does. */
const tries = (known: Known): readonly Given[] => {
  const unknown = { reason: SILENT, outcomeUnknown: true } as const;
  const { captures, voids, refunds } = known.ledger;
  return [
    ...tried(captures, (capture, captureId, now) => captureFailed(known, capture, { captureId, now, ...unknown })),
    ...tried(voids, (asked, voidId, now) => voidFailed(known, asked, { voidId, now, ...unknown })),
    ...tried(refunds, (refund, _, now) => refundFailed(known, refund, { now, ...unknown })),
  ];
};

/** Every call of a payment that its provider has not answered. */
export const silentCalls = (known: Known): readonly Silent[] => [...promises(known), ...tries(known)];

/** Nobody waits for it any more. What its provider says yet is news. */
export const giveUpCall = (
  { orderId, key, silentSince: since, now }: DataOf<PaymentCommand, 'GiveUpCall'>,
  payment: Payment,
): readonly PaymentEvent[] => {
  const known = requireKnown(orderId, payment);
  const given = [...promises(known), ...tries(known)].find((each) => each.key === key && each.since === since);
  return given ? given.up(now) : [];
};
