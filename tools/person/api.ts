import { randomUUID } from 'node:crypto';
import { askCartage, type CartageAt, type Shown } from '../client/client';

/** By what a person is found; all that is given is of the same one. */
export interface PersonNamed {
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly country?: string | undefined;
  readonly customerId?: string | undefined;
}

export interface ErasureWish extends PersonNamed {
  readonly reason?: string | undefined;
  readonly whenOpen?: 'wait';
}

/** People, at a running Cartage. */
export interface PersonApi {
  export(person: PersonNamed): Promise<Shown>;
  /** `key` makes a repeat of the request the same request. */
  erase(wish: ErasureWish, key: string): Promise<Shown>;
  certificate(erasureId: string): Promise<Shown>;
}

export const newKey = (): string => randomUUID();

/** Where callers are let in by tokens, the scopes of the token have to name `orders:personal`. */
export const apiAt = (at: CartageAt): PersonApi => ({
  export: (person) => askCartage(at, ['POST', '/customers/export'], { body: person }),
  erase: (wish, key) => askCartage(at, ['POST', '/customers/erasures'], { body: wish, headers: { 'idempotency-key': key } }),
  certificate: (erasureId) => askCartage(at, ['GET', `/customers/erasures/${encodeURIComponent(erasureId)}`]),
});
