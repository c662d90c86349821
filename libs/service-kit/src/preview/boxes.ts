import type { Sealed } from '@cartage/contracts';

/** Whether it is sealed. */
export const isBox = (value: object): value is Sealed =>
  'box' in value && 'key' in value && typeof value.box === 'string' && typeof value.key === 'string';

/** A copy in which every sealed box is empty: what is personal is shown nowhere, not even as it is sealed. */
export const withoutBoxes = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutBoxes);
  if (typeof value !== 'object' || value === null) return value;
  if (isBox(value)) return { key: value.key, box: '' };
  return Object.fromEntries(Object.entries(value).map(([field, part]) => [field, withoutBoxes(part)]));
};
