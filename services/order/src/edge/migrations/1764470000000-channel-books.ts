import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = `
alter table channel_order add column booked bigint, add column booked_entries integer;
create index channel_update_refunded on channel_update (channel, external_order_id) where content->>'kind' = 'refunded';
comment on column channel_order.booked is 'What went back of it by the books of the channel, minor units; null: they had nothing of it.';
comment on column channel_order.booked_entries is 'In so many entries: books only grow.';
comment on column channel_difference.cause is 'update-waiting, update-refused, message-refused, books-late or unexplained.';
`;

export class ChannelBooks1764470000000 implements MigrationInterface {
  readonly name = 'ChannelBooks1764470000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
