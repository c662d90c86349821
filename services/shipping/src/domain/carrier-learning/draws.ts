/** Numbers from 0 to below 1, each as likely as any other; where they come from is the caller's. */
export type Random = () => number;

/** The polar way needs more than one number now and then; this one needs two, always (Box and Muller 1958). */
export const normalDraw = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Marsaglia and Tsang (2000), "A simple method for generating gamma variables"; of shapes below 1 by their note in section 6. */
const gammaDraw = (shape: number, random: Random): number => {
  if (shape < 1) return gammaDraw(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normalDraw(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
};

export const betaDraw = (a: number, b: number, random: Random): number => {
  const [one, other] = [gammaDraw(a, random), gammaDraw(b, random)];
  return one + other === 0 ? a / (a + b) : one / (one + other);
};

/** FNV-1a over the text, then mulberry32: the same text draws the same numbers, so that whoever decides again decides the same. */
export const drawsOf = (text: string): Random => {
  let state = 0x811c9dc5;
  for (let n = 0; n < text.length; n += 1) state = Math.imul(state ^ text.charCodeAt(n), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
