import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestCertificate } from '../certificates';

/** A listener of a node beside the open one: encrypted, and only for those that it knows. The open one is then for whoever sets the node up. */
export interface SecuredListener {
  readonly port: number;
  readonly certificate: TestCertificate;
  readonly caFile: string;
  /** Who comes by SCRAM-SHA-512: passwords by name. */
  readonly users: Readonly<Record<string, string>>;
  /** Whose tokens it takes. */
  readonly tokens: { readonly issuer: string; readonly keysUrl: string; readonly audience: string };
}

export const securedName = 'SASL_SSL';

/** What Kafka's `format` is told of the users. */
export const usersIn = ({ users }: SecuredListener): readonly string[] =>
  Object.entries(users).flatMap(([name, password]) => ['--add-scram', `SCRAM-SHA-512=[name=${name},password=${password}]`]);

/** The only address of which its token checker may fetch keys. */
export const javaOf = ({ tokens }: SecuredListener): string => `-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=${tokens.keysUrl}`;

/** Kafka wants key and certificate in one file. */
const keystoreIn = (folder: string, { certificateFile, keyFile }: TestCertificate): string => {
  const file = join(folder, 'keystore.pem');
  writeFileSync(file, `${readFileSync(keyFile, 'utf8')}${readFileSync(certificateFile, 'utf8')}`, { mode: 0o600 });
  return file;
};

/** Nobody may do anything that was not granted, but for those who come by the open listener. */
export const securedProperties = (folder: string, { certificate, caFile, tokens }: SecuredListener): string => `
ssl.keystore.type=PEM
ssl.keystore.location=${keystoreIn(folder, certificate)}
ssl.truststore.type=PEM
ssl.truststore.location=${caFile}
sasl.enabled.mechanisms=SCRAM-SHA-512,OAUTHBEARER
listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.sasl_ssl.oauthbearer.sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;
listener.name.sasl_ssl.oauthbearer.sasl.server.callback.handler.class=org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler
sasl.oauthbearer.jwks.endpoint.url=${tokens.keysUrl}
sasl.oauthbearer.expected.issuer=${tokens.issuer}
sasl.oauthbearer.expected.audience=${tokens.audience}
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS
`;
