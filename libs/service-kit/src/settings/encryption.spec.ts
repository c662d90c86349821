import { readCommonSettings } from './common';
import { openConnections } from './encryption';

const here = { DATABASE_URL: 'postgres://u:hunter2@localhost/c', KAFKA_BROKERS: 'localhost:9092,127.0.0.1:9093' };

const linesOf = (given: Readonly<Record<string, string>>): readonly string[] => {
  try {
    readCommonSettings({ ...here, ...given }, 3001);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
};

const open: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['DATABASE_URL: connections to Postgres leave', { DATABASE_URL: 'postgres://u:hunter2@db/c' }],
  ['DATABASE_URL: sslmode=require takes whoever', { DATABASE_URL: 'postgres://u:hunter2@db/c?sslmode=require' }],
  ['VAULT_DATABASE_URL: connections to Postgres leave', { VAULT_DATABASE_URL: 'postgres://u:hunter2@db/c' }],
  ['EVENT_STORE_URL: connections to KurrentDB leave', { EVENT_STORE_URL: 'kurrentdb://kurrent:2113?tls=false' }],
  ['KAFKA_TLS: connections to Kafka leave', { KAFKA_BROKERS: 'localhost:9092,kafka-2:9092' }],
];

describe('connections that leave the machine unencrypted', () => {
  it.each(open)('are warned of: Setting %s', (line, given) => {
    expect(linesOf(given)).toEqual([]);
    expect(openConnections(readCommonSettings({ ...here, ...given }, 3001))).toEqual([expect.stringContaining(`Setting ${line}`)]);
  });

  it.each(open)('are refused with REQUIRE_TLS, and no secret is shown: Setting %s', (line, given) => {
    const lines = linesOf({ ...given, REQUIRE_TLS: 'true' });
    expect(lines).toEqual([expect.stringMatching(new RegExp(`Setting ${line}.* REQUIRE_TLS demands it\\.$`))]);
    expect(lines.join()).not.toContain('hunter2');
  });

  it.each<Readonly<Record<string, string>>>([
    {},
    { KAFKA_BROKERS: 'kafka-1:9093', KAFKA_TLS: 'true' },
    { DATABASE_URL: 'postgres://u:hunter2@db/c?sslmode=verify-full' },
    { EVENT_STORE_URL: 'kurrentdb://kurrent:2113' },
  ])('are not those that stay here or are encrypted: %j', (given) => expect(linesOf({ ...given, REQUIRE_TLS: 'true' })).toEqual([]));
});
