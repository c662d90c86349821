import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a channel is told belongs to the trace of what it follows from. */
export class UpdateTrace1764490000000 implements MigrationInterface {
  readonly name = 'UpdateTrace1764490000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table channel_update add column traceparent text');
    await runner.query(
      `comment on column channel_update.traceparent is 'W3C trace context of what it follows from; null where nothing was traced.'`,
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
