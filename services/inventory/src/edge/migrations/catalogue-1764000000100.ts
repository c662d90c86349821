import type { MigrationInterface, QueryRunner } from 'typeorm';

const ITEMS = `
create table item (
  sku text collate "C" primary key,
  title text not null,
  status text not null,
  category text,
  weight_grams integer check (weight_grams >= 0),
  length_mm integer check (length_mm > 0),
  width_mm integer check (width_mm > 0),
  height_mm integer check (height_mm > 0),
  fragile boolean,
  own_packing boolean,
  hazard_code text,
  hs_code text,
  origin_country text,
  returnable boolean not null,
  counted boolean,
  kit jsonb,
  parts text[],
  substitution_group text,
  revision integer not null,
  changed_at timestamptz not null,
  constraint dimensions_are_whole check (num_nulls(length_mm, width_mm, height_mm) in (0, 3)),
  constraint customs_are_whole check (num_nulls(hs_code, origin_country) in (0, 2)),
  constraint kits_have_parts check ((kit is null) = (parts is null))
);
create index item_by_category on item (category, sku) where category is not null;
create index item_by_status on item (status, sku);
create index item_by_group on item (substitution_group, sku) where substitution_group is not null;
create index item_by_part on item using gin (parts) where parts is not null;

comment on table item is 'The product master: what is sold under each SKU.';
comment on column item.status is 'active; discontinued: what is there is sold, and no more comes; blocked: not to be sold.';
comment on column item.weight_grams is 'Of one unit with its own packing, grams.';
comment on column item.length_mm is 'Of one unit with its own packing, millimetres.';
comment on column item.width_mm is 'Of one unit with its own packing, millimetres.';
comment on column item.height_mm is 'Of one unit with its own packing, millimetres.';
comment on column item.fragile is 'It stays upright, nothing stands on it, and its box is padded.';
comment on column item.own_packing is 'It is sent as it is, in its own packing, without a box.';
comment on column item.hazard_code is 'Dangerous goods: UN number, such as UN3480.';
comment on column item.hs_code is 'For customs: Harmonised System, 6 to 12 digits.';
comment on column item.origin_country is 'For customs: ISO 3166-1 alpha-2.';
comment on column item.counted is 'Whether units are counted where it is delivered digitally, such as licence keys. What is shipped or carried is counted always.';
comment on column item.returnable is 'Whether it may be sent back because it does not please.';
comment on column item.kit is 'What a kit is made of: sku, units in one kit, weight in its price. Null: it is no kit.';
comment on column item.parts is 'SKUs of the parts of a kit.';
comment on column item.substitution_group is 'Items of one group can stand in for each other.';
`;

export class Catalogue1764000000100 implements MigrationInterface {
  readonly name = 'Catalogue1764000000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ITEMS);
  }

  /** Forward only: a log cannot be taken back, and these rows follow from it. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
