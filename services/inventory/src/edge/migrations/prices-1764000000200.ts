import type { MigrationInterface, QueryRunner } from 'typeorm';

const PRICES = `
create table price_list (
  list text collate "C" primary key,
  currency text not null,
  tax_included boolean not null,
  channel text,
  country text,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to > valid_from),
  revision integer not null,
  changed_at timestamptz not null
);
create table price (
  sku text collate "C" not null,
  list text collate "C" not null references price_list (list),
  unit_price bigint not null check (unit_price >= 0),
  primary key (sku, list)
);
create index price_by_list on price (list, sku);

comment on table price_list is 'Which prices hold where and when. Of several lists the nearest applies: for the channel, then for the country, then the newest.';
comment on column price_list.tax_included is 'Whether its prices include tax.';
comment on column price_list.channel is 'Only there; null: on all channels.';
comment on column price_list.country is 'ISO 3166-1 alpha-2: only for goods that go there; null: everywhere.';
comment on column price_list.valid_to is 'From then on it holds no more; null: for ever.';
comment on table price is 'What a price list asks for one unit of a SKU.';
comment on column price.unit_price is 'Minor units of the list''s currency.';
`;

export class Prices1764000000200 implements MigrationInterface {
  readonly name = 'Prices1764000000200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PRICES);
  }

  /** Forward only: a log cannot be taken back, and these rows follow from it. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
