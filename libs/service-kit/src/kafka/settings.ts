import { bool, EnvError, makeValidator, str } from 'envalid';
import { isLoopback, isSafeUrl, type AuthSettings } from '../auth/settings';
import type { SettingsSpec } from '../settings/settings';
import { wholeNumber } from '../settings/whole-number';
import { StartFailure } from '../start/failure';

export type Mechanism = 'SCRAM-SHA-256' | 'SCRAM-SHA-512' | 'OAUTHBEARER';

/** Where Kafka is, and how it and this process know each other. */
export interface KafkaSettings {
  readonly KAFKA_BROKERS: readonly string[] | undefined;
  readonly KAFKA_SESSION_TIMEOUT_MS: number;
  readonly KAFKA_PARTITIONS: number;
  readonly KAFKA_TLS: boolean;
  readonly KAFKA_TLS_CA_FILE: string | undefined;
  readonly KAFKA_TLS_CERTIFICATE_FILE: string | undefined;
  readonly KAFKA_TLS_KEY_FILE: string | undefined;
  readonly KAFKA_SASL_MECHANISM: Mechanism | undefined;
  readonly KAFKA_SASL_USERNAME: string | undefined;
  readonly KAFKA_SASL_PASSWORD: string | undefined;
  readonly KAFKA_SASL_PASSWORD_FILE: string | undefined;
  readonly KAFKA_SASL_TOKEN_FILE: string | undefined;
  readonly KAFKA_SASL_ISSUER: string | undefined;
  readonly KAFKA_SASL_SCOPE: string | undefined;
}

const brokers = makeValidator<readonly string[]>((input) => {
  const list = input.split(',').map((broker) => broker.trim());
  if (list.every((broker) => /^[^\s:]+:\d{1,5}$/.test(broker))) return list;
  throw new EnvError('not a list of brokers');
});

const safeUrl = makeValidator<string>((input) => {
  if (isSafeUrl(input)) return input;
  throw new EnvError('not a safe address');
});

type PlaceSettings = Pick<KafkaSettings, 'KAFKA_BROKERS' | 'KAFKA_SESSION_TIMEOUT_MS' | 'KAFKA_PARTITIONS'>;

const placeSpec: SettingsSpec<PlaceSettings> = {
  KAFKA_BROKERS: brokers({
    desc: 'the Kafka brokers that carry events between services, host:port parted by commas.',
    default: undefined,
    example: 'localhost:9092,localhost:9093',
  }),
  KAFKA_SESSION_TIMEOUT_MS: wholeNumber(
    6_000,
    300_000,
  )({
    desc: 'after this long without a sign of life from a replica the others take over what it listens to, in milliseconds, 6000 to 300000.',
    default: 20_000,
  }),
  KAFKA_PARTITIONS: wholeNumber(
    1,
    1_000,
  )({
    desc: 'partitions of topics that are made, 1 to 1000: at most so many replicas of a service share the work. For ever: choose before the first event.',
    default: 6,
  }),
};

type TlsSettings = Pick<KafkaSettings, 'KAFKA_TLS' | 'KAFKA_TLS_CA_FILE' | 'KAFKA_TLS_CERTIFICATE_FILE' | 'KAFKA_TLS_KEY_FILE'>;

const tlsSpec: SettingsSpec<TlsSettings> = {
  KAFKA_TLS: bool({ desc: 'whether connections to Kafka are encrypted, and its certificate and name are checked.', default: false }),
  KAFKA_TLS_CA_FILE: str({
    desc: 'the file (PEM) with the certificates of the authority that Kafka’s certificate is from, if it is none that everybody knows. Read again for every new connection.',
    default: undefined,
    example: '/run/secrets/kafka/ca.crt',
  }),
  KAFKA_TLS_CERTIFICATE_FILE: str({
    desc: 'the file (PEM) with this client’s own certificate, where Kafka knows its clients by that. Read again for every new connection.',
    default: undefined,
    example: '/run/secrets/kafka/user.crt',
  }),
  KAFKA_TLS_KEY_FILE: str({
    desc: 'the file (PEM) with the key of that certificate.',
    default: undefined,
    example: '/run/secrets/kafka/user.key',
  }),
};

const saslSpec: SettingsSpec<Omit<KafkaSettings, keyof PlaceSettings | keyof TlsSettings>> = {
  KAFKA_SASL_MECHANISM: str<Mechanism>({
    desc: 'how this process says who it is to Kafka; absent: it does not.',
    choices: ['SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER'],
    default: undefined,
  }),
  KAFKA_SASL_USERNAME: str({
    desc: 'the user, with SCRAM; with OAUTHBEARER the machine client of KAFKA_SASL_ISSUER.',
    default: undefined,
    example: 'cartage-order',
  }),
  KAFKA_SASL_PASSWORD: str({ desc: 'the password of that user, or the secret of that client.', default: undefined }),
  KAFKA_SASL_PASSWORD_FILE: str({
    desc: 'the file that holds KAFKA_SASL_PASSWORD. Read again for every new connection.',
    default: undefined,
  }),
  KAFKA_SASL_TOKEN_FILE: str({
    desc: 'with OAUTHBEARER, the file that holds the token, such as a projected token of Kubernetes. Read again for every new connection.',
    default: undefined,
    example: '/var/run/secrets/tokens/kafka',
  }),
  KAFKA_SASL_ISSUER: safeUrl({
    desc: 'with OAUTHBEARER and no token file, the issuer of whom a token is asked (client credentials), https; absent: the first of AUTH_ISSUER.',
    default: undefined,
    example: 'https://login.example.com/realms/shop',
  }),
  KAFKA_SASL_SCOPE: str({ desc: 'the scope that is asked for with it, if the issuer wants one.', default: undefined, example: 'kafka' }),
};

export const kafkaSpec: SettingsSpec<KafkaSettings> = { ...placeSpec, ...tlsSpec, ...saslSpec };

type Given = KafkaSettings & Pick<AuthSettings, 'AUTH_ISSUER'>;

/** Of whom a token is asked. */
export const issuerOf = ({ KAFKA_SASL_ISSUER, AUTH_ISSUER }: Given): string | undefined => KAFKA_SASL_ISSUER ?? AUTH_ISSUER?.[0];

const givenOf = (settings: Given, names: readonly (keyof KafkaSettings)[]): readonly string[] =>
  names.filter((name) => settings[name] !== undefined);

const wrongTls = (settings: Given): readonly string[] => {
  const { KAFKA_TLS, KAFKA_TLS_CERTIFICATE_FILE: certificate, KAFKA_TLS_KEY_FILE: key } = settings;
  if (!KAFKA_TLS)
    return givenOf(settings, ['KAFKA_TLS_CA_FILE', 'KAFKA_TLS_CERTIFICATE_FILE', 'KAFKA_TLS_KEY_FILE']).map(
      (name) =>
        `Setting KAFKA_TLS is missing: ${name} is for encrypted connections, and these are not. Set KAFKA_TLS=true, or leave ${name} out.`,
    );
  if ((certificate === undefined) === (key === undefined)) return [];
  const [there, missing] = key === undefined ? ['CERTIFICATE', 'KEY'] : ['KEY', 'CERTIFICATE'];
  return [`Setting KAFKA_TLS_${missing}_FILE is missing: KAFKA_TLS_${there}_FILE is of no use without it. Give both, or none.`];
};

const wrongUser = ({ KAFKA_SASL_MECHANISM: mechanism, ...settings }: Given): readonly string[] => [
  ...(settings.KAFKA_SASL_USERNAME === undefined
    ? [`Setting KAFKA_SASL_USERNAME is missing: ${mechanism} needs to know who this is.`]
    : []),
  ...(settings.KAFKA_SASL_PASSWORD === undefined && settings.KAFKA_SASL_PASSWORD_FILE === undefined
    ? [`Setting KAFKA_SASL_PASSWORD is missing: ${mechanism} needs it, or KAFKA_SASL_PASSWORD_FILE.`]
    : []),
  ...(settings.KAFKA_SASL_PASSWORD !== undefined && settings.KAFKA_SASL_PASSWORD_FILE !== undefined
    ? ['Setting KAFKA_SASL_PASSWORD is given twice: by KAFKA_SASL_PASSWORD and by KAFKA_SASL_PASSWORD_FILE. Leave one of them out.']
    : []),
];

/** A token is a password that says all by itself: who reads it on its way has it. */
const isOpenToAll = ({ KAFKA_TLS, KAFKA_BROKERS = [] }: Given): boolean =>
  !KAFKA_TLS && KAFKA_BROKERS.some((broker) => !isLoopback(broker.slice(0, broker.lastIndexOf(':'))));

/** What of it crosses a network for all to read. */
export const openBrokers = (settings: Given): readonly string[] =>
  isOpenToAll(settings)
    ? [
        'Setting KAFKA_TLS: connections to Kafka leave this machine unencrypted, so that whoever is in between can read and change what is in them. Set KAFKA_TLS=true, and take the brokers’ encrypted ports.',
      ]
    : [];

const wrongToken = (settings: Given): readonly string[] => [
  ...(isOpenToAll(settings)
    ? ['Setting KAFKA_TLS is missing: OAUTHBEARER would send its token for all to read. Set KAFKA_TLS=true, or take a SCRAM mechanism.']
    : []),
  ...(settings.KAFKA_SASL_TOKEN_FILE === undefined ? wrongUser(settings) : []),
  ...(settings.KAFKA_SASL_TOKEN_FILE === undefined && issuerOf(settings) === undefined
    ? ['Setting KAFKA_SASL_ISSUER is missing: OAUTHBEARER needs to know of whom a token is asked, or KAFKA_SASL_TOKEN_FILE.']
    : []),
];

const wrongSasl = (settings: Given): readonly string[] => {
  if (settings.KAFKA_SASL_MECHANISM === undefined)
    return givenOf(settings, ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD', 'KAFKA_SASL_PASSWORD_FILE', 'KAFKA_SASL_TOKEN_FILE']).map(
      (name) => `Setting KAFKA_SASL_MECHANISM is missing: without it ${name} is never used. Set it, or leave ${name} out.`,
    );
  return settings.KAFKA_SASL_MECHANISM === 'OAUTHBEARER' ? wrongToken(settings) : wrongUser(settings);
};

/** Refuses what would leave connections to Kafka less guarded than somebody means them to be. */
export const requireSecured = (settings: Given): void => {
  const lines = [...wrongTls(settings), ...wrongSasl(settings)];
  if (lines.length > 0) throw new StartFailure(lines);
};
