import { gunzipSync } from 'node:zlib';
import { Away } from '@cartage/eventsourcing';
import { JsonReading, type Fields } from '../json-reading';

const MOVING_MS = 30_000;

/** A document is at an address of its own, for five minutes. */
const moved = async (url: string, init: RequestInit): Promise<{ readonly content: Buffer; readonly contentType: string }> => {
  try {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(MOVING_MS) });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return { content: Buffer.from(await answer.arrayBuffer()), contentType: answer.headers.get('content-type') ?? '' };
  } catch (error) {
    throw new Away('A document of Amazon cannot be moved.', { cause: error });
  }
};

const addressIn = (document: Fields): string => {
  const url = new JsonReading().optionalText(document, 'url');
  if (url === undefined) throw new Away('Amazon answers without url.');
  return url;
};

export const uploaded = async (document: Fields, { body, contentType }: { readonly body: string; readonly contentType: string }) =>
  void (await moved(addressIn(document), { method: 'PUT', body, headers: { 'content-type': contentType } }));

/** Undefined where these are no letters of that set, or nobody knows the set. */
const lettersOf = (content: Buffer, options: { readonly set: string; readonly fatal: boolean }): string | undefined => {
  try {
    return new TextDecoder(options.set, { fatal: options.fatal }).decode(content);
  } catch {
    return undefined;
  }
};

/** Reports come in the letters of their marketplace, Cp1252 or MS932, as the header of the download says; others in UTF-8. What is UTF-8 throughout is taken for it, whatever the header. */
const textOf = (content: Buffer, contentType: string): string => {
  const [, set = ''] = /charset="?([^";\s]+)/i.exec(contentType) ?? [];
  const told = lettersOf(content, { set: 'utf-8', fatal: true }) ?? lettersOf(content, { set, fatal: false });
  return told ?? new TextDecoder('windows-1252').decode(content);
};

/** What a document says, unpacked. */
export const downloaded = async (document: Fields): Promise<string> => {
  const { content, contentType } = await moved(addressIn(document), {});
  return textOf(document['compressionAlgorithm'] === 'GZIP' ? gunzipSync(content) : content, contentType);
};
