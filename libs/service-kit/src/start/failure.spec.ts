import { explained, StartFailure } from './failure';

const told = {
  HOST: 'shop.internal',
  PORT: 80,
  DATABASE_URL: 'postgres://cartage:hunter2@db.internal:5432/cartage',
  KAFKA_BROKERS: ['k1:9092', 'k2:9092'],
};

const lineOf = (error: object): string => {
  const failure = explained(error, told);
  expect(failure).toBeInstanceOf(StartFailure);
  return String((failure as StartFailure).lines);
};

describe('a failed start', () => {
  it.each<[string, object, string]>([
    ['a busy port', { code: 'EADDRINUSE', syscall: 'listen' }, 'PORT: port 80 on shop.internal is in use'],
    ['a forbidden port', { code: 'EACCES', syscall: 'listen' }, 'PORT: this user may not listen on port 80'],
    ['an address of another machine', { code: 'EADDRNOTAVAIL', syscall: 'listen' }, 'HOST: this machine has no address shop.internal'],
    ['an unknown name to listen on', { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'shop.internal' }, 'HOST: nothing is known'],
    [
      'an unknown database host',
      { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'db.internal' },
      'DATABASE_URL: Postgres at db.internal:5432/cartage',
    ],
    ['a database that is down', { code: 'ECONNREFUSED', syscall: 'connect' }, 'nothing listens there'],
    ['a missing database', { code: '3D000' }, 'there is no such database'],
    ['an authority that is not known', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'DATABASE_TLS_CA_FILE'],
    ['a certificate for another name', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'for another name'],
    [
      'a server without TLS',
      new Error('The server does not support SSL connections'),
      'db.internal:5432/cartage is not trusted: it does not speak TLS',
    ],
    [
      'a server that wants TLS',
      Object.assign(new Error('no pg_hba.conf entry for host "10.0.0.1", no encryption'), { code: '28000' }),
      '(no pg_hba.conf entry for host "10.0.0.1", no encryption)',
    ],
  ])('for %s names the setting', (_, error, line) => expect(lineOf(error)).toContain(line));

  it('is for good where something is to be mended, and for now where what it needs is away', () => {
    expect(explained({ code: '28P01' }, told)).toMatchObject({ exitCode: 78 });
    expect(explained({ code: 'EADDRINUSE', syscall: 'listen' }, told)).toMatchObject({ exitCode: 78 });
    for (const code of ['ECONNREFUSED', '57P03', '53300', '53100', 'ENOTFOUND', '08006'])
      expect(explained({ code }, told)).toMatchObject({ exitCode: 75 });
  });

  it.each<[string, Error, string]>([
    ['whose disk is full', Object.assign(new Error('could not extend file'), { code: '53100' }), 'its disk is full'],
    ['that ends in its midst', new Error('Connection terminated unexpectedly'), 'Connection terminated unexpectedly'],
    ['that ends in its midst, under what was being done', new Error('migrating failed', { cause: { code: '57P01' } }), 'migrating failed'],
  ])('may be tried again as it is where it met a Postgres %s', (_, error, words) => {
    expect(lineOf(error)).toContain(words);
    expect(explained(error, told)).toMatchObject({ exitCode: 75 });
  });

  it('never tells the password', () => expect(lineOf({ code: '28P01' })).not.toContain('hunter2'));

  it.each([new Error('a bug'), Object.assign(new Error('no table'), { code: '42P01' }), 'text', new StartFailure(['as it is'])])(
    'for another reason stays what it is: %s',
    (error) => expect(explained(error, told)).toBe(error),
  );
});
