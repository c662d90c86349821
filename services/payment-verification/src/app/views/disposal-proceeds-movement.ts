import { put, type View } from '@cartage/views';
import { PROCEEDS, type ProceedsEvent } from '../../domain/goods/proceeds';

/** What was paid for goods that were not fit to be sold? */
export const disposalProceedsMovement: View<ProceedsEvent> = {
  name: 'disposal_proceeds_movement',
  about: 'One row for each disposal of goods for which something was paid.',
  columns: {
    movement_id: { type: 'uuid not null', about: 'The event that recorded it.' },
    disposal_id: { type: 'uuid not null', about: 'The disposal, as inventory knows it.' },
    kind: { type: 'text not null', about: 'disposal-proceeds.' },
    sku: { type: 'text not null', about: 'What was disposed of.' },
    location: { type: 'text not null', about: 'Where it was.' },
    quantity: { type: 'integer not null', about: 'Units.' },
    outcome: { type: 'text not null', about: 'What became of them, such as liquidated.' },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    amount: { type: 'bigint not null', about: 'What was paid for all of them. Minor units of `currency`.' },
    moved_at: { type: 'timestamptz not null', about: 'When they were disposed of.' },
  },
  key: ['movement_id'],
  indexes: ['(moved_at, movement_id)', '(disposal_id)'],
  revision: 1,
  on: {
    DisposalProceedsBooked: ({ id, data: { disposalId, sku, location, quantity, outcome, currency, amount, disposedAt } }) =>
      put({
        ...{ movement_id: id, disposal_id: disposalId, kind: PROCEEDS, sku, location, quantity, outcome, currency, amount },
        moved_at: disposedAt,
      }),
  },
};
