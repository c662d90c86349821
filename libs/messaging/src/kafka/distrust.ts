import { messageOf } from '@cartage/eventsourcing';
import { kafkaClient, type KafkaClientNeeds } from './topics';

/**
 * Why Kafka and this process do not trust each other: the certificate that the broker shows is of an unknown authority, for another name or of another
 * time; it wants one of ours, or another; it speaks no TLS, or nothing but TLS; it does not know the way in which we say who we are, or wants none; or it
 * does not know us by it.
 */
export type Cause = 'authority' | 'name' | 'date' | 'client' | 'tls' | 'mechanism' | 'credentials';

export interface Distrust {
  readonly cause: Cause;
  readonly why: string;
}

const causes: Readonly<Record<string, Cause>> = {
  SELF_SIGNED_CERT_IN_CHAIN: 'authority',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'authority',
  UNABLE_TO_GET_ISSUER_CERT: 'authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'authority',
  CERT_SIGNATURE_FAILURE: 'authority',
  ERR_TLS_CERT_ALTNAME_INVALID: 'name',
  CERT_HAS_EXPIRED: 'date',
  CERT_NOT_YET_VALID: 'date',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'client',
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'client',
  ERR_SSL_SSL_TLSV1_ALERT_UNKNOWN_CA: 'client',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'client',
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'tls',
  UNSUPPORTED_SASL_MECHANISM: 'mechanism',
  ILLEGAL_SASL_STATE: 'mechanism',
  SASL_AUTHENTICATION_FAILED: 'credentials',
  KafkaJSSASLAuthenticationError: 'credentials',
};

const fieldOf = (error: object, name: string): string => String((error as Readonly<Record<string, unknown>>)[name]);

const causeIn = (error: object): Cause | undefined =>
  causes[fieldOf(error, 'code')] ?? causes[fieldOf(error, 'type')] ?? causes[fieldOf(error, 'name')];

/** What an error of kafkajs, which wraps them more than once, says of trust; nothing where something else went wrong. */
export const distrustIn = (error: unknown): Distrust | undefined => {
  for (let each = error; typeof each === 'object' && each !== null; each = 'cause' in each ? each.cause : undefined) {
    const cause = causeIn(each);
    if (cause) return { cause, why: messageOf(each) };
  }
  return undefined;
};

/**
 * Connects, to hear what no waiting mends. A broker that is away says nothing of that: then the answer is nothing, too, and soon. Another one is asked
 * then, of those that are named.
 */
export const distrustOf = async (needs: Omit<KafkaClientNeeds, 'retry'>): Promise<Distrust | undefined> => {
  const admin = kafkaClient({ ...needs, retry: { initialRetryTime: 50, retries: 2 } }).admin();
  try {
    await admin.connect();
    await admin.listTopics();
    return undefined;
  } catch (error) {
    return distrustIn(error);
  } finally {
    await admin.disconnect();
  }
};
