import { Refusal } from '../../api/client';
import type { RuleKind } from '../kinds/kind';
import { placeIn } from './places';

/** What a service says of the fields of a draft, by their places. */
export const faultsByPlace = ({ prefix }: Pick<RuleKind, 'prefix'>, fault: unknown): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, readonly string[]>();
  if (!(fault instanceof Refusal)) return found;
  for (const { field, message } of fault.errors) {
    const place = placeIn(field, prefix);
    found.set(place, [...(found.get(place) ?? []), message]);
  }
  return found;
};

/** A place as services name it, in its parts. */
export const placeOf = (text: string): readonly (string | number)[] =>
  [...text.matchAll(/[^.[\]]+|\[\d+\]/g)].map(([part]) => (part.startsWith('[') ? Number(part.slice(1, -1)) : part));
