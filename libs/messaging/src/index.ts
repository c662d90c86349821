export { metaOf, type AnyListener, type Listener } from './listener';
export { envelopeOf, isPublic, subjectOf, type AnyPublication, type Publication } from './publication';
export { patient, type RetryPolicy, type Subscription, type Transport } from './transport';
