import { integer, list, named, nullable, object, oneOf, optional, text, time, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ShownDelivery } from '../../app/webhooks/deliveries';
import type { LoggedDelivery } from '../../app/webhooks/delivery-table';
import type { CountedEndpoint } from '../../app/webhooks/endpoint-table';
import type { CircuitBreaker } from '../../domain/circuit-breaker';
import { deliveryStatuses, type Attempt } from '../../domain/delivery';
import { endpointStatus, endpointStatuses, pauseCauses, type EndpointStatus, type WebhookPause } from '../../domain/webhook-endpoint';
import { entry } from '../entry.answer';

export interface ShownEndpoint extends Pick<
  CountedEndpoint,
  'endpointId' | 'url' | 'madeAt' | 'madeBy' | 'waiting' | 'delivered' | 'failed' | 'givenUp'
> {
  readonly note: string | null;
  readonly type: readonly string[] | null;
  readonly channel: readonly string[] | null;
  readonly status: EndpointStatus;
  readonly pause: WebhookPause | null;
  readonly position: string;
  readonly failing: {
    readonly failures: number;
    readonly since: string;
    readonly nextTryAt: string | null;
    readonly reason: string | null;
  } | null;
}

const failingOf = ({ failures, failingSince: since, openUntil, reason }: CircuitBreaker): ShownEndpoint['failing'] =>
  since === undefined ? null : { failures, since, nextTryAt: openUntil ?? null, reason: reason ?? null };

export const shownEndpoint = (counted: CountedEndpoint, now: Date): ShownEndpoint => {
  const { filter, breaker, secrets: _, ...endpoint } = counted;
  return {
    ...endpoint,
    note: endpoint.note ?? null,
    type: filter.types ?? null,
    channel: filter.channels ?? null,
    status: endpointStatus(counted, now),
    pause: endpoint.pause ?? null,
    position: String(endpoint.position),
    failing: failingOf(breaker),
  };
};

const shape = {
  endpointId: uuid(),
  url: text('Where events are posted to.'),
  note: nullable(text('What it is for.')),
  type: nullable(list(text(), 'Events of these types; null: of all.')),
  channel: nullable(list(text(), 'Events of orders that were sold there; null: all events.')),
  status: oneOf(
    endpointStatuses,
    '`failing`: it takes nothing, and is tried carefully. `paused`: nothing is sent until somebody resumes it.',
  ),
  pause: nullable(object({ at: time(), cause: oneOf(pauseCauses), reason: text() }, 'Why nothing is sent.')),
  failing: nullable(
    object({
      failures: integer('Attempts in a row that came to nothing.'),
      since: time(),
      nextTryAt: nullable(time('Nothing is tried before; null: each delivery at its time.')),
      reason: nullable(text('What was said last when it was left alone.')),
    }),
  ),
  madeAt: time(),
  madeBy: text('Who made it.'),
  position: text('Events up to here were looked through, as digits.'),
  waiting: integer('Deliveries that wait.'),
  delivered: integer('Deliveries that were taken.'),
  failed: integer('Attempts that came to nothing.'),
  givenUp: integer('Deliveries that were given up.'),
};

export const endpointAnswer = answerOf<ShownEndpoint>()('WebhookEndpoint', object(shape));
export const endpointPage = pageAnswer(endpointAnswer);

export interface ShownNewEndpoint extends ShownEndpoint {
  readonly secret: string | null;
}

export const newEndpointAnswer = answerOf<ShownNewEndpoint>()(
  'NewWebhookEndpoint',
  object({
    ...shape,
    secret: nullable(text('`whsec_…`: what is sent is signed with it. Shown this once; null where the same request was answered before.')),
  }),
);

export const endpointGone = answerOf<{ readonly endpointId: string }>()('WebhookEndpointGone', object({ endpointId: uuid() }));

const attempt = object({
  at: time(),
  tookMs: integer(),
  url: text('Where it was sent.'),
  answer: optional(
    object(
      { status: integer(), headers: named(text(), 'Some of them.'), body: text('The beginning of it.') },
      'What was answered; absent: nothing.',
    ),
  ),
  failure: optional(text('Why there is no answer.')),
});

export const attemptAnswer = answerOf<Attempt>()('WebhookAttempt', attempt);

const line = {
  deliveryId: uuid('The `webhook-id`.'),
  endpointId: uuid(),
  status: oneOf(deliveryStatuses),
  eventId: uuid(),
  type: text('Of the event.'),
  orderId: nullable(uuid('Null: the event belongs to no order.')),
  position: text('The event’s place among all events, as digits.'),
  replayId: nullable(uuid('The replay that it belongs to; null: to none.')),
  attempts: integer(),
  enteredAt: time('When it was to be sent, or sent again.'),
  nextAt: nullable(time('Not tried before; null: it has ended.')),
  endedAt: nullable(time()),
};

export const deliveryPage = pageAnswer(answerOf<LoggedDelivery>()('WebhookDeliveryLine', object(line)));
export const deliveryAnswer = answerOf<ShownDelivery>()(
  'WebhookDelivery',
  object({ ...line, event: entry, attemptLog: list(attempt, 'The first first.') }),
);
export const redeliveriesAnswer = answerOf<{ readonly count: number }>()(
  'WebhookRedeliveries',
  object({ count: integer('So many deliveries are sent again.') }),
);
