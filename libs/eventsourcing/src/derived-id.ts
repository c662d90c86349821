const TAIL = 12;
const SPACE = 2 ** 48;

/** The ids that one decision needs, all from the one that it was given: the `n`th is as unique as the first. */
export const derivedId = (id: string, n: number): string => {
  if (n === 0) return id;
  const tail = (Number.parseInt(id.slice(-TAIL), 16) + n + SPACE) % SPACE;
  return id.slice(0, -TAIL) + tail.toString(16).padStart(TAIL, '0');
};
