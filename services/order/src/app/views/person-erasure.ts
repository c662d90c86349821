import type { StoredEvent } from '@cartage/eventsourcing';
import { put, type Change, type View } from '@cartage/views';
import { erasure, missingIn, type ErasureEvent, type ErasureState } from '../../domain/erasure';

const row = (state: ErasureState): Change | readonly Change[] => {
  if (!state) return [];
  const { erasureId, status, orders, customers, by, requestedAt = null, answerBy = null, completedAt = null } = state;
  return put({
    ...{ erasure_id: erasureId, status, orders, customers, requested_by: by, asked_at: state.deferredAt ?? requestedAt },
    ...{ requested_at: requestedAt, answer_by: answerBy, completed_at: completedAt },
    missing: status === 'waiting' ? [] : missingIn(state),
  });
};
const shows = (_: StoredEvent, state: () => ErasureState) => row(state());

export const personErasure: View<ErasureEvent, ErasureState> = {
  name: 'person_erasure',
  about: 'One row for each person who was to be forgotten. Nothing in it says who it was.',
  revision: 1,
  key: ['erasure_id'],
  columns: {
    erasure_id: { type: 'uuid not null', about: 'The erasure; its certificate is at /customers/erasures/<erasureId>.' },
    status: {
      type: 'text not null',
      about: 'waiting: for orders that are under way; asked; overdue: a service has not answered in time; erased.',
    },
    orders: { type: 'jsonb not null', about: 'All orders of the person.' },
    customers: { type: 'jsonb not null', about: 'The customer id under which they were placed; none of a guest.' },
    requested_by: { type: 'text not null', about: 'Who asked for it.' },
    asked_at: { type: 'timestamptz not null', about: 'When it was asked for.' },
    requested_at: { type: 'timestamptz', about: 'When all services were told; null while it waits.' },
    answer_by: { type: 'timestamptz', about: 'Until when they are to answer.' },
    missing: { type: 'jsonb not null', about: 'The services that have not answered yet.' },
    completed_at: { type: 'timestamptz', about: 'When the last of them had.' },
  },
  indexes: ['(asked_at desc, erasure_id desc)', 'using gin (orders)', 'using gin (customers)'],
  fold: erasure,
  on: {
    PersonErasureDeferred: shows,
    PersonErasureRequested: shows,
    ErasureAnswered: shows,
    ErasureOverdue: shows,
    ErasureCompleted: shows,
  },
};
