import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What partners were told and said is found by its age, and forgotten. */
export class PartnerRowsOver1764380000000 implements MigrationInterface {
  readonly name = 'PartnerRowsOver1764380000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const statements = [
  `create index partner_message_over on partner_message (ended_at) where status in ('told', 'passed-over', 'dropped')`,
  `create index partner_notice_over on partner_notice (received_at) where status in ('taken', 'dropped')`,
  `comment on table partner_message is 'What partners are to be told, and what became of each; of a shipment one after the other, by place. What is over is forgotten after PARTNER_MESSAGE_DAYS.'`,
  `comment on table partner_notice is 'What partners said, each once by its id, and what became of it. What is over is forgotten after PARTNER_MESSAGE_DAYS.'`,
];
