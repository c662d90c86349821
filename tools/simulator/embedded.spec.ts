import { environmentFor } from './embedded';

const place = { folder: '/tmp/demo', port: 4_000 };

describe('a Cartage that is thrown away', () => {
  it.each([
    'DATABASE_URL',
    'DATABASE_URL_FILE',
    'KAFKA_BROKERS',
    'MASTER_KEY_FILE',
    'SMTP_URL',
    'STRIPE_SECRET_KEY',
    'CHANNEL_OUTLETS',
    'AUTH',
    'POSTGRES_PORT',
  ])('hears nothing of %s, by which its shell may lead somewhere else', (name) =>
    expect(environmentFor({ [name]: 'somewhere' }, place)).not.toHaveProperty(name),
  );

  it('is told its own place, what the machine is, and what is wanted of it', () =>
    expect(
      environmentFor({ PATH: '/bin', PORT: '3000', NODE_OPTIONS: '--max-old-space-size=512' }, place, { AUDIT_ENABLED: 'false' }),
    ).toEqual({
      ...{ PATH: '/bin', NODE_OPTIONS: '--max-old-space-size=512' },
      ...{ CARTAGE_DIR: '/tmp/demo', HOST: '127.0.0.1', PORT: '4000', LOG_LEVEL: 'warn', AUDIT_ENABLED: 'false' },
    }));
});
