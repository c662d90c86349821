import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What stands beside the star, and outlives it: its generations, how far they are, the calendar, and rates of exchange. */
export class Star1764500000000 implements MigrationInterface {
  readonly name = 'Star1764500000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...generations, ...calendar, ...rates]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const generations = [
  `create table generation (
     name text primary key,
     shown boolean not null default false,
     created_at timestamptz not null default clock_timestamp(),
     used_at timestamptz not null default now()
   )`,
  `create unique index generation_shown on generation (shown) where shown`,
  `comment on table generation is 'The stars that there are: one row for each shape of the tables that a program has filled. The plain names show one of them.'`,
  `comment on column generation.name is 'What its tables end in.'`,
  `comment on column generation.shown is 'True for the one that the plain names show.'`,
  `comment on column generation.created_at is 'When it was begun, UTC.'`,
  `comment on column generation.used_at is 'When a running program last said that it fills it, UTC. One that nobody fills for a day, and that is not shown, is dropped.'`,
  `create table progress (
     generation text not null references generation (name) on delete cascade,
     topic text not null,
     events bigint not null default 0,
     repeats bigint not null default 0,
     heard_until timestamptz,
     changed_at timestamptz not null default now(),
     primary key (generation, topic)
   )`,
  `comment on table progress is 'How far each star has come with each topic.'`,
  `comment on column progress.generation is 'The star.'`,
  `comment on column progress.topic is 'The topic.'`,
  `comment on column progress.events is 'Events of it that are in the star, each counted once.'`,
  `comment on column progress.repeats is 'Events that came once more and changed nothing.'`,
  `comment on column progress.heard_until is 'When the newest of them was recorded, UTC.'`,
  `comment on column progress.changed_at is 'When one last came, UTC.'`,
];

const day = `d.day`;

const calendar = [
  `create table dim_date (
     date_key integer primary key,
     date date not null unique,
     year integer not null,
     quarter integer not null,
     month integer not null,
     day integer not null,
     iso_year integer not null,
     iso_week integer not null,
     weekday integer not null,
     is_weekend boolean not null
   )`,
  `insert into dim_date
   select to_char(${day}, 'YYYYMMDD')::integer, ${day}::date, extract(year from ${day}), extract(quarter from ${day}), extract(month from ${day}),
     extract(day from ${day}), extract(isoyear from ${day}), extract(week from ${day}), extract(isodow from ${day}), extract(isodow from ${day}) > 5
   from generate_series(timestamp '2000-01-01', timestamp '2049-12-31', interval '1 day') as d(day)`,
  `comment on table dim_date is 'The calendar: one row for each day from 2000 to 2049. Days of facts are UTC.'`,
  `comment on column dim_date.date_key is 'The day as a number, such as 20261128: what facts have in columns that end in _date_key.'`,
  `comment on column dim_date.date is 'The day.'`,
  `comment on column dim_date.year is 'Year of the calendar.'`,
  `comment on column dim_date.quarter is 'Quarter of the year, 1 to 4.'`,
  `comment on column dim_date.month is 'Month of the year, 1 to 12.'`,
  `comment on column dim_date.day is 'Day of the month.'`,
  `comment on column dim_date.iso_year is 'Year that the ISO 8601 week belongs to.'`,
  `comment on column dim_date.iso_week is 'Week of the ISO 8601 year.'`,
  `comment on column dim_date.weekday is 'Day of the week, 1 is Monday.'`,
  `comment on column dim_date.is_weekend is 'Whether it is a Saturday or a Sunday.'`,
];

const rates = [
  `create table currency (code text primary key, exponent integer not null)`,
  `insert into currency (code, exponent)
     select unnest(string_to_array('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF', ' ')), 0
     union all select unnest(string_to_array('BHD IQD JOD KWD LYD OMR TND', ' ')), 3
     union all select unnest(string_to_array('CLF UYW', ' ')), 4`,
  `comment on table currency is 'Currencies whose minor unit is not a hundredth.'`,
  `comment on column currency.code is 'ISO 4217.'`,
  `comment on column currency.exponent is 'Digits after the point: 0 for JPY, 3 for KWD. A currency that has no row has 2.'`,
  `create table fx_rate (
     rated_on date not null,
     currency text not null,
     per_euro numeric not null check (per_euro > 0),
     source text not null,
     imported_at timestamptz not null default now(),
     primary key (currency, rated_on)
   )`,
  `comment on table fx_rate is 'Rates of exchange, one row for each currency and day: without them money of two currencies is never added up.'`,
  `comment on column fx_rate.rated_on is 'The day that it is of. A day without a rate has that of the last day before it, for at most ten days.'`,
  `comment on column fx_rate.currency is 'ISO 4217.'`,
  `comment on column fx_rate.per_euro is 'So many major units of the currency are one euro.'`,
  `comment on column fx_rate.source is 'Where it is from, as whoever imported it said.'`,
  `comment on column fx_rate.imported_at is 'When it was imported, UTC.'`,
  // Read when they are made, and not when they are called: whoever calls them need not have this schema on the search path.
  `create function rate_on(wanted text, on_day date) returns numeric language sql stable
     return case when wanted = 'EUR' then 1 else (select r.per_euro from fx_rate r
       where r.currency = wanted and r.rated_on between on_day - 10 and on_day order by r.rated_on desc limit 1) end`,
  `create function exponent_of(wanted text) returns integer language sql stable
     return coalesce((select c.exponent from currency c where c.code = wanted), 2)`,
  `create function amount_in(amount bigint, from_currency text, to_currency text, on_day date) returns bigint language sql stable
     return case when from_currency = to_currency then amount
       else round(amount / power(10::numeric, exponent_of(from_currency)) / rate_on(from_currency, on_day)
         * rate_on(to_currency, on_day) * power(10::numeric, exponent_of(to_currency)))::bigint end`,
  `comment on function amount_in(bigint, text, text, date) is 'Minor units of one currency in another, at the rate of that day; null where no rate is kept for it.'`,
];
