import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages are looked for by the channel that sold the order, and listed by age. */
export class Channels1764410000000 implements MigrationInterface {
  readonly name = 'Channels1764410000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const statements = [
  `alter table order_card add column channel text`,
  `update order_card set channel = card->>'channel'`,
  `comment on column order_card.channel is 'The sales channel of the order.'`,
  `create index message_by_age on message (planned_at, message_id)`,
];
