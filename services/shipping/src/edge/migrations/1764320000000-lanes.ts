import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What lanes usually take, learnt every hour from our own deliveries. */
export class Lanes1764320000000 implements MigrationInterface {
  readonly name = 'Lanes1764320000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const statements = [
  `create table lane (
     location text not null,
     country text not null,
     carrier text not null,
     service text not null,
     deliveries integer not null,
     usual_seconds double precision not null,
     learnt_at timestamptz not null,
     primary key (location, country, carrier, service)
   )`,
  `comment on table lane is 'In which time 95 of 100 deliveries of the last 90 days arrived: from where, to which country, by whom, how.'`,
  `create table lane_outcome (
     location text not null,
     country text not null,
     carrier text not null,
     service text not null,
     parcels integer not null,
     kept integer not null,
     learnt_at timestamptz not null,
     primary key (location, country, carrier, service)
   )`,
  `comment on table lane_outcome is 'Of parcels that were handed over in the last 90 days and of which the outcome is known: how many, and how many came whole and in time.'`,
];
