/** The last letters of an id, by which people tell one from another. */
export const shortOf = (id: string): string => id.slice(-6).toUpperCase();
