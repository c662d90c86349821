import { seal, unseal } from './box';

/** A data key in the clear (32 bytes) or wrapped, with the name it goes by. */
export interface NamedKey {
  readonly name: string;
  readonly key: Buffer;
}

/** Whoever holds the master key: wraps and unwraps data keys, many at once, answers in order. The master key itself never leaves it. */
export interface Kms {
  wrap(keys: readonly NamedKey[]): Promise<readonly Buffer[]>;
  unwrap(wrapped: readonly NamedKey[]): Promise<readonly Buffer[]>;
}

/** A master key of 32 bytes in this process: from a setting, a secret's file, or the key file of the embedded wiring. */
export const localKms = (masterKey: Buffer): Kms => ({
  wrap: async (keys) => keys.map(({ name, key }) => seal(masterKey, name, key)),
  unwrap: async (wrapped) => wrapped.map(({ name, key }) => unseal(masterKey, name, key)),
});
