import { Empty, StreamIdentifier, UUID } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb';
import { AppendResp, ReadResp, type AppendReq } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb';
import type { Appended, Expected, Kept, Proposed } from './log';

const TICKS_PER_MS = 10_000n;

export const nameOf = (identifier: StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

const identifierOf = (name: string): StreamIdentifier => {
  const identifier = new StreamIdentifier();
  identifier.setStreamName(Buffer.from(name, 'utf8').toString('base64'));
  return identifier;
};

/** Clients send ids as text or as two signed 64-bit numbers. */
const idOf = (uuid: UUID | undefined): string => {
  const structured = uuid?.getStructured();
  if (!structured) return uuid?.getString() ?? '';
  const hex = [structured.getMostSignificantBits(), structured.getLeastSignificantBits()]
    .map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0'))
    .join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

export const proposedOf = (message: AppendReq.ProposedMessage): Proposed => {
  const properties = new Map<string, string>();
  message.getMetadataMap().forEach((value: string, key: string) => properties.set(key, value));
  return { id: idOf(message.getId()), properties, metadata: message.getCustomMetadata_asU8(), data: message.getData_asU8() };
};

export const expectedOf = (options: AppendReq.Options): Expected => {
  if (options.hasNoStream()) return 'none';
  if (options.hasStreamExists()) return 'some';
  return options.hasRevision() ? Number(options.getRevision()) : 'any';
};

const recordedOf = (event: Kept): ReadResp.ReadEvent.RecordedEvent => {
  const recorded = new ReadResp.ReadEvent.RecordedEvent();
  const id = new UUID();
  id.setString(event.id);
  recorded.setId(id);
  recorded.setStreamIdentifier(identifierOf(event.stream));
  recorded.setStreamRevision(String(event.revision));
  recorded.setPreparePosition(String(event.position));
  recorded.setCommitPosition(String(event.position));
  for (const [key, value] of event.properties) recorded.getMetadataMap().set(key, value);
  recorded.getMetadataMap().set('created', String(BigInt(event.createdMs) * TICKS_PER_MS));
  recorded.setCustomMetadata(event.metadata);
  recorded.setData(event.data);
  return recorded;
};

export const readOf = (event: Kept): ReadResp => {
  const read = new ReadResp.ReadEvent();
  read.setEvent(recordedOf(event));
  read.setCommitPosition(String(event.position));
  const response = new ReadResp();
  response.setEvent(read);
  return response;
};

export const notFound = (stream: string): ReadResp => {
  const missing = new ReadResp.StreamNotFound();
  missing.setStreamIdentifier(identifierOf(stream));
  const response = new ReadResp();
  response.setStreamNotFound(missing);
  return response;
};

export const confirmation = (id: string): ReadResp => {
  const confirmed = new ReadResp.SubscriptionConfirmation();
  confirmed.setSubscriptionId(id);
  const response = new ReadResp();
  response.setConfirmation(confirmed);
  return response;
};

export const appendedOf = (appended: Appended, expected: Expected): AppendResp => {
  const response = new AppendResp();
  if (appended.success) response.setSuccess(successOf(appended.revision, appended.position));
  else response.setWrongExpectedVersion(wrongVersionOf(appended.current, expected));
  return response;
};

const successOf = (revision: number, at: bigint): AppendResp.Success => {
  const position = new AppendResp.Position();
  position.setCommitPosition(String(at));
  position.setPreparePosition(String(at));
  const success = new AppendResp.Success();
  success.setCurrentRevision(String(revision));
  success.setPosition(position);
  return success;
};

const wrongVersionOf = (current: number | undefined, expected: Expected): AppendResp.WrongExpectedVersion => {
  const wrong = new AppendResp.WrongExpectedVersion();
  if (current === undefined) wrong.setCurrentNoStream(new Empty());
  else wrong.setCurrentRevision(String(current));
  if (expected === 'none') wrong.setExpectedNoStream(new Empty());
  else if (expected === 'some') wrong.setExpectedStreamExists(new Empty());
  else wrong.setExpectedRevision(String(expected));
  return wrong;
};
