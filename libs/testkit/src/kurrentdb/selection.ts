import { ReadReq } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb';
import type { Kept, KurrentLog } from './log';
import { nameOf } from './messages';

type Test = (event: Kept) => boolean;

/** What a read or a subscription asks for. */
export interface Selection {
  /** The one stream, or nothing for all. */
  readonly stream?: string;
  readonly backwards: boolean;
  readonly filter: Test;
  /** Whether an event lies in the asked direction from the asked place. */
  readonly within: Test;
}

const everything: Test = () => true;
const nothing: Test = () => false;

const filterOf = (options: ReadReq.Options): Test => {
  const filter = options.getFilter();
  const expression = filter?.getStreamIdentifier() ?? filter?.getEventType();
  if (!filter || !expression) return everything;
  const text = (event: Kept): string => (filter.hasStreamIdentifier() ? event.stream : (event.properties.get('type') ?? ''));
  const prefixes = expression.getPrefixList();
  if (prefixes.length > 0) return (event) => prefixes.some((prefix) => text(event).startsWith(prefix));
  const regex = new RegExp(expression.getRegex());
  return (event) => regex.test(text(event));
};

type Direction = 'backwards' | 'forwards' | 'subscription';

const withinRevisions = (options: ReadReq.Options.StreamOptions, direction: Direction): Test => {
  if (options.hasEnd()) return direction === 'backwards' ? everything : nothing;
  if (!options.hasRevision()) return direction === 'backwards' ? ({ revision }) => revision === 0 : everything;
  const from = Number(options.getRevision());
  if (direction === 'backwards') return ({ revision }) => revision <= from;
  return direction === 'forwards' ? ({ revision }) => revision >= from : ({ revision }) => revision > from;
};

const withinPositions = (options: ReadReq.Options.AllOptions, direction: Direction): Test => {
  const position = options.getPosition();
  if (options.hasEnd()) return direction === 'backwards' ? everything : nothing;
  if (!position) return direction === 'backwards' ? nothing : everything;
  const from = BigInt(position.getCommitPosition());
  if (direction === 'backwards') return (event) => event.position < from;
  return direction === 'forwards' ? (event) => event.position >= from : (event) => event.position > from;
};

export const selectionOf = (options: ReadReq.Options): Selection => {
  const backwards = options.getReadDirection() === ReadReq.Options.ReadDirection.BACKWARDS;
  const direction = options.hasSubscription() ? 'subscription' : backwards ? 'backwards' : 'forwards';
  const filter = filterOf(options);
  const ofStream = options.getStream();
  if (!ofStream) return { backwards, filter, within: withinPositions(options.getAll() ?? new ReadReq.Options.AllOptions(), direction) };
  return { stream: nameOf(ofStream.getStreamIdentifier()), backwards, filter, within: withinRevisions(ofStream, direction) };
};

/** What is there now, in the asked order; nothing at all when the stream does not exist. */
export const select = (log: KurrentLog, { stream, backwards, filter, within }: Selection): readonly Kept[] | undefined => {
  const events = stream === undefined ? log.all() : log.stream(stream);
  const found = events?.filter((event) => within(event) && filter(event));
  return backwards ? found?.toReversed() : found;
};
