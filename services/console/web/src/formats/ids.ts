/** The end of an id, by which people tell one from another. */
export const shortId = (id: string): string => `…${id.slice(-8)}`;
