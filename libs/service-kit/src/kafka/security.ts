import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { messageOf } from '@cartage/eventsourcing';
import { bearerMechanism, type KafkaClientNeeds } from '@cartage/messaging';
import { clientCredentials, type MachineNeeds } from '../auth/machine-token';
import type { CommonSettings } from '../settings/common';
import { StartFailure } from '../start/failure';
import { issuerOf, type Mechanism } from './settings';

/** How connections to Kafka are encrypted, and how this process says who it is on them. */
export type KafkaSecurity = Pick<KafkaClientNeeds, 'ssl' | 'sasl'>;

type FileSetting =
  'KAFKA_TLS_CA_FILE' | 'KAFKA_TLS_CERTIFICATE_FILE' | 'KAFKA_TLS_KEY_FILE' | 'KAFKA_SASL_PASSWORD_FILE' | 'KAFKA_SASL_TOKEN_FILE';

const textIn = (settings: CommonSettings, name: FileSetting): string | undefined => {
  const file = settings[name];
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch (error) {
    throw new StartFailure([`Setting ${name}: ${file} cannot be read (${messageOf(error)}). Make it readable, or name another file.`]);
  }
};

const requirePem = (settings: CommonSettings, name: FileSetting, read: (text: string) => unknown): void => {
  const text = textIn(settings, name);
  try {
    if (text !== undefined) read(text);
  } catch (error) {
    throw new StartFailure([`Setting ${name}: ${settings[name]} does not hold what it should, as PEM (${messageOf(error)}).`]);
  }
};

/** kafkajs copies these for every connection, and so asks the getters anew: what was renewed meanwhile counts from the next connection on. */
const sslOf = (settings: CommonSettings): NonNullable<KafkaSecurity['ssl']> => {
  requirePem(settings, 'KAFKA_TLS_CA_FILE', (ca) => new X509Certificate(ca));
  requirePem(settings, 'KAFKA_TLS_CERTIFICATE_FILE', (cert) => new X509Certificate(cert));
  requirePem(settings, 'KAFKA_TLS_KEY_FILE', (key) => createSecureContext({ key }));
  return {
    get ca() {
      return textIn(settings, 'KAFKA_TLS_CA_FILE');
    },
    get cert() {
      return textIn(settings, 'KAFKA_TLS_CERTIFICATE_FILE');
    },
    get key() {
      return textIn(settings, 'KAFKA_TLS_KEY_FILE');
    },
  };
};

const passwordIn = (settings: CommonSettings): string => settings.KAFKA_SASL_PASSWORD ?? textIn(settings, 'KAFKA_SASL_PASSWORD_FILE') ?? '';

/** From a file, or by client credentials of the issuer. */
const tokenOf = (settings: CommonSettings, asking: MachineNeeds): (() => Promise<string>) => {
  if (settings.KAFKA_SASL_TOKEN_FILE !== undefined) return () => Promise.resolve(textIn(settings, 'KAFKA_SASL_TOKEN_FILE') ?? '');
  const client = { clientId: settings.KAFKA_SASL_USERNAME ?? '', secret: () => passwordIn(settings), scope: settings.KAFKA_SASL_SCOPE };
  return clientCredentials({ issuer: issuerOf(settings) ?? '', ...client }, asking);
};

const userBy = <By extends 'scram-sha-256' | 'scram-sha-512'>(mechanism: By, settings: CommonSettings) => ({
  mechanism,
  username: settings.KAFKA_SASL_USERNAME ?? '',
  get password() {
    return passwordIn(settings);
  },
});

const saslOf = (settings: CommonSettings, mechanism: Mechanism, asking: MachineNeeds): NonNullable<KafkaSecurity['sasl']> => {
  if (mechanism === 'SCRAM-SHA-256') return userBy('scram-sha-256', settings);
  if (mechanism === 'SCRAM-SHA-512') return userBy('scram-sha-512', settings);
  return bearerMechanism(tokenOf(settings, asking));
};

/** Secrets that files hold are read for every connection that is made. */
export const kafkaSecurity = (settings: CommonSettings, asking: MachineNeeds): KafkaSecurity => {
  const { KAFKA_TLS, KAFKA_SASL_MECHANISM: mechanism } = settings;
  // A file that is not there is told at once, and not at the first connection.
  for (const name of ['KAFKA_SASL_PASSWORD_FILE', 'KAFKA_SASL_TOKEN_FILE'] as const) textIn(settings, name);
  return { ...(KAFKA_TLS ? { ssl: sslOf(settings) } : {}), ...(mechanism ? { sasl: saslOf(settings, mechanism, asking) } : {}) };
};
