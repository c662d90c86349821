import type { Mechanism } from 'kafkajs';

/** Kafka does not believe the token. */
class TokenRefused extends Error {
  readonly code = 'SASL_AUTHENTICATION_FAILED';
}

/** The length in front, as SASL messages have it. */
const framed = (text: string): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(Buffer.byteLength(text));
  return Buffer.concat([length, Buffer.from(text)]);
};

/** RFC 7628: an answer that says anything says why the token is refused. */
const requireSilence = (answer: Buffer): void => {
  const why = answer.subarray(4).toString();
  if (why !== '') throw new TokenRefused(`Kafka refuses the token: ${why}`);
};

/** SASL by a token, asked for at every connection. kafkajs' own does not look at the answer: whoever is refused takes that for a broker that is away. */
export const bearerMechanism = (token: () => Promise<string>): Mechanism => ({
  mechanism: 'OAUTHBEARER',
  authenticationProvider: ({ saslAuthenticate }) => ({
    authenticate: async () => {
      const message = `n,,\u0001auth=Bearer ${await token()}\u0001\u0001`;
      await saslAuthenticate({
        request: { encode: () => framed(message) },
        response: { decode: (answer) => answer, parse: requireSilence },
      });
    },
  }),
});
