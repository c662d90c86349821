import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `create table settlement_file (
     file_id uuid primary key,
     settlement_id uuid not null,
     source text not null,
     status text not null,
     records integer not null default 0,
     imported integer not null default 0,
     unchanged integer not null default 0,
     rejected integer not null default 0,
     last_line integer not null default 0,
     started_at timestamptz not null,
     changed_at timestamptz not null,
     actor text not null
   )`,
  `create index settlement_file_newest on settlement_file (started_at desc, file_id desc)`,
  `create index settlement_file_of on settlement_file (settlement_id)`,
  `create unique index settlement_file_in_hand on settlement_file (source) where status = 'running'`,
  `comment on table settlement_file is 'One row for each file of a settlement that was sent: how far it came. A file is named by what it holds.'`,
  `comment on column settlement_file.settlement_id is 'The settlement that it is a part of: its own, unless it mends rows of another file.'`,
  `comment on column settlement_file.source is 'Who settles.'`,
  `comment on column settlement_file.records is 'Lines that were looked at.'`,
  `create table settlement_rejection (
     file_id uuid not null,
     number integer generated always as identity,
     line integer not null,
     field text not null,
     code text not null,
     message text not null,
     primary key (file_id, number)
   )`,
  `comment on table settlement_rejection is 'What is wrong in which line of a settlement file: mend these, and send them again.'`,
  `create table settlement_repeat (settlement_id uuid not null, line_id uuid not null, primary key (settlement_id, line_id))`,
  `comment on table settlement_repeat is 'Lines of a settlement that another one had before: counted in both, settled once.'`,
  `create table cod_parcel (
     shipment_id uuid not null,
     tracking_number text not null,
     order_id uuid not null,
     carrier text not null,
     primary key (shipment_id, tracking_number)
   )`,
  `create index cod_parcel_tracked on cod_parcel (tracking_number)`,
  `comment on table cod_parcel is 'Parcels whose cash a carrier collects, by the numbers that its files name.'`,
  `comment on column cod_parcel.carrier is 'Who carries it, and has the cash until it is handed over.'`,
  `create table delivered_shipment (shipment_id uuid primary key, order_id uuid not null, delivered_at timestamptz not null)`,
  `comment on table delivered_shipment is 'When each shipment was delivered: money that is paid before delivery has no event of it.'`,
];

/** Files come from outside, and tracking numbers are no facts about money: no view of the log could show them. */
export class Settlements1764400000000 implements MigrationInterface {
  readonly name = 'Settlements1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
