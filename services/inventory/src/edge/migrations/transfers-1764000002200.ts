import type { MigrationInterface, QueryRunner } from 'typeorm';

const TRANSFERS = `
create table transfer (
  transfer_id uuid primary key,
  status text not null,
  from_location text collate "C" not null references location (code),
  to_location text collate "C" not null references location (code),
  transfer jsonb not null
);
create index transfer_from on transfer (from_location, transfer_id);
create index transfer_to on transfer (to_location, transfer_id);
create index transfer_by_status on transfer (status, transfer_id);

comment on table transfer is 'Goods that go from one location to another. What is sent and has not come stands at neither.';
comment on column transfer.status is 'planned, in-transit, closed, cancelled.';
comment on column transfer.transfer is 'All that is known of it, line by line: planned, sent, received, lost.';
`;

export class Transfers1764000002200 implements MigrationInterface {
  readonly name = 'Transfers1764000002200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TRANSFERS);
  }

  /** Forward only: a log cannot be taken back, and these rows follow from it. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
