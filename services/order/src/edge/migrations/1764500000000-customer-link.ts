import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `create table customer_link (
    link_id uuid primary key,
    order_id uuid not null,
    expires_at timestamptz not null,
    made_by text,
    made_at timestamptz,
    last_used_at timestamptz,
    revoked_by text,
    revoked_at timestamptz
  ) with (fillfactor = 80)`,
  `create index customer_link_order on customer_link (order_id, expires_at, link_id)`,
  `create index customer_link_expires on customer_link (expires_at)`,
  `comment on table customer_link is 'Links to the page of an order: those that somebody made, and those of messages that were opened. Their secrets are not kept. Forgotten some days after they have ended.'`,
  `comment on column customer_link.link_id is 'Follows from what the link says.'`,
  `comment on column customer_link.order_id is 'The order whose page it opens.'`,
  `comment on column customer_link.expires_at is 'It opens nothing afterwards.'`,
  `comment on column customer_link.made_by is 'Who made it, as their token has it; null: a message brought it.'`,
  `comment on column customer_link.made_at is 'When.'`,
  `comment on column customer_link.last_used_at is 'When its page was looked at last; null: never.'`,
  `comment on column customer_link.revoked_by is 'Who ended it before its time.'`,
  `comment on column customer_link.revoked_at is 'When; null: nobody did.'`,
  `create table customer_link_end (order_id uuid primary key, revoked_by text not null, revoked_at timestamptz not null)`,
  `comment on table customer_link_end is 'Orders of which no link of a message opens anything, because all links were revoked: one row each.'`,
  `comment on column customer_link_end.order_id is 'The order.'`,
  `comment on column customer_link_end.revoked_by is 'Who revoked them.'`,
  `comment on column customer_link_end.revoked_at is 'When.'`,
];

export class CustomerLink1764500000000 implements MigrationInterface {
  readonly name = 'CustomerLink1764500000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
