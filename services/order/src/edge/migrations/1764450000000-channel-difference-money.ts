import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = `
alter table channel_difference add column currency text, add column currency_there text;
comment on column channel_difference.kind is 'missing-here, unknown-there, cancelled-there, cancelled-here, shipped-here, shipped-there, quantity, refunded, charged or currency.';
comment on column channel_difference.here is 'Units, or of money minor units, as they are here.';
comment on column channel_difference.currency is 'Of money: that of the order here.';
comment on column channel_difference.currency_there is 'Of currency: what the channel charges in.';
`;

export class ChannelDifferenceMoney1764450000000 implements MigrationInterface {
  readonly name = 'ChannelDifferenceMoney1764450000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
