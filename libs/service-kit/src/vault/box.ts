import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';

const NONCE = 12;
const TAG = 16;

/** Bytes that were changed, or sealed with another key or for another name. */
export class Tampered extends Error {
  override readonly name = 'Tampered';
}

/**
 * AES-256-GCM: nonce (12 bytes), tag (16 bytes), ciphertext. `name` is bound to the box without being in it: under another name it does not open.
 * The key is an object: Node takes 10 µs to find out that bytes are none.
 */
export const seal = (key: KeyObject, name: string, plain: Buffer): Buffer => {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
};

/** What was sealed. Throws `Tampered` if it is not exactly that. */
export const unseal = (key: KeyObject, name: string, box: Buffer): Buffer => {
  if (box.length < NONCE + TAG) throw new Tampered(`What is sealed for ${name} is too short to be a box.`);
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, NONCE), { authTagLength: TAG })
    .setAAD(Buffer.from(name))
    .setAuthTag(box.subarray(NONCE, NONCE + TAG));
  try {
    return Buffer.concat([decipher.update(box.subarray(NONCE + TAG)), decipher.final()]);
  } catch (error) {
    throw new Tampered(`What is sealed for ${name} was changed, or its key is another one.`, { cause: error });
  }
};
