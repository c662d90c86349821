import { gunzipSync } from 'node:zlib';
import { Away } from '@cartage/eventsourcing';
import { JsonReading, type Fields } from '../json-reading';

const MOVING_MS = 30_000;

/** A document is at an address of its own, for five minutes. */
const moved = async (url: string, init: RequestInit): Promise<Buffer> => {
  try {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(MOVING_MS) });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
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

/** What a document says, unpacked. */
export const downloaded = async (document: Fields): Promise<string> => {
  const content = await moved(addressIn(document), {});
  return (document['compressionAlgorithm'] === 'GZIP' ? gunzipSync(content) : content).toString('utf8');
};
