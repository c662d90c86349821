/** What was measured: how many things in how many seconds. */
export interface Rate {
  readonly count: number;
  readonly seconds: number;
  readonly perSecond: number;
}

export const rateOf = (count: number, milliseconds: number): Rate => ({
  count,
  seconds: milliseconds / 1000,
  perSecond: (count * 1000) / milliseconds,
});

/** Runs `work` over and over in `lanes` lanes for a while; each turn says how many things it did. */
export const during = async (seconds: number, lanes: number, work: (lane: number) => Promise<number>): Promise<Rate> => {
  const started = performance.now();
  const end = started + seconds * 1000;
  const lane = async (n: number): Promise<number> => {
    let count = 0;
    while (performance.now() < end) count += await work(n);
    return count;
  };
  const counts = await Promise.all(Array.from({ length: lanes }, (_, n) => lane(n)));
  return rateOf(
    counts.reduce((sum, count) => sum + count, 0),
    performance.now() - started,
  );
};
