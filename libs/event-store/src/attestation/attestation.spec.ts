import { randomBytes } from 'node:crypto';
import { linkOf, SigningKey, UNLINKED, VerifyingKey } from './attestation';

const statement = {
  ...{ log: 'orders', first: 1, last: 1_000, digest: 'ab'.repeat(32) },
  ...{ previous: UNLINKED, attestedAt: '2026-11-27T09:00:00.000Z' },
};

describe('an attestation', () => {
  const key = SigningKey.of(Buffer.alloc(32, 7));

  it('is signed by one key, which everybody can check who has its public half', () => {
    const attestation = key.attest(statement);
    expect(VerifyingKey.of(key.verifying.pem).signed(attestation)).toBe(true);
    expect(SigningKey.of(randomBytes(32)).verifying.signed(attestation)).toBe(false);
  });

  it.each([
    { log: 'payments' },
    { first: 2 },
    { last: 999 },
    { digest: 'ba'.repeat(32) },
    { previous: '1'.repeat(64) },
    { attestedAt: '2026-11-27T09:00:00.001Z' },
  ])('does not hold when it says otherwise: %j', (otherwise) => {
    expect(key.verifying.signed({ ...key.attest(statement), ...otherwise })).toBe(false);
    expect(linkOf({ ...statement, ...otherwise })).not.toBe(linkOf(statement));
  });

  it('is made with the same key from the same 32 bytes, and from no other number of them', () => {
    expect(SigningKey.of(Buffer.alloc(32, 7)).verifying.name).toBe(key.verifying.name);
    expect(key.verifying.name).toMatch(/^[\da-f]{16}$/);
    expect(() => SigningKey.of(Buffer.alloc(31))).toThrow('A signing key is made of 32 bytes, not of 31.');
  });

  // The seed, the public key, and the signature of the empty message are those of RFC 8032, section 7.1, test 1.
  it('has the public key that the standard gives for these bytes', () => {
    const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
    const publicKey = Buffer.from(SigningKey.of(seed).verifying.pem.split('\n')[1] ?? '', 'base64').subarray(-32);
    expect(publicKey.toString('hex')).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
  });

  it.each(['', 'no key', '-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----'])('is checked by no such key: %j', (pem) =>
    expect(() => VerifyingKey.of(pem)).toThrow('This is no Ed25519 public key in PEM.'),
  );
});
