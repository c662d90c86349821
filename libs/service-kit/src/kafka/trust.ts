import { distrustOf, type Cause, type Distrust } from '@cartage/messaging';
import type { Logger } from 'pino';
import type { MachineNeeds } from '../auth/machine-token';
import type { CommonSettings } from '../settings/common';
import { StartFailure } from '../start/failure';
import { kafkaSecurity, type KafkaSecurity } from './security';

const caFix = 'Name the file with the certificates of their authority in KAFKA_TLS_CA_FILE.';

const userLine = ({ KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_TOKEN_FILE: file }: CommonSettings, why: string): string => {
  if (mechanism === 'OAUTHBEARER')
    return `Setting ${file ? 'KAFKA_SASL_TOKEN_FILE' : 'KAFKA_SASL_ISSUER'}: Kafka does not take the token (${why}). Make sure that it is for Kafka, by audience and issuer.`;
  return `Setting KAFKA_SASL_PASSWORD: Kafka does not know this user by this password (${why}). Correct KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD or its file.`;
};

const lines: Readonly<Record<Cause, (settings: CommonSettings, why: string) => string>> = {
  authority: ({ KAFKA_TLS_CA_FILE }, why) =>
    `Setting KAFKA_TLS_CA_FILE: the brokers’ certificate is from an authority that is not ${KAFKA_TLS_CA_FILE ? 'in it' : 'known'} (${why}). ${caFix}`,
  name: (_, why) =>
    `Setting KAFKA_BROKERS: the brokers’ certificate is for another name (${why}). Name the brokers, and have them name themselves, as their certificates do.`,
  date: (_, why) => `Setting KAFKA_TLS: the brokers’ certificate is not valid today (${why}). Renew it, or set this machine’s clock.`,
  client: (_, why) =>
    `Setting KAFKA_TLS_CERTIFICATE_FILE: the brokers want a certificate of this process, from an authority of theirs (${why}). Name it, and its key.`,
  tls: (_, why) =>
    `Setting KAFKA_TLS: at these ports Kafka does not speak TLS (${why}). Name its ports for TLS in KAFKA_BROKERS, or leave KAFKA_TLS out.`,
  mechanism: ({ KAFKA_SASL_MECHANISM }, why) =>
    `Setting KAFKA_SASL_MECHANISM: at these ports Kafka does not take ${KAFKA_SASL_MECHANISM ?? 'connections without one'} (${why}). Set one that it takes, or name other ports.`,
  credentials: userLine,
};

/** What a person has to mend, as a line that names the setting. */
export const lineOf = ({ cause, why }: Distrust, settings: CommonSettings): string => lines[cause](settings, why);

/**
 * How this process and Kafka know each other. Refuses to start where they will never trust each other. A broker that is away is waited for later, as ever:
 * only a connection that was refused counts, and none is tried where nothing was said of trust.
 */
export const trustedSecurity = async (settings: CommonSettings, asking: MachineNeeds, log: Logger): Promise<KafkaSecurity> => {
  const { KAFKA_BROKERS: brokers, ROLE } = settings;
  const security = kafkaSecurity(settings, asking);
  if (brokers === undefined || ROLE === 'api' || (!security.ssl && !security.sasl)) return security;
  const distrust = await distrustOf({ brokers, clientId: 'cartage', log, ...security });
  if (distrust) throw new StartFailure([lineOf(distrust, settings)]);
  return security;
};
