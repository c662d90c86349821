/** How a record of ours is read: all that somebody outside needs, without the rest of this library. */
export { envelopeIn, type RawRecord, type RecordHeaders } from './record';
export { Unacceptable } from './unacceptable';
export { choiceOf, type Choice } from './versions';
