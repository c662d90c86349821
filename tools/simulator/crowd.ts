/** Does the work for every item, at most `width` at a time, taking the next one only when there is room. The first failure ends it. */
export const inParallel = async <Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  width: number,
  work: (item: Item) => Promise<unknown>,
): Promise<void> => {
  const busy = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for await (const item of items) {
    const task: Promise<void> = work(item)
      .then(
        () => undefined,
        (error: unknown) => void failures.push(error),
      )
      .finally(() => busy.delete(task));
    busy.add(task);
    if (busy.size >= width) await Promise.race(busy);
    if (failures.length > 0) break;
  }
  await Promise.all(busy);
  if (failures.length > 0) throw failures[0];
};
