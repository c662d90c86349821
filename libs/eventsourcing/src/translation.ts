import type { Named } from './decider';
import type { StoredEvent } from './event-store';

type StoredAs<Private extends Named, Type> = StoredEvent<Extract<Private, { readonly type: Type }>>;

/**
 * How a service's private events become public ones: an entry for each type that is published, and for those only. An entry always
 * answers with an event, because published events were counted when they were appended (`meta.sequence`). Pure.
 */
export type Translation<Private extends Named, Public extends Named> = {
  readonly [Type in Private['type']]?: (event: StoredAs<Private, Type>) => Public;
};

/** A public event in one version of its contract; without a number it is the oldest that there is a contract of. */
export type Versioned<Public extends Named> = Public & { readonly contractVersion?: number };

/**
 * A translation in the time when a new version of a contract is introduced: an entry may answer with a list, one event for each version, which
 * share id and sequence.
 */
export type VersionedTranslation<Private extends Named, Public extends Named> = {
  readonly [Type in Private['type']]?: (event: StoredAs<Private, Type>) => Versioned<Public> | readonly Versioned<Public>[];
};
