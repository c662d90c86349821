import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Apart, so that specs can make the tables alone. */
export const migrationStatements = [
  `create table fact (
    fact_id uuid primary key,
    arrival bigint generated always as identity,
    position bigint unique,
    order_id uuid,
    sequence bigint,
    channel text,
    topic text not null,
    type text not null,
    recorded_at timestamptz not null,
    heard_at timestamptz not null,
    envelope json not null,
    unique (order_id, sequence)
  )`,
  `create index fact_waiting on fact (order_id, arrival) where position is null`,
  `create index fact_recorded on fact (recorded_at, position)`,
  `comment on table fact is 'Every public fact of every service, once, in the order in which it was heard. The source of the stream, of webhooks and of replays.'`,
  `comment on column fact.fact_id is 'The id of the event.'`,
  `comment on column fact.arrival is 'In which order facts came; with gaps.'`,
  `comment on column fact.position is 'Its place among all facts, from 1 without gaps; null: it waits for the beginning of the journal of its order.'`,
  `comment on column fact.order_id is 'The order that it belongs to; null: it belongs to none.'`,
  `comment on column fact.sequence is 'Its number in the journal of its order, from 1 without gaps.'`,
  `comment on column fact.channel is 'Where its order was sold; null where nobody has said so, or it belongs to none.'`,
  `comment on column fact.topic is 'The topic on which it was published.'`,
  `comment on column fact.type is 'Its type.'`,
  `comment on column fact.recorded_at is 'When its service recorded it.'`,
  `comment on column fact.heard_at is 'When it was heard here.'`,
  `comment on column fact.envelope is 'All of it, as it was published; what is personal is sealed.'`,
  `create table journal (
    order_id uuid primary key,
    last bigint not null,
    channel text
  ) with (fillfactor = 70)`,
  `comment on table journal is 'How far the journal of each order has come.'`,
  `comment on column journal.order_id is 'The order.'`,
  `comment on column journal.last is 'The number of its last entry.'`,
  `comment on column journal.channel is 'Where it was sold; null where nobody has said so.'`,
];

export class Facts1764700000000 implements MigrationInterface {
  readonly name = 'Facts1764700000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of migrationStatements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
