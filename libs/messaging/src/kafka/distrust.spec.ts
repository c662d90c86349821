import { distrustIn } from './distrust';

const wrapped = (fields: object): Error => new Error('retries exceeded', { cause: Object.assign(new Error('the reason'), fields) });

describe('an error of kafkajs', () => {
  it.each([
    ['authority', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }],
    ['name', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }],
    ['date', { code: 'CERT_HAS_EXPIRED' }],
    ['client', { code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' }],
    ['tls', { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }],
    ['mechanism', { type: 'UNSUPPORTED_SASL_MECHANISM' }],
    ['credentials', { name: 'KafkaJSSASLAuthenticationError' }],
  ])('says that what is wrong is: %s', (cause, fields) => expect(distrustIn(wrapped(fields))).toEqual({ cause, why: 'the reason' }));

  it.each([{ code: 'ECONNREFUSED' }, { type: 'LEADER_NOT_AVAILABLE' }, {}])('says nothing of trust where it is of %j', (fields) =>
    expect(distrustIn(wrapped(fields))).toBeUndefined(),
  );
});
