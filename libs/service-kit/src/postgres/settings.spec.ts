import { readCommonSettings } from '../settings/common';
import { openDatabases } from './settings';

const linesOf = (given: Readonly<Record<string, string>>): readonly string[] => {
  try {
    readCommonSettings({ DATABASE_URL: 'postgres://u:hunter2@localhost/c', ...given }, 3001);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
};

describe('the settings of connections to Postgres and KurrentDB', () => {
  it.each([
    ['DATABASE_URL: sslmode=prefer', { DATABASE_URL: 'postgres://u:hunter2@db/c?sslmode=prefer' }],
    ['VAULT_DATABASE_URL: sslmode=allow', { VAULT_DATABASE_URL: 'postgres://u:hunter2@db/c?sslmode=allow' }],
    ['DATABASE_URL: sslrootcert=/nothing', { DATABASE_TLS_CA_FILE: '/nothing' }],
    ['DATABASE_URL: sslcert and sslkey', { DATABASE_TLS_CERTIFICATE_FILE: '/nothing' }],
    ['EVENT_STORE_URL: /nothing cannot be read', { EVENT_STORE_URL: 'kurrentdb://admin:hunter2@kurrent:2113?tls=true&tlsCaFile=/nothing' }],
  ])('are refused, and no secret is shown: %s', (line, given) => {
    const lines = linesOf(given);
    expect(lines).toContainEqual(expect.stringContaining(`Setting ${line}`));
    expect(lines.join()).not.toContain('hunter2');
  });

  const here = { DATABASE_URL: 'postgres://u:hunter2@127.0.0.1/c', VAULT_DATABASE_URL: undefined, EVENT_STORE_URL: undefined };

  it.each([
    ['DATABASE_URL: connections to Postgres leave this machine unencrypted', { DATABASE_URL: 'postgres://u:hunter2@db/c' }],
    ['DATABASE_URL: connections to Postgres leave this machine unencrypted', { DATABASE_URL: 'postgres://u:hunter2@db/c?sslmode=disable' }],
    ['DATABASE_URL: sslmode=require takes whoever answers', { DATABASE_URL: 'postgres://u:hunter2@db/c?sslmode=require' }],
    ['VAULT_DATABASE_URL: connections to Postgres', { VAULT_DATABASE_URL: 'postgres://u:hunter2@db/c' }],
    ['EVENT_STORE_URL: connections to KurrentDB', { EVENT_STORE_URL: 'kurrentdb://kurrent:2113?tls=false' }],
    ['EVENT_STORE_URL: tlsVerifyCert=false takes whoever', { EVENT_STORE_URL: 'kurrentdb://kurrent:2113?tlsVerifyCert=false' }],
  ])('are warned of, and no secret is shown: %s', (line, given) => {
    const lines = openDatabases({ ...here, ...given });
    expect(lines).toEqual([expect.stringContaining(`Setting ${line}`)]);
    expect(lines.join()).not.toContain('hunter2');
  });

  it.each([
    {},
    { DATABASE_URL: 'postgres://u:hunter2@localhost/c?host=/var/run/postgresql' },
    { DATABASE_URL: 'postgres://u:hunter2@db/c?sslmode=verify-full' },
    { EVENT_STORE_URL: 'kurrentdb://127.0.0.1:2113?tls=false' },
    { EVENT_STORE_URL: 'kurrentdb://kurrent:2113' },
  ])('need no warning: %j', (given) => expect(openDatabases({ ...here, ...given })).toEqual([]));
});
