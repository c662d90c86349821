import { readCommonSettings } from '../settings/common';

const given = { DATABASE_URL: 'postgres://u:p@localhost/c', KAFKA_BROKERS: 'kafka-1:9093,kafka-2:9093' };
const user = { KAFKA_SASL_USERNAME: 'order', KAFKA_SASL_PASSWORD: 'hunter2' };

const linesOf = (more: Readonly<Record<string, string>>): readonly string[] => {
  try {
    readCommonSettings({ ...given, ...more }, 3001);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
};

describe('the settings of connections to Kafka', () => {
  it.each<Readonly<Record<string, string>>>([
    {},
    { KAFKA_TLS: 'true' },
    { KAFKA_TLS: 'true', KAFKA_TLS_CERTIFICATE_FILE: 'user.crt', KAFKA_TLS_KEY_FILE: 'user.key' },
    { KAFKA_SASL_MECHANISM: 'SCRAM-SHA-256', ...user },
    { KAFKA_TLS: 'true', KAFKA_SASL_MECHANISM: 'OAUTHBEARER', KAFKA_SASL_TOKEN_FILE: 'token' },
    { KAFKA_TLS: 'true', KAFKA_SASL_MECHANISM: 'OAUTHBEARER', KAFKA_SASL_ISSUER: 'https://login.example.com', ...user },
    { KAFKA_TLS: 'true', KAFKA_SASL_MECHANISM: 'OAUTHBEARER', AUTH_ISSUER: 'https://login.example.com', ...user },
    { KAFKA_BROKERS: '127.0.0.1:9092', KAFKA_SASL_MECHANISM: 'OAUTHBEARER', KAFKA_SASL_TOKEN_FILE: 'token' },
  ])('are taken as %j', (more) => expect(linesOf(more)).toEqual([]));

  it.each<[string, Readonly<Record<string, string>>]>([
    ['KAFKA_TLS is missing', { KAFKA_TLS_CA_FILE: 'ca.crt' }],
    ['KAFKA_TLS_KEY_FILE is missing', { KAFKA_TLS: 'true', KAFKA_TLS_CERTIFICATE_FILE: 'user.crt' }],
    ['KAFKA_TLS_CERTIFICATE_FILE is missing', { KAFKA_TLS: 'true', KAFKA_TLS_KEY_FILE: 'user.key' }],
    ['KAFKA_SASL_MECHANISM is missing', { KAFKA_SASL_PASSWORD: 'hunter2' }],
    ['KAFKA_SASL_MECHANISM is wrong', { KAFKA_SASL_MECHANISM: 'PLAIN', ...user }],
    ['KAFKA_SASL_USERNAME is missing', { KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512', KAFKA_SASL_PASSWORD: 'hunter2' }],
    ['KAFKA_SASL_PASSWORD is missing', { KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512', KAFKA_SASL_USERNAME: 'order' }],
    ['KAFKA_SASL_PASSWORD is given twice', { KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512', ...user, KAFKA_SASL_PASSWORD_FILE: 'password' }],
    ['KAFKA_TLS is missing', { KAFKA_SASL_MECHANISM: 'OAUTHBEARER', KAFKA_SASL_TOKEN_FILE: 'token' }],
    ['KAFKA_SASL_ISSUER is missing', { KAFKA_TLS: 'true', KAFKA_SASL_MECHANISM: 'OAUTHBEARER', ...user }],
    ['KAFKA_SASL_ISSUER is wrong', { KAFKA_SASL_ISSUER: 'http://login.example.com' }],
  ])('are refused, and no secret is shown: %s', (line, more) => {
    const lines = linesOf(more);
    expect(lines).toEqual([expect.stringContaining(`Setting ${line}`)]);
    expect(lines.join()).not.toContain('hunter2');
  });
});
