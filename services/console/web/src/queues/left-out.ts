import { Refusal } from '../api/client';
import type { PageOf } from './queue';

const statuses: ReadonlySet<number> = new Set([403, 404]);

/** What is listed, or nothing, where the service that lists it is not switched on, or whoever asks may not see it. */
export const orNothing = async <Row>(asked: Promise<PageOf<Row>>): Promise<PageOf<Row>> => {
  try {
    return await asked;
  } catch (fault) {
    if (fault instanceof Refusal && statuses.has(fault.status)) return { items: [], next: null };
    throw fault;
  }
};
