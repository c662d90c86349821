import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { num, str } from 'envalid';
import { readCommonSettings } from './common';
import { readSettings } from './settings';

const linesOf = (read: () => unknown): readonly string[] => {
  try {
    read();
    return [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
};

const database = { DATABASE_URL: 'postgres://u:p@localhost/c' };

describe('settings', () => {
  it('are what a service asks for, with defaults for what is left out', () =>
    expect(readSettings({ LIMIT: num({ default: 3 }), MODE: str({ default: 'fast' }) }, { LIMIT: '5', OTHER: 'x' })).toEqual({
      LIMIT: 5,
      MODE: 'fast',
    }));

  it('that are wrong or missing are named one by one, each with what it got and the fix', () =>
    expect(
      linesOf(() =>
        readSettings(
          { LIMIT: num({ default: 3, desc: 'most parcels an order is split into.' }), MODE: str({ desc: 'the mode.', example: 'slow' }) },
          { LIMIT: 'many' },
        ),
      ),
    ).toEqual([
      'Setting LIMIT is wrong: got "many". It is: most parcels an order is split into. Leave it out for 3.',
      'Setting MODE is missing. It is: the mode. For example slow.',
    ]));

  it.each(['MASTER_KEY', 'DATABASE_URL', 'EVENT_STORE_URL', 'OTEL_EXPORTER_OTLP_HEADERS'])('never show what %s holds', (name) => {
    const lines = linesOf(() => readCommonSettings({ ...database, [name]: 'hunter2' }, 3001));
    expect(lines).toEqual([expect.stringContaining(`Setting ${name} is wrong: got a value that is not shown.`)]);
    expect(lines.join()).not.toContain('hunter2');
  });
});

describe('a setting that a file holds', () => {
  const spec = { LIMIT: num({ default: 3, desc: 'the limit.' }), STRIPE_SECRET_KEY: str({ default: undefined }) };
  const fileWith = (text: string): string => {
    const file = join(mkdtempSync(join(tmpdir(), 'cartage-setting-')), 'value');
    writeFileSync(file, text);
    return file;
  };

  it('is named by <NAME>_FILE, and ends before its last line break', () =>
    expect(readSettings(spec, { STRIPE_SECRET_KEY_FILE: fileWith('sk_live_1=\n'), LIMIT_FILE: fileWith('7') })).toEqual({
      LIMIT: 7,
      STRIPE_SECRET_KEY: 'sk_live_1=',
    }));

  it('counts as absent where the file is empty, and is never shown where it is wrong', () => {
    expect(readSettings(spec, { LIMIT_FILE: fileWith('\n') })).toMatchObject({ LIMIT: 3 });
    expect(linesOf(() => readSettings(spec, { LIMIT_FILE: fileWith('hunter2') }))).toEqual([
      'Setting LIMIT is wrong: got a value that is not shown. It is: the limit. Leave it out for 3.',
    ]);
  });

  it('stops the start where the file cannot be read, or the setting is given twice', () => {
    expect(linesOf(() => readSettings(spec, { LIMIT_FILE: '/nowhere/limit' }))).toEqual([
      expect.stringMatching(/^Setting LIMIT_FILE: \/nowhere\/limit cannot be read .* Make it readable, or name another file\.$/),
    ]);
    expect(linesOf(() => readSettings(spec, { LIMIT: '5', LIMIT_FILE: fileWith('7') }))).toEqual([
      'Setting LIMIT is given twice: by LIMIT and by LIMIT_FILE. Leave one of them out.',
    ]);
  });

  it('is not one whose file is a setting by itself', () =>
    expect(readCommonSettings({ ...database, MASTER_KEY_FILE: '/not/there/yet' }, 3001)).toMatchObject({
      MASTER_KEY: undefined,
      MASTER_KEY_FILE: '/not/there/yet',
    }));
});

describe('the settings of every process', () => {
  it('need nothing but a database', () =>
    expect(readCommonSettings(database, 3001)).toMatchObject({ HOST: '127.0.0.1', PORT: 3001, AUTH: 'none', KAFKA_BROKERS: undefined }));

  it('know several brokers', () =>
    expect(readCommonSettings({ ...database, KAFKA_BROKERS: 'a:9092, b:9093' }, 1).KAFKA_BROKERS).toEqual(['a:9092', 'b:9093']));

  it.each([
    ['PORT', '70000'],
    ['KAFKA_BROKERS', 'localhost'],
    ['AUTH', 'maybe'],
    ['SHUTDOWN_TIMEOUT_MS', '1.5'],
    ['AUTH_ISSUER', 'http://login.example.com'],
    ['AUTH_ALGORITHMS', 'RS256,HS256'],
    ['AUTH_CLOCK_SKEW_SECONDS', '3600'],
    ['AUTH_JWKS', 'https://login.example.com'],
    ['RATE_LIMIT', '-1'],
    ['TRUSTED_PROXIES', 'everybody'],
    ['CORS_ORIGINS', '*'],
    ['LOG_LEVEL', 'loud'],
    ['EVENT_STORE_URL', 'postgres://x'],
    ['MASTER_KEY', 'c2hvcnQ='],
  ])('refuse a wrong %s', (name, value) =>
    expect(linesOf(() => readCommonSettings({ ...database, [name]: value }, 1))).toEqual([
      expect.stringMatching(new RegExp(`^Setting ${name} is wrong`)),
    ]),
  );

  it.each(['0.0.0.0', '10.0.0.1', '::', 'example.org'])('refuse to let anybody in on %s', (HOST) =>
    expect(linesOf(() => readCommonSettings({ ...database, HOST }, 1))).toEqual([expect.stringContaining('AUTH=oidc')]),
  );

  it.each(['127.0.0.1', '127.0.1.1', '::1', 'localhost'])('let anybody in on %s', (HOST) =>
    expect(readCommonSettings({ ...database, HOST }, 1).HOST).toBe(HOST),
  );

  it('name what a login needs, and whose keys are of no use', () => {
    const AUTH_JWKS = 'https://other.example.com=https://other.example.com/keys';
    expect(linesOf(() => readCommonSettings({ ...database, HOST: '0.0.0.0', AUTH: 'oidc', AUTH_JWKS }, 1))).toEqual([
      expect.stringMatching(/^Setting AUTH_ISSUER is missing/),
      expect.stringMatching(/^Setting AUTH_AUDIENCE is missing/),
      expect.stringMatching(/^Setting AUTH_JWKS is wrong: https:\/\/other\.example\.com is none of AUTH_ISSUER/),
    ]);
    const login = { AUTH: 'oidc', AUTH_ISSUER: 'https://login.example.com/realms/shop', AUTH_AUDIENCE: 'cartage' };
    expect(readCommonSettings({ ...database, HOST: '0.0.0.0', ...login }, 1)).toMatchObject({ AUTH_ISSUER: [login.AUTH_ISSUER] });
  });

  it('leave checking to the gateway when told so', () =>
    expect(readCommonSettings({ ...database, HOST: '0.0.0.0', AUTH: 'upstream' }, 1).AUTH).toBe('upstream'));
});
