export type Json = Readonly<Record<string, unknown>>;

/** Reads a path of a running Cartage. */
export type Reader = (path: string, options?: { readonly mayLack?: boolean }) => Promise<Json>;

export const readerOf =
  (url: string): Reader =>
  async (path, { mayLack = false } = {}) => {
    const answer = await fetch(`${url}${path}`);
    if (answer.status === 404 && mayLack) return {};
    if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Json;
  };
