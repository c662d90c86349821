/** The place in a list that the arrow keys lead to: around at both ends. */
export const stepped = (at: number, by: 1 | -1, count: number): number => (count === 0 ? 0 : (at + by + count) % count);
