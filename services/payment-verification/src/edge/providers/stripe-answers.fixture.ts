/* How Stripe answers, for specs. */

export type Fields = Readonly<Record<string, string>>;
export interface Answer {
  readonly status: number;
  readonly body: object;
}
export const refused = (status: number, error: object): Answer => ({ status, body: { error } });
export const invalid = (code: string): Answer => refused(400, { type: 'invalid_request_error', code, message: code });

export const metadataIn = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (name.startsWith('metadata[') ? [[name.slice(9, -1), value]] : [])));
