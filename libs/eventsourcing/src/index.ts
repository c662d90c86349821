export { asOf, type Instant } from './as-of';
export { Away, isAway } from './away';
export { bell, type Bell, type BellOptions, type Woken } from './bell';
export { canonicalJson } from './canonical';
export { hasPassed, NO_MORE, systemClock, type Clock } from './clock';
export { coded, codecOf, NewerShape, withCodec, type Codec, type Upcast, type Upcasters } from './codec';
export {
  coalescing,
  keepingTogether,
  Overloaded,
  ROUND_TRIP,
  roundTrips,
  settle,
  sharingRoundTrips,
  type CoalescingOptions,
  type Gather,
  type Settled,
  type Waiting,
} from './coalescing';
export { DeadlinePoller, type DeadlinePollerOptions, type OnDue } from './deadline-poller';
export {
  deadlineStates,
  type Deadline,
  type DeadlineListing,
  type DeadlineQueue,
  type Deadlines,
  type DeadlineState,
  type DueDeadline,
  type Taking,
  type WaitingDeadline,
} from './deadlines';
export { deciding, evolving, fold, type DataOf, type Decider, type Folding, type Named } from './decider';
export { derivedId } from './derived-id';
export { Learning, type Learner, type LearningLog, type LearningNeeds } from './learning';
export { codeOf, isError, messageOf, stackOf } from './errors';
export { LogRewound } from './event-store';
export type {
  Appended,
  EventMeta,
  EventStore,
  FollowOptions,
  Head,
  Meta,
  NewEvent,
  Outcome,
  ReadRequest,
  StoredEvent,
  Stream,
  Write,
} from './event-store';
export { handling, TooContended, type HandlingNeeds, type HandlingOptions, type Send } from './handling';
export type { Handled } from './planning';
export { manualClock, type ManualClock } from './manual-clock';
export { memoryDeadlines } from './memory-deadlines';
export { memoryStore } from './memory-store';
export { memoryTracing, type TracedSpan } from './memory-tracing';
export { factsOf, isNothingChanged, NOTHING_CHANGED, type NothingChanged } from './nothing-changed';
export { pauseAfter, Pauses, type PausesOptions } from './pauses';
export { isPosition, numberOf, positionOf, START, type Position } from './position';
export { Previewed, refusePreviews, type PreviewedWrite } from './previewed';
export { reading, type History, type Loaded, type Reading, type ReadingOptions } from './reading';
export { invalidField, keyReused, Refused, requireRevision, staleVersion, type FieldError, type RefusalKind } from './refused';
export {
  Relay,
  Throttled,
  Unfinished,
  type Claimed,
  type Claiming,
  type FinalRefusal,
  type Lane,
  type RelayNeeds,
  type RelayTrouble,
} from './relay';
export { RuleBook, type HandledRules, type RuleBookNeeds } from './rule-book';
export {
  activeVersion,
  nextVersion,
  ruleVersions,
  type RulesCommand,
  type RulesEvent,
  type RuleVersion,
  type RuleVersions,
} from './rule-versions';
export { numbered, sequenceOf } from './sequence';
export { specFor, type Given, type Then } from './spec';
export { StreamCache, type StreamCacheOptions } from './stream-cache';
export type { CorrelatedRequest, EventTraces } from './traces';
export { failureOf, inSpan, ownId, streamAttributes, type Span, type SpanAbout, type SpanAttributes, type Tracing } from './tracing';
export type { Translation, Versioned, VersionedTranslation } from './translation';
