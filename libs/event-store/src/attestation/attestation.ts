import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

/** Events of a log that stand together: positions, both included, and what all of them say, as one SHA-256 in hex. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
  readonly digest: string;
}

/** What an attestation vouches for. */
export interface Statement extends Stretch {
  /** Which log: its schema. */
  readonly log: string;
  /** The link of the attestation before; `UNLINKED` in the first of a log. */
  readonly previous: string;
  /** ISO 8601 UTC. */
  readonly attestedAt: string;
}

export interface Attestation extends Statement {
  /** Names the key that signed: the first 16 hex digits of the SHA-256 of its public half (SPKI, DER). */
  readonly key: string;
  /** Ed25519 (RFC 8032), in base64. */
  readonly signature: string;
}

/** What the first attestation of a log names as the one before. */
export const UNLINKED = '0'.repeat(64);

/** What is signed: these lines. Nothing in them holds a line break. */
const textOf = ({ log, first, last, digest, previous, attestedAt }: Statement): string =>
  ['cartage.attestation.v1', log, first, last, digest, previous, attestedAt].join('\n');

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

/** By which the next attestation holds on to this one: the SHA-256 of what was signed. */
export const linkOf = (attestation: Statement): string => sha256(textOf(attestation));

const derOf = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });

/** The public half of a key: checks what it signed. */
export class VerifyingKey {
  readonly name: string;

  private constructor(private readonly key: KeyObject) {
    this.name = sha256(derOf(key)).slice(0, 16);
  }

  /** Throws `RangeError` for anything but an Ed25519 public key in PEM. */
  static of(pem: string): VerifyingKey {
    const key = publicKeyIn(pem);
    if (key?.asymmetricKeyType === 'ed25519') return new VerifyingKey(key);
    throw new RangeError('This is no Ed25519 public key in PEM. Take what `npm run log -- public-key` prints.');
  }

  get pem(): string {
    return this.key.export({ type: 'spki', format: 'pem' }).toString();
  }

  signed(attestation: Attestation): boolean {
    return verify(null, Buffer.from(textOf(attestation)), this.key, Buffer.from(attestation.signature, 'base64'));
  }
}

const publicKeyIn = (pem: string): KeyObject | undefined => {
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
};

/** PKCS #8 of an Ed25519 key (RFC 8410) up to its 32 bytes. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Signs. */
export class SigningKey {
  readonly verifying: VerifyingKey;

  private constructor(private readonly key: KeyObject) {
    this.verifying = VerifyingKey.of(createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString());
  }

  /** From 32 bytes that nobody else has: always the same key from the same bytes. */
  static of(secret: Buffer): SigningKey {
    if (secret.length !== 32) throw new RangeError(`A signing key is made of 32 bytes, not of ${secret.length}.`);
    return new SigningKey(createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, secret]), format: 'der', type: 'pkcs8' }));
  }

  attest(statement: Statement): Attestation {
    return { ...statement, key: this.verifying.name, signature: sign(null, Buffer.from(textOf(statement)), this.key).toString('base64') };
  }
}
