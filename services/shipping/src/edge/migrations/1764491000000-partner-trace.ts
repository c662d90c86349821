import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a partner is told belongs to the trace of what it follows from. */
export class PartnerTrace1764491000000 implements MigrationInterface {
  readonly name = 'PartnerTrace1764491000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table partner_message add column traceparent text');
    await runner.query(
      `comment on column partner_message.traceparent is 'W3C trace context of what it follows from; null where nothing was traced.'`,
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
