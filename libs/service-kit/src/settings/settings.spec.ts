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

  it.each(['MASTER_KEY', 'DATABASE_URL', 'EVENT_STORE_URL'])('never show what %s holds', (name) => {
    const lines = linesOf(() => readCommonSettings({ ...database, [name]: 'hunter2' }, 3001));
    expect(lines).toEqual([expect.stringContaining(`Setting ${name} is wrong: got a value that is not shown.`)]);
    expect(lines.join()).not.toContain('hunter2');
  });
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
    ['LOG_LEVEL', 'loud'],
    ['EVENT_STORE_URL', 'postgres://x'],
    ['MASTER_KEY', 'c2hvcnQ='],
  ])('refuse a wrong %s', (name, value) =>
    expect(linesOf(() => readCommonSettings({ ...database, [name]: value }, 1))).toEqual([
      expect.stringMatching(new RegExp(`^Setting ${name} is wrong`)),
    ]),
  );

  it.each(['0.0.0.0', '10.0.0.1', '::', 'example.org'])('refuse to let anybody in on %s', (HOST) =>
    expect(linesOf(() => readCommonSettings({ ...database, HOST }, 1))).toEqual([expect.stringContaining('AUTH=upstream')]),
  );

  it.each(['127.0.0.1', '127.0.1.1', '::1', 'localhost'])('let anybody in on %s', (HOST) =>
    expect(readCommonSettings({ ...database, HOST }, 1).HOST).toBe(HOST),
  );

  it('leave checking to the gateway when told so', () =>
    expect(readCommonSettings({ ...database, HOST: '0.0.0.0', AUTH: 'upstream' }, 1).AUTH).toBe('upstream'));
});
