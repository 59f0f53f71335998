/**
 * Runs `action` on items, `limit` at a time, and gives the results in order. It ends, in whatever way, only when nothing
 * is under way any more.
 */
export async function* mapOrdered<T, R>(
  items: Iterable<T>,
  limit: number,
  action: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const underWay: Promise<R>[] = [];
  try {
    for (const item of items) {
      const result = action(item);
      // A failure is reported when its turn comes.
      result.catch(() => {});
      underWay.push(result);
      if (underWay.length >= limit) yield await (underWay.shift() as Promise<R>);
    }
    while (underWay.length > 0) yield await (underWay.shift() as Promise<R>);
  } finally {
    await Promise.allSettled(underWay);
  }
}
