import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Apart, so that specs can make the tables alone. */
export const migrationStatements = [
  `create table standing (
    topic text not null,
    key text not null,
    order_id uuid,
    position bigint not null,
    state json,
    fact_id uuid not null,
    recorded_at timestamptz not null,
    primary key (topic, key)
  ) with (fillfactor = 70)`,
  `create index standing_changed on standing (position)`,
  `create index standing_of_order on standing (order_id) where order_id is not null`,
  `comment on table standing is 'What is now of each order, stock level, payment, shipment and return, as the compacted topics tell it: made from the facts, and made anew from them.'`,
  `comment on column standing.topic is 'The compacted topic that tells it.'`,
  `comment on column standing.key is 'Its key there.'`,
  `comment on column standing.order_id is 'The order that it is of; null: of none.'`,
  `comment on column standing.position is 'The place of the fact that changed it last, among all facts: its number on the topic. It never falls.'`,
  `comment on column standing.state is 'The state, as it is told; null: whom it was about is forgotten, or it is being made anew.'`,
  `comment on column standing.fact_id is 'The fact that changed it last.'`,
  `comment on column standing.recorded_at is 'When that fact was recorded.'`,
  `create table forgotten_order (order_id uuid primary key)`,
  `comment on table forgotten_order is 'Orders of people who were forgotten: nothing of them is told as a state any more.'`,
  `comment on column forgotten_order.order_id is 'The order.'`,
  `create table standing_progress (
    revision integer primary key,
    folded bigint not null,
    published bigint not null
  )`,
  `comment on table standing_progress is 'How far the states are. One row, for the way in which this version of the program makes them.'`,
  `comment on column standing_progress.revision is 'Which way of making them: with another one they are made anew.'`,
  `comment on column standing_progress.folded is 'Facts up to here are in the states.'`,
  `comment on column standing_progress.published is 'States that changed up to here were told.'`,
];

export class States1765100000000 implements MigrationInterface {
  readonly name = 'States1765100000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of migrationStatements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
