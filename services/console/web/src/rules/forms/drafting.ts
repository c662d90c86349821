import { createContext, useContext } from 'react';
import type { FormKind } from './form-kind';
import { placeText, type Place } from './places';

/** A draft while it is filled in. */
export interface Drafting {
  readonly kind: FormKind;
  readonly draft: unknown;
  /** What is wrong, by the place that the service names. */
  readonly faults: ReadonlyMap<string, readonly string[]>;
  /** Another value at a place; `undefined` leaves it out. Afterwards the first of these that is there has the focus. */
  readonly put: (place: Place, value: unknown, focus?: readonly string[]) => void;
}

export const DraftingContext = createContext<Drafting | undefined>(undefined);

export const useDrafting = (): Drafting => {
  const drafting = useContext(DraftingContext);
  if (!drafting) throw new Error('Nobody fills in a draft here.');
  return drafting;
};

/** The id of what is filled in at a place: so it is found by a fault, and again after it was moved. */
export const idAt = (place: Place): string => `rule-${placeText(place)}`;
