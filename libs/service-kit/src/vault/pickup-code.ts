import { createHash, timingSafeEqual } from 'node:crypto';
import type { People } from '../service';

const DIGITS = 6;

/**
 * What whoever fetches goods says at the counter. It follows from the fulfilment and a key that the master key wraps: whoever may know it derives it, and nobody
 * has to keep or send it.
 */
export const pickupCode = async (people: Pick<People, 'hashOf'>, fulfillmentId: string): Promise<string> => {
  const hash = Buffer.from(await people.hashOf('pickup-code', fulfillmentId), 'base64url');
  return String(hash.readUIntBE(0, 6) % 10 ** DIGITS).padStart(DIGITS, '0');
};

const digest = (code: string): Buffer => createHash('sha256').update(code).digest();

/** Whether it is the code, however it is spaced; takes as long for a wrong one as for the right one. */
export const isPickupCode = async (people: Pick<People, 'hashOf'>, fulfillmentId: string, said: string): Promise<boolean> =>
  timingSafeEqual(digest(await pickupCode(people, fulfillmentId)), digest(said.replaceAll(/[\s-]/g, '')));
