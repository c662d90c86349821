import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectionTo, tlsModeOf, tlsTroubles, withTlsFiles } from './address';

const place = 'postgres://cartage:hunter2@db.example.com:5432/cartage';

describe('an address of Postgres', () => {
  let folder: string;
  const file = (name: string): string => join(folder, name);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cartage-tls-'));
    writeFileSync(file('ca.crt'), 'the authority');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('that says nothing of encryption stays as it is', () =>
    expect(connectionTo(place, '-c a=b')).toEqual({ connectionString: place, options: '-c a=b' }));

  it.each<[string, object | false]>([
    ['sslmode=disable', false],
    ['sslmode=require', { rejectUnauthorized: false }],
    ['sslmode=require&sslrootcert=$', { ca: 'the authority', checkServerIdentity: expect.any(Function) }],
    ['sslmode=verify-ca&sslrootcert=$', { ca: 'the authority', checkServerIdentity: expect.any(Function) }],
    ['sslmode=verify-full&sslrootcert=$', { ca: 'the authority' }],
    ['sslrootcert=$', { ca: 'the authority' }],
    ['sslmode=verify-full', {}],
    ['sslmode=verify-full&sslrootcert=system', {}],
    ['ssl=true', {}],
    ['ssl=false', false],
  ])('is believed as libpq says: %s', (options, ssl) => {
    const { connectionString, ...rest } = connectionTo(`${place}?application_name=x&${options.replace('$', file('ca.crt'))}`, '');
    expect(connectionString).toBe(`${place}?application_name=x`);
    // Getters do not make two objects equal, their values do.
    expect(rest.ssl === false ? false : { ...(rest.ssl as object) }).toEqual(ssl);
  });

  it('is asked for what it says of the session beside what we say', () =>
    expect(connectionTo(`${place}?options=-c%20role%3Downer&application_name=x`, '-c search_path=orders')).toEqual({
      ...{ connectionString: `${place}?application_name=x`, options: '-c search_path=orders -c role=owner' },
    }));

  it('has its files read again for every connection, and what they held before while they cannot be', () => {
    const ca = file('renewed.crt');
    writeFileSync(ca, 'before');
    const { ssl } = connectionTo(`${place}?sslrootcert=${ca}`, '');
    const read = (): unknown => (ssl as { readonly ca: unknown }).ca;
    writeFileSync(ca, 'after');
    expect(read()).toBe('after');
    rmSync(ca);
    expect(read()).toBe('after');
  });

  it.each([
    ['sslmode=prefer', 'sslmode=prefer does not keep connections encrypted'],
    ['sslmode=no-verify', 'sslmode=no-verify does not keep'],
    ['sslmode=verify-ca', 'sslmode=verify-ca without an authority'],
    ['sslmode=disable&sslrootcert=/ca', 'sslmode=disable leaves the certificates unused'],
    ['sslmode=require&sslrootcert=system', 'sslrootcert=system goes with'],
    ['sslmode=require&sslcert=/nothing', 'sslcert and sslkey are of no use without each other'],
    ['sslrootcert=/nothing', 'sslrootcert=/nothing cannot be used (ENOENT'],
    ['sslrootcert=$', 'cannot be used ('],
    ['sslmode=verify-full&sslcrl=/crl', 'sslcrl is not honoured'],
  ])('is refused with %s, and nobody learns the password', (options, why) => {
    const troubles = tlsTroubles(`${place}?${options.replace('$', file('ca.crt'))}`);
    expect(troubles.join('\n')).toContain(why);
    expect(troubles.join('\n')).not.toContain('hunter2');
  });

  it.each(['', '?sslmode=require', '?sslmode=verify-full&sslrootcert=system', '?sslmode=disable'])('is taken with %j', (options) =>
    expect(tlsTroubles(place + options)).toEqual([]),
  );

  it('takes files from settings, unless it says itself how connections are encrypted', () => {
    const files = { sslrootcert: '/run/secrets/a b.crt', sslcert: undefined, sslkey: undefined };
    expect(connectionTo(withTlsFiles(`${place}?application_name=x`, { sslrootcert: file('ca.crt') }), '').ssl).toMatchObject({
      ca: 'the authority',
    });
    expect(tlsModeOf(withTlsFiles(place, files))).toBe('verify-full');
    expect(withTlsFiles(`${place}?sslmode=disable`, files)).toBe(`${place}?sslmode=disable`);
    expect(withTlsFiles(place, { sslrootcert: undefined })).toBe(place);
  });
});
