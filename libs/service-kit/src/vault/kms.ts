import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
import { seal, unseal } from './box';

/** A data key as bytes (32 in the clear), with the name it goes by. */
export interface NamedKey {
  readonly name: string;
  readonly key: Buffer;
}

/** A data key as it is stored: wrapped, and by which master key. */
export interface WrappedKey extends NamedKey {
  readonly masterKeyId: string;
}

/**
 * The port to whoever holds the master key: a key management service, or the adapter below. Wraps with the newest master key, unwraps with every one that is
 * still in use; many at once, answers in order. The master keys never leave it.
 */
export interface Kms {
  /** The master key that wraps from now on. */
  readonly masterKeyId: string;
  wrap(keys: readonly NamedKey[]): Promise<readonly WrappedKey[]>;
  /** Throws `MasterKeyMissing` for a key that was wrapped by a master key that is not at hand. */
  unwrap(wrapped: readonly WrappedKey[]): Promise<readonly Buffer[]>;
}

/** A data key was wrapped by a master key that this process was not given. */
export class MasterKeyMissing extends Error {
  override readonly name = 'MasterKeyMissing';

  constructor(masterKeyId: string) {
    super(`A data key is wrapped by master key ${masterKeyId}, which is not at hand: set MASTER_KEY_PREVIOUS to it.`);
  }
}

/** Names a master key without telling anything of it. */
export const masterKeyIdOf = (masterKey: Buffer): string =>
  createHash('sha256').update('cartage master key').update(masterKey).digest('hex').slice(0, 16);

/** Master keys of 32 bytes in this process: from settings, a secret's file, or the key file of the embedded wiring. The first wraps. */
export const localKms = (masterKey: Buffer, ...previous: readonly Buffer[]): Kms => {
  const masterKeyId = masterKeyIdOf(masterKey);
  const newest = createSecretKey(masterKey);
  const byId = new Map([masterKey, ...previous].map((key) => [masterKeyIdOf(key), createSecretKey(key)]));
  const keyOf = (id: string): KeyObject => {
    const key = byId.get(id);
    if (key) return key;
    throw new MasterKeyMissing(id);
  };
  return {
    masterKeyId,
    wrap: async (keys) => keys.map(({ name, key }) => ({ name, key: seal(newest, name, key), masterKeyId })),
    unwrap: async (wrapped) => wrapped.map(({ name, key, masterKeyId: id }) => unseal(keyOf(id), name, key)),
  };
};
