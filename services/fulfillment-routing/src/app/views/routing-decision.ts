import { put, type View } from '@cartage/views';
import type { BrokeringEvent } from '../../domain/events';

/** The whole record, with the stock that was considered, stays in the log; it is read over HTTP. */
export const routingDecision: View<BrokeringEvent> = {
  name: 'routing_decision',
  about: 'One row for each decision where lines of an order ship from, and how the locations scored.',
  revision: 1,
  key: ['decision_id'],
  columns: {
    decision_id: { type: 'uuid not null', about: 'The decision.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    cause: { type: 'text not null', about: 'What set it off: confirmed, allocation-refused, rejected, stock-arrived …' },
    attempt: { type: 'integer not null', about: '1 for the first brokering of these lines.' },
    rules: { type: 'text not null', about: 'Version of the routing rules.' },
    outcome: { type: 'text not null', about: 'brokered, or why nothing was: short, split-limit, attempts-exhausted.' },
    located_by: { type: 'text not null', about: 'How the destination was located: coordinates, postal-area, country or unknown.' },
    locations: { type: 'text[] not null', about: 'Codes of the chosen locations.' },
    candidates: {
      type: 'jsonb not null',
      about: 'Every location that was looked at: score, its components, distance in km, why it was refused.',
    },
    line_count: { type: 'integer not null', about: 'Lines to be brokered.' },
    decided_at: { type: 'timestamptz not null', about: 'When it was decided.' },
  },
  indexes: ['(order_id)', '(decided_at desc, decision_id desc)'],
  on: {
    OrderBrokered: ({ data }) =>
      put({
        decision_id: data.decisionId,
        order_id: data.orderId,
        cause: data.cause,
        attempt: data.request.attempt,
        rules: data.rules.version,
        outcome: data.because ?? 'brokered',
        located_by: data.destination.locatedBy,
        locations: data.assignments.map(({ location }) => location),
        candidates: data.candidates.map(({ location, score, components, distanceKm, refusal }) => ({
          location,
          score,
          components,
          distanceKm,
          refusal,
        })),
        line_count: data.request.lines.length,
        decided_at: data.brokeredAt,
      }),
  },
};
