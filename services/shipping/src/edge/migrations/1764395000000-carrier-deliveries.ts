import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `create table carrier_delivery (
     carrier text not null,
     digest bytea not null,
     answer jsonb not null,
     received_at timestamptz not null,
     primary key (carrier, digest)
   )`,
  `create index carrier_delivery_oldest on carrier_delivery (received_at)`,
  `comment on table carrier_delivery is 'What carriers’ webhooks were answered, by what was signed: sent again, the same is answered. Forgotten after CARRIER_DELIVERY_DAYS.'`,
];

/** Webhooks come from outside: no view of the log could show them. */
export class CarrierDeliveries1764395000000 implements MigrationInterface {
  readonly name = 'CarrierDeliveries1764395000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
