import type { Named } from './decider';
import type { StoredEvent } from './event-store';

/**
 * How a service's private events become public ones: an entry for each type that is published, and for those only. An entry always
 * answers with an event, because published events were counted when they were appended (`meta.sequence`). Pure.
 */
export type Translation<Private extends Named, Public extends Named> = {
  readonly [Type in Private['type']]?: (event: StoredEvent<Extract<Private, { readonly type: Type }>>) => Public;
};
