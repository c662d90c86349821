/** What somebody may mean who types this. */
export type Way = 'id' | 'number' | 'customer' | 'sku' | 'tracking';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Fewer letters are the beginning of everything. */
const SHORTEST = 3;

/** Ways to look for a text, all of them at once; none while it is too short. */
export const waysOf = (text: string): readonly Way[] => {
  const asked = text.trim();
  if (asked.length < SHORTEST) return [];
  if (ID.test(asked)) return ['id'];
  return asked.includes('@') ? ['customer'] : ['number', 'tracking', 'sku'];
};
