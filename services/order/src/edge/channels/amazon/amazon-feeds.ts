import { Away, Refused, Throttled, Unfinished, type FieldError } from '@cartage/eventsourcing';
import { isFields, JsonReading, type Fields } from '../json-reading';
import { refusedByChannel } from '../refused-by-channel';
import type { AmazonApi, AmazonQuestion } from './amazon-api';
import { downloaded, uploaded } from './amazon-documents';
import { elementsOf, textOf, xmlDocument } from './amazon-xml';
import type { FeedEntry, FeedLane, FeedLog, FeedMessage } from './feed-log';

const FEEDS = '/feeds/2021-06-30';
const CONTENT_TYPE = 'text/xml; charset=UTF-8';
/** A feed may be made every two minutes: what waits meanwhile goes with the next. */
const MOST_IN_ONE = 1_000;
const LOOK_AGAIN_MS = 30_000;
/** By so much Amazon's clock may be behind ours: what it says of when a feed was made is later than when its document was. */
const MARGIN_MS = 5 * 60_000;

const reading = new JsonReading();

/** What has no room waits by itself: shipments do not wait for refunds. */
const patiently = async (api: AmazonApi, question: AmazonQuestion): Promise<Fields> => {
  try {
    return await api.ask(question);
  } catch (error) {
    if (error instanceof Throttled) throw new Unfinished('Amazon has no room for another feed yet.', error.forMs);
    throw error;
  }
};

const textIn = (answer: Fields, name: string): string => {
  const text = reading.optionalText(answer, name);
  if (text === undefined) throw new Away(`Amazon answers without ${name}.`);
  return text;
};

/** Whoever made it a feed and died is known by a feed that nobody knows: no other process makes any of this lane meanwhile. */
const lostFeed = async (api: AmazonApi, log: FeedLog, lane: FeedLane, since: string): Promise<string | undefined> => {
  const createdSince = new Date(Date.parse(since) - MARGIN_MS).toISOString();
  const query = new URLSearchParams({ feedTypes: lane.feedType, createdSince, pageSize: '100' });
  const { feeds } = await patiently(api, { operation: 'getFeeds', path: `${FEEDS}/feeds?${query}` });
  const ids = (Array.isArray(feeds) ? feeds : []).filter(isFields).map((feed) => textIn(feed, 'feedId'));
  const known = await log.known(lane, ids);
  return ids.find((id) => !known.has(id));
};

const created = async (api: AmazonApi, { feedType }: FeedLane, inputFeedDocumentId: string): Promise<string> => {
  const body = { feedType, marketplaceIds: api.marketplaces, inputFeedDocumentId };
  return textIn(await patiently(api, { operation: 'createFeed', path: `${FEEDS}/feeds`, method: 'POST', body }), 'feedId');
};

/** Puts what waits into a document. Answers whether there was anything. */
const written = async (api: AmazonApi, log: FeedLog, lane: FeedLane): Promise<string | undefined> => {
  const waiting = await log.waiting(lane, MOST_IN_ONE);
  if (waiting.length === 0) return undefined;
  const body = { contentType: CONTENT_TYPE };
  const answer = await patiently(api, { operation: 'createFeedDocument', path: `${FEEDS}/documents`, method: 'POST', body });
  const documentId = textIn(answer, 'feedDocumentId');
  const of = { sellerId: api.sellerId, feedType: lane.feedType };
  const document = xmlDocument(
    of,
    waiting.map(({ message }) => message),
  );
  await uploaded(answer, { body: document, contentType: CONTENT_TYPE });
  await log.begin(
    waiting.map(({ updateId }) => updateId),
    { documentId, begunAt: api.clock.now().toISOString() },
  );
  return documentId;
};

/** What is wrong with the feed as a whole is wrong with each message in it. */
const made = async (api: AmazonApi, log: FeedLog, [lane, documentId]: readonly [FeedLane, string]): Promise<void> => {
  try {
    await log.name(documentId, await created(api, lane, documentId));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await log.settle(documentId, new Map(), error.errors);
  }
};

const handOver = async (api: AmazonApi, log: FeedLog, lane: FeedLane): Promise<void> => {
  const begun = await log.begun(lane);
  const lost = begun && (await lostFeed(api, log, lane, begun.begunAt));
  if (begun && lost !== undefined) return log.name(begun.documentId, lost);
  const documentId = begun?.documentId ?? (await written(api, log, lane));
  if (documentId !== undefined) await made(api, log, [lane, documentId]);
};

const fatal = (feedId: string, status: string): readonly FieldError[] => [
  { field: 'feed', code: `FEED_${status}`, message: `Amazon did not process feed ${feedId}: ${status}.` },
];

/** The processing report: what is wrong with messages, by their numbers; warnings take them all the same. */
const faultsIn = (report: string): ReadonlyMap<number, readonly FieldError[]> => {
  const faults = new Map<number, readonly FieldError[]>();
  for (const result of elementsOf(report, 'Result')) {
    if (textOf(result, 'ResultCode') !== 'Error') continue;
    const place = Number(textOf(result, 'MessageID') ?? 0);
    const [code = 'INVALID', message = 'Amazon refuses it.'] = ['ResultMessageCode', 'ResultDescription'].map((name) =>
      textOf(result, name),
    );
    faults.set(place, [...(faults.get(place) ?? []), { field: 'message', code, message }]);
  }
  return faults;
};

const reportOf = async (api: AmazonApi, documentId: string): Promise<string> => {
  const path = `${FEEDS}/documents/${encodeURIComponent(documentId)}`;
  return downloaded(await patiently(api, { operation: 'getFeedDocument', path }));
};

const settle = async (api: AmazonApi, log: FeedLog, { feedId = '', documentId = '' }: FeedEntry): Promise<void> => {
  const feed = await patiently(api, { operation: 'getFeed', path: `${FEEDS}/feeds/${encodeURIComponent(feedId)}` });
  const status = textIn(feed, 'processingStatus');
  if (status === 'IN_QUEUE' || status === 'IN_PROGRESS') throw new Unfinished(`Amazon is at work on feed ${feedId}.`, LOOK_AGAIN_MS);
  if (status !== 'DONE') return log.settle(documentId, new Map(), fatal(feedId, status));
  const faults = faultsIn(await reportOf(api, textIn(feed, 'resultFeedDocumentId')));
  // A fault of the document as a whole has the number 0.
  await log.settle(documentId, faults, faults.get(0));
};

/**
 * Tells Amazon something that it takes in feeds only: once, with all else of its kind that waits. What it found wrong with the message is thrown; while it is still at work,
 * that is (`Unfinished`). Answers with the entry, and whether it was told before.
 */
export const tellByFeed = async (api: AmazonApi, log: FeedLog, message: FeedMessage): Promise<FeedEntry> => {
  const { updateId, channel, feedType } = message;
  await log.add(message);
  const lane = { channel, feedType };
  if ((await found(log, updateId)).feedId === undefined) await log.inTurn(lane, () => handOver(api, log, lane));
  const entry = await found(log, updateId);
  if (entry.answer === undefined && entry.feedId === undefined) throw new Unfinished('It goes with the next feed.', LOOK_AGAIN_MS);
  if (entry.answer === undefined) await settle(api, log, entry);
  const { answer = [], ...rest } = await found(log, updateId);
  if (answer.length > 0) throw refusedByChannel(answer);
  return { ...rest, answer };
};

const found = async (log: FeedLog, updateId: string): Promise<FeedEntry> => {
  const entry = await log.find(updateId);
  if (entry) return entry;
  throw new Error(`What update ${updateId} says stands in no feed.`);
};
